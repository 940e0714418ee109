// Made from openapi/exchange.json by packages/client/generate.ts; not to be edited.

export interface paths {
    "/.well-known/detente": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed descriptor: keys, endpoints, types, contact */
        get: operations["getDescriptor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange/v1/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The caller tells which checkpoints it was shown of the logs that it lists, and is told what this node was shown of them
         * @description Of logs that both nodes list publicly, and of no other; the caller’s own is left out. With them come the descriptors that show the log’s keys, and the proof of a fork if there is one. What does not verify, or is of a log that is not listed here, is left out.
         */
        post: operations["gossip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange/v1/feed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The next page of what the caller may see of this log
         * @description The page covers the log from `after` to `next` without holes and is its own proof. It holds about 8 MB of records at most. `unavailable` while there is no checkpoint or no terms with the caller, and while the log here may be shorter than what the caller has seen of it. `conflict` when `after` lies beyond the log.
         */
        get: operations["getFeed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange/v1/mirror/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The largest checkpoint of the caller’s own log that this node has seen
         * @description As its log signed it, whether it came with a page, to be cosigned, or behind the log that is mirrored: what a node that was restored must not contradict. Nobody else is told.
         */
        get: operations["getSeen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange/v1/mirror/tile/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An entry bundle of the caller’s own log, as it is mirrored here
         * @description Named as in C2SP tlog-tiles: `entries/<index>`, with `.p/<width>` when partial. A mirror keeps the entries, from which all hash tiles of a log follow. `not_found` too where the mirror does not reach. Nobody else is given it.
         */
        get: operations["getMirrored"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What cannot wait: a warning, its second approval, a recall, the answer to one, or the daily canary
         * @description A warning is a record of the caller’s own, of severity 4 or above, disclosed up to `green` at most; it is shown at once, marked as not yet in the log. A recall asks to give up records that were given, an answer says what was done; a canary shows that the way is open; an approval says that a second officer stands behind a warning. The same again is kept once, a warning with the longer presentation. `rate_limited`: the caller’s budget is used up; it keeps the notice and tries again.
         */
        post: operations["postNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange/v1/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The caller’s signed receipt of what it stored
         * @description `rate_limited`: 64 MiB of receipts came in 24 hours; the caller keeps it and tries again.
         */
        post: operations["postReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange/v1/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Our offers, standings, contests and attestations for the caller, newest of each kind */
        get: operations["getStatements"];
        /**
         * An offer, standing, contest or attestation of the caller for this node
         * @description `rate_limited`: the caller’s budget is used up; it keeps the statement and tries again.
         */
        put: operations["putStatement"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/witness/v1/add-checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * This node cosigns a checkpoint of an enrolled peer’s log (C2SP tlog-witness)
         * @description The body is an `old` line, at most 63 lines of a consistency proof, an empty line and the signed checkpoint. 400: it is not that, or the old size is above the checkpoint’s. 403: no signature of the log, or one that fails. 404: a log that is not witnessed here. 422: the checkpoint does not continue what was cosigned. The state is stored before the answer.
         */
        post: operations["addCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/witness/v1/{origin_hash}/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The checkpoint of a log that was cosigned here last (C2SP tlog-witness)
         * @description `origin_hash` is the SHA-256 of the log’s name in lower-case hex.
         */
        get: operations["getWitnessed"];
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
        Gossip: {
            logs: {
                log: string;
                /** @description That show the log’s keys to the teller, each under the identity key of its node or one that an earlier of them announced */
                descriptors: string[];
                /** @description The newest that the teller mirrors whole, that came with a page, that it cosigned */
                checkpoints: string[];
                fork?: {
                    /** @description Signed note (C2SP tlog-checkpoint) */
                    smaller: string;
                    /** @description Signed note (C2SP tlog-checkpoint) */
                    larger: string;
                    /** @description What the larger tree has for a root at the smaller size */
                    root: string;
                    /** @description Consistency proof from `root` (RFC 6962 §2.1.2) */
                    proof: string[];
                };
            }[];
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
    getDescriptor: {
        parameters: {
            query?: {
                /** @description Number of an earlier one, for whoever missed it: each announces the keys of the next */
                seq?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JWS of typ detente-descriptor+jwt */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jose": string;
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
    gossip: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Gossip"];
            };
        };
        responses: {
            /** @description The same of this node */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gossip"];
                };
            };
            /** @description `malformed_json`: The body is not well-formed JSON in UTF-8 */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `signature_missing`: The request is not signed; `signature_malformed`: The signature fields are not well-formed; `signature_incomplete`: The signature does not cover what it must; `signature_expired`: The signature is outside its time; `signature_digest_mismatch`: The body is not the one that was signed; `signature_invalid`: The signature is by no key that is known here, or does not verify */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `nonce_replayed`: The request was received before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is larger than the endpoint takes */
            413: {
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
    getFeed: {
        parameters: {
            query?: {
                after?: number;
                late?: number;
                /** @description Records of both lists */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        log: string;
                        after: number;
                        next: number;
                        /** @description UTC day of the terms */
                        day: string;
                        /** @description Digest of the terms */
                        terms: string;
                        /** @description Digests of the statements that the terms follow from, null for none: the giver’s offer, the taker’s, the giver’s standing of the taker, the taker’s of the giver */
                        inputs?: (string | null)[];
                        items: ({
                            gap: {
                                to: number;
                                /** @description The fewest complete subtrees that cover the gap */
                                hashes: string[];
                            };
                        } | {
                            /** @description SD-JWT with the disclosures up to one tier: `header.payload.signature~disclosure~…~`. One of more than 262,144 characters goes to quarantine by itself */
                            record: string;
                        })[];
                        /** @description Signed note (C2SP tlog-checkpoint) */
                        checkpoint: string;
                        /** @description From `next` to the checkpoint; empty when equal */
                        consistency: string[];
                        late: {
                            number: number;
                            log: string;
                            index: number;
                            /** @description SD-JWT with the disclosures up to one tier: `header.payload.signature~disclosure~…~`. One of more than 262,144 characters goes to quarantine by itself */
                            record: string;
                            /** @description Inclusion proof to the checkpoint */
                            proof: string[];
                            rule: string;
                            /** @description Of the origin of a relayed record */
                            checkpoint?: string;
                        }[];
                        late_next: number;
                    };
                };
            };
            /** @description `signature_missing`: The request is not signed; `signature_malformed`: The signature fields are not well-formed; `signature_incomplete`: The signature does not cover what it must; `signature_expired`: The signature is outside its time; `signature_digest_mismatch`: The body is not the one that was signed; `signature_invalid`: The signature is by no key that is known here, or does not verify */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The request does not fit the present state; `nonce_replayed`: The request was received before */
            409: {
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
    getSeen: {
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
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description This node has seen none */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `signature_missing`: The request is not signed; `signature_malformed`: The signature fields are not well-formed; `signature_incomplete`: The signature does not cover what it must; `signature_expired`: The signature is outside its time; `signature_digest_mismatch`: The body is not the one that was signed; `signature_invalid`: The signature is by no key that is known here, or does not verify */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `nonce_replayed`: The request was received before */
            409: {
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
    getMirrored: {
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
            /** @description Entries, concatenated */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description `signature_missing`: The request is not signed; `signature_malformed`: The signature fields are not well-formed; `signature_incomplete`: The signature does not cover what it must; `signature_expired`: The signature is outside its time; `signature_digest_mismatch`: The body is not the one that was signed; `signature_invalid`: The signature is by no key that is known here, or does not verify */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `nonce_replayed`: The request was received before */
            409: {
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
    postNotice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A presentation, SD-JWT */
                    warning: string;
                } | {
                    recall: string;
                } | {
                    answer: string;
                } | {
                    canary: string;
                } | {
                    approval: string;
                };
            };
        };
        responses: {
            /** @description Taken in, now or before */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not well-formed JSON in UTF-8 */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `signature_missing`: The request is not signed; `signature_malformed`: The signature fields are not well-formed; `signature_incomplete`: The signature does not cover what it must; `signature_expired`: The signature is outside its time; `signature_digest_mismatch`: The body is not the one that was signed; `signature_invalid`: The signature is by no key that is known here, or does not verify */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `nonce_replayed`: The request was received before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is larger than the endpoint takes */
            413: {
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
    postReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    receipt: string;
                };
            };
        };
        responses: {
            /** @description Kept */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not well-formed JSON in UTF-8 */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `signature_missing`: The request is not signed; `signature_malformed`: The signature fields are not well-formed; `signature_incomplete`: The signature does not cover what it must; `signature_expired`: The signature is outside its time; `signature_digest_mismatch`: The body is not the one that was signed; `signature_invalid`: The signature is by no key that is known here, or does not verify */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: The request does not fit the present state; `nonce_replayed`: The request was received before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is larger than the endpoint takes */
            413: {
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
    getStatements: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Statements */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statements: string[];
                    };
                };
            };
            /** @description `signature_missing`: The request is not signed; `signature_malformed`: The signature fields are not well-formed; `signature_incomplete`: The signature does not cover what it must; `signature_expired`: The signature is outside its time; `signature_digest_mismatch`: The body is not the one that was signed; `signature_invalid`: The signature is by no key that is known here, or does not verify */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `nonce_replayed`: The request was received before */
            409: {
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
    putStatement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statement: string;
                };
            };
        };
        responses: {
            /** @description Taken in; the same bytes again are kept once */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not well-formed JSON in UTF-8 */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `signature_missing`: The request is not signed; `signature_malformed`: The signature fields are not well-formed; `signature_incomplete`: The signature does not cover what it must; `signature_expired`: The signature is outside its time; `signature_digest_mismatch`: The body is not the one that was signed; `signature_invalid`: The signature is by no key that is known here, or does not verify */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `nonce_replayed`: The request was received before */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is larger than the endpoint takes */
            413: {
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
    addCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description The cosignature: a signature line of a note */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description `forbidden`: The credential does not allow this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description The size that was cosigned last, with a newline */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/x.tlog.size": string;
                };
            };
            /** @description `payload_too_large`: The body is larger than the endpoint takes */
            413: {
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
    getWitnessed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                origin_hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A signed note */
            200: {
                headers: {
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
