// Made from openapi/publication.json by packages/client/generate.ts; not to be edited.

export interface paths {
    "/log/v1/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest signed checkpoint (C2SP tlog-checkpoint), with the cosignatures that it has by now */
        get: operations["getCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/v1/cosigned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The latest checkpoint that the required number of witnesses has cosigned (C2SP tlog-cosignature)
         * @description `not_found`: no checkpoint has so many cosignatures yet.
         */
        get: operations["getCosigned"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/v1/tile/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tile or entry bundle (C2SP tlog-tiles)
         * @description `<level>/<index>`, `entries/<index>`, each with `.p/<width>` when partial; the index in groups of three digits.
         */
        get: operations["getTile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/publication/v1/editions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public editions, newest first */
        get: operations["listEditions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/publication/v1/editions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One public edition, its current version */
        get: operations["getEdition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/publication/v1/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Public editions by month, domain and severity band
         * @description Counts of public editions alone, without exercises and retracted ones. They say nothing of what is not public.
         */
        get: operations["getStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Count: {
            month?: string;
            /** @enum {string} */
            domain: "bio" | "chemical" | "nuclear" | "cyber" | "manipulation" | "loss-of-control" | "model-security" | "other";
            /** @enum {string} */
            band: "unrated" | "0-1" | "2-3" | "4" | "5-7";
            editions: number;
        };
        Edition: {
            id: string;
            /** @description SHA-256, base64url */
            digest: string;
            tick: number;
            /** @description In the log; absent until it is logged */
            index?: number;
            retracted: boolean;
            exercise: boolean;
            fields: {
                [key: string]: unknown;
            };
            /** @description SD-JWT, RFC 9901 */
            token: string;
        };
        Problem: {
            /** Format: uri */
            type: string;
            title: string;
            status: number;
            /** @description The last part of `type`; the answer codes of an operation list them */
            code: string;
            detail?: string;
            /** @description Names this occurrence in the log of the service */
            instance?: string;
            /** @description Every wrong field, when code is validation_failed */
            errors?: {
                /** @enum {string} */
                in: "body" | "query" | "path" | "header";
                pointer: string;
                code: string;
                detail: string;
                params?: {
                    [key: string]: string | number;
                };
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A signed note */
            200: {
                headers: {
                    "cache-control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description `not_found`: There is nothing here for the caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `malformed_request`: The request is not well-formed HTTP; `request_timeout`: The request took too long to arrive; `uri_too_long`: The address is longer than the service takes; `unsupported_media_type`: The endpoint does not take a body of this type or encoding; `headers_too_large`: The header is larger than the service takes; `internal`: The service failed; `unavailable`: The service cannot answer now; `overloaded`: The service is under too much load */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCosigned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A signed note */
            200: {
                headers: {
                    "cache-control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description `not_found`: There is nothing here for the caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `malformed_request`: The request is not well-formed HTTP; `request_timeout`: The request took too long to arrive; `uri_too_long`: The address is longer than the service takes; `unsupported_media_type`: The endpoint does not take a body of this type or encoding; `headers_too_large`: The header is larger than the service takes; `internal`: The service failed; `unavailable`: The service cannot answer now; `overloaded`: The service is under too much load */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hashes or entries, concatenated */
            200: {
                headers: {
                    "cache-control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description `not_found`: There is nothing here for the caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Fields of the request are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `malformed_request`: The request is not well-formed HTTP; `request_timeout`: The request took too long to arrive; `uri_too_long`: The address is longer than the service takes; `unsupported_media_type`: The endpoint does not take a body of this type or encoding; `headers_too_large`: The header is larger than the service takes; `internal`: The service failed; `unavailable`: The service cannot answer now; `overloaded`: The service is under too much load */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEditions: {
        parameters: {
            query?: {
                /** @description Words of title and summary */
                q?: string;
                domain?: "bio" | "chemical" | "nuclear" | "cyber" | "manipulation" | "loss-of-control" | "model-security" | "other";
                band?: "unrated" | "0-1" | "2-3" | "4" | "5-7";
                kind?: "incident" | "near-miss" | "hazard";
                month?: string;
                exercise?: boolean;
                limit?: number;
                /** @description As given in `next` */
                cursor?: string;
            };
            header?: {
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    "cache-control"?: string;
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Edition"][];
                        next?: string;
                    };
                };
            };
            /** @description As the caller has it */
            304: {
                headers: {
                    "cache-control"?: string;
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `validation_failed`: Fields of the request are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `malformed_request`: The request is not well-formed HTTP; `request_timeout`: The request took too long to arrive; `uri_too_long`: The address is longer than the service takes; `unsupported_media_type`: The endpoint does not take a body of this type or encoding; `headers_too_large`: The header is larger than the service takes; `internal`: The service failed; `unavailable`: The service cannot answer now; `overloaded`: The service is under too much load */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEdition: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The edition */
            200: {
                headers: {
                    "cache-control"?: string;
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Edition"];
                };
            };
            /** @description As the caller has it */
            304: {
                headers: {
                    "cache-control"?: string;
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `not_found`: There is nothing here for the caller */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `validation_failed`: Fields of the request are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `malformed_request`: The request is not well-formed HTTP; `request_timeout`: The request took too long to arrive; `uri_too_long`: The address is longer than the service takes; `unsupported_media_type`: The endpoint does not take a body of this type or encoding; `headers_too_large`: The header is larger than the service takes; `internal`: The service failed; `unavailable`: The service cannot answer now; `overloaded`: The service is under too much load */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatistics: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One row a month, domain and band */
            200: {
                headers: {
                    "cache-control"?: string;
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: components["schemas"]["Count"][];
                    };
                };
            };
            /** @description As the caller has it */
            304: {
                headers: {
                    "cache-control"?: string;
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `validation_failed`: Fields of the request are wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `malformed_request`: The request is not well-formed HTTP; `request_timeout`: The request took too long to arrive; `uri_too_long`: The address is longer than the service takes; `unsupported_media_type`: The endpoint does not take a body of this type or encoding; `headers_too_large`: The header is larger than the service takes; `internal`: The service failed; `unavailable`: The service cannot answer now; `overloaded`: The service is under too much load */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
