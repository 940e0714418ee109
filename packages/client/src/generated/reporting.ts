// Made from openapi/reporting.json by packages/client/generate.ts; not to be edited.

export interface paths {
    "/reporting/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report an incident
         * @description The exact bytes of the body are sealed to the vault, and their digest is a leaf of the day’s intake tree. The same Idempotency-Key with the same body gives the same answer for 48 hours.
         */
        post: operations["createCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reporting/v1/cases/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report many incidents, one JSON report a line (NDJSON)
         * @description Each line stands for itself, up to 262,144 bytes and 10,000 lines: a wrong one is refused with its faults and the others are received. A line whose source the lab has reported before is `known` and not received again, and so is, for 48 hours, a line without a source that is the same byte for byte: an interrupted import is simply sent again.
         */
        post: operations["createCases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reporting/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a report of mine is */
        get: operations["getCaseStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reporting/v1/cases/{id}/receipts/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The receipt for a report of mine or a follow-up, and the proof that it was kept
         * @description Number 0 is the report, 1 and on are its follow-ups. The proof is there once the UTC day is over and its root is in the log; `detente verify` checks both offline. A receipt that gets no proof is itself the evidence.
         */
        get: operations["getReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reporting/v1/cases/{id}/updates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Follow up on a report of mine */
        post: operations["createUpdate"];
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
        BatchLine: {
            line: number;
            /** @enum {string} */
            status: "received" | "valid" | "known" | "refused";
            id?: string;
            receipt?: components["schemas"]["IntakeReceipt"];
            code?: string;
            detail?: string;
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
        CaseStatus: {
            id: string;
            /** @enum {string} */
            status: "received" | "in-review" | "released" | "retracted";
            /** Format: date-time */
            received_at: string;
            updates: number;
            receipt: components["schemas"]["IntakeReceipt"];
        };
        Checked: {
            /** @constant */
            status: "valid";
            /** @description SHA-256, base64url */
            body_digest: string;
        };
        DayProof: {
            /** @description SHA-256, base64url */
            root: string;
            /** @description Places in the day’s tree, a power of two that does not follow the number of reports: 2^20 */
            size: number;
            place: number;
            /** @description RFC 6962 inclusion proof of the leaf, up to the root */
            path: string[];
            log: components["schemas"]["LogProof"];
        };
        IncidentFields: {
            /** @enum {string} */
            kind: "incident" | "near-miss" | "hazard";
            title: string;
            summary: string;
            language: string;
            severity?: "unrated" | {
                level: number;
                axes: {
                    /** @description Row of the severity scale; null when not assessed. */
                    people: number | null;
                    /** @description Row of the severity scale; null when not assessed. */
                    safeguards: number | null;
                    /** @description Row of the severity scale; null when not assessed. */
                    reach: number | null;
                };
            };
            /** @enum {string} */
            hazard_domain?: "bio" | "chemical" | "nuclear" | "cyber" | "manipulation" | "loss-of-control" | "model-security" | "other";
            occurred_month?: string;
            occurred?: string;
            detected?: string;
            ongoing?: boolean;
            /** @enum {string} */
            lifecycle_stage?: "plan-and-design" | "collect-and-process-data" | "build-and-use-model" | "verify-and-validate" | "deploy" | "operate-and-monitor" | "retire";
            sector?: ("agriculture-forestry-and-fishing" | "mining-and-quarrying" | "manufacturing" | "electricity-gas-steam-and-air-conditioning-supply" | "water-supply-sewerage-and-waste-management" | "construction" | "wholesale-and-retail-trade" | "transportation-and-storage" | "accommodation-and-food-service" | "information-and-communication" | "financial-and-insurance" | "real-estate" | "professional-scientific-and-technical" | "administrative-and-support-service" | "public-administration-and-defence" | "education" | "human-health-and-social-work" | "arts-entertainment-and-recreation" | "other-service" | "households-as-employers" | "extraterritorial-organisations")[];
            deployment?: {
                breadth: ("pilot" | "narrow" | "broad" | "widespread") | null;
                autonomy: ("none" | "low" | "medium" | "high") | null;
                critical_function: boolean | null;
                unintended_use: boolean | null;
                multiple_systems: boolean | null;
                business_functions: ("human-resource-management" | "sales" | "ict-management-and-information-security" | "marketing-and-advertisement" | "logistics" | "citizen-or-customer-service" | "procurement" | "maintenance" | "accounting" | "monitoring-and-quality-control" | "production" | "planning-and-budgeting" | "research-and-development" | "compliance-and-justice" | "other")[];
                tasks: ("recognition" | "event-detection" | "forecasting" | "personalisation" | "interaction-support" | "goal-driven-optimisation" | "reasoning-with-knowledge-structures" | "content-generation" | "other")[];
            };
            countries_affected?: string[];
            harms?: {
                /** @enum {string} */
                type: "physical" | "psychological" | "reputational" | "economic" | "environmental" | "public-interest" | "human-rights" | "other";
                /** @enum {string} */
                status: "actual" | "potential";
                scale: ("1" | "2-9" | "10-99" | "100-999" | "1000-9999" | "10000-999999" | "1000000+") | null;
                affected: ("consumers" | "children" | "women" | "minorities" | "workers" | "trade-unions" | "business" | "government" | "civil-society" | "general-public" | "other")[];
            }[];
            mitigations?: {
                text: string;
                worked: ("yes" | "partly" | "no") | null;
                nist_ai_rmf: string | null;
            }[];
            techniques?: string[];
            failure_pattern?: string;
            root_cause?: string;
            safeguards_bypassed?: string[];
            detection?: string;
            component_tags?: {
                function: string;
                tag: string;
            }[];
            narrative?: string;
            capability_level?: {
                suite: string;
                /** @enum {string} */
                band: "low" | "moderate" | "high" | "critical";
            };
            evidence?: {
                /** @enum {string} */
                kind: "url" | "document" | "log" | "transcript" | "dataset" | "media" | "other";
                reference: string;
            }[];
        };
        IntakeReceipt: {
            /** @description typ detente-intake-receipt+jwt; its root covers the leaves of one commit group */
            jws: string;
            /** @description 128 random bits, base64url */
            salt: string;
            /** @description SHA-256, base64url */
            leaf: string;
            /** @description In the tree of its commit group, not of the day */
            index: number;
            path: string[];
        };
        LogProof: {
            index: number;
            /** @description RFC 6962 inclusion proof to the checkpoint, hashes in base64url */
            proof: string[];
            /** @description Signed note, with cosignatures if there are any */
            checkpoint: string;
            /** @description The origin’s descriptor, JWS: names the keys */
            descriptor: string;
            /** @description Descriptors of those who cosigned the checkpoint, one for each cosignature */
            witnesses: string[];
        };
        Parties: {
            reporter?: string[];
            developer?: string[];
            deployer?: string[];
            model?: string[];
            customers?: string[];
            harmed?: string[];
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
        Proposal: {
            field: string;
            value: unknown;
            basis: string;
        };
        ReceiptProof: {
            receipt: components["schemas"]["IntakeReceipt"];
            day: components["schemas"]["DayProof"] | null;
        };
        Received: {
            id: string;
            receipt: components["schemas"]["IntakeReceipt"];
        };
        Report: {
            fields: components["schemas"]["IncidentFields"];
            parties?: components["schemas"]["Parties"];
            source?: components["schemas"]["Source"];
            proposals?: components["schemas"]["Proposal"][];
            /** @description A drill; never mixed with real ones */
            exercise?: boolean;
        };
        Source: {
            registry: string;
            id: string;
            url?: string;
            licence?: string;
            attribution?: string;
            /** @description Keys of entries that tell of the same event */
            same_as?: string[];
            /** @description What no field takes, as the registry has it */
            extra?: {
                [key: string]: unknown;
            };
        };
        Update: {
            text: string;
            parties?: components["schemas"]["Parties"];
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
    createCase: {
        parameters: {
            query?: {
                /** @description Check the report and keep nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description Such as a UUID; one a report */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Report"];
            };
        };
        responses: {
            /** @description A dry run: the report is valid, nothing was kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checked"];
                };
            };
            /** @description Received */
            201: {
                headers: {
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Received"];
                };
            };
            /** @description `idempotency_key_missing`: The request needs an Idempotency-Key; `malformed_json`: The body is not well-formed JSON in UTF-8 */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: The Idempotency-Key was used for another request; `conflict`: The request does not fit the present state */
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
    createCases: {
        parameters: {
            query?: {
                /** @description Check the report and keep nothing */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": components["schemas"]["Report"];
            };
        };
        responses: {
            /** @description One result a line (NDJSON) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["BatchLine"];
                };
            };
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
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
    getCaseStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its status and receipt */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseStatus"];
                };
            };
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
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
    getReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipt and its proof */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptProof"];
                };
            };
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
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
    createUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Such as a UUID; one a report */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Update"];
            };
        };
        responses: {
            /** @description Received */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Received"];
                };
            };
            /** @description `idempotency_key_missing`: The request needs an Idempotency-Key; `malformed_json`: The body is not well-formed JSON in UTF-8 */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
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
            /** @description `idempotency_conflict`: The Idempotency-Key was used for another request */
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
}
