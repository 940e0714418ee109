// Made from openapi/casework.json by packages/client/generate.ts; not to be edited.

export interface paths {
    "/casework/v1/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, when and why: a chain of hashes, newest first */
        get: operations["listActs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases, last changed first */
        get: operations["listCases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One case */
        get: operations["getCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/cases/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What would leave: the newest draft, with what was found, what was changed, and what holds it; or what an earlier one said */
        get: operations["getDraft"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/cases/{id}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Correct the fields; a new draft is made, and its release is a new version of the same record */
        put: operations["correctCase"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/cases/{id}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say of findings whether they are taken out or kept; a new draft is made
         * @description What is taken out is written over wherever its words stand in the case. A person or organisation is from then on a protected term of the whole node, until the verdict is taken back.
         */
        put: operations["judgeFindings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/cases/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each peer would see of the newest draft, and why */
        get: operations["previewCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/cases/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release the draft that was seen, with or without a public edition
         * @description The last check is on the bytes that would leave; what it stops is `held` again, and the act `case.held` says where and of which kind. `overrule` releases what is held by other accounts of its event alone (`shown_here`, `shown_there`); and a warning, of severity 5 and above, to peers although known names stand in it. The reason is kept as the act `case.overrule`.
         */
        post: operations["releaseCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/cases/{id}/retraction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw what was released: a last version without fields */
        post: operations["retractCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/cases/{id}/triage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set severity, hazard domain and TLP; a new draft is made */
        put: operations["triageCase"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed after a change number: a feed for dashboards */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/dossiers/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The dossier of one of our record versions or public editions, or of a version that we received
         * @description A version that was withdrawn since, or of whose case the last check has stopped something since, is given at level 0 alone.
         */
        get: operations["getDossier"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a peer has a record of ours, or one that we pass on, or has it not: the whole chain */
        get: operations["explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Records of peers, current versions, newest first
         * @description Those of a peer in the sandbox are shown to whoever asks for that peer.
         */
        get: operations["listInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/inbox/{peer}/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One received record, with the bytes that prove it */
        get: operations["getInboxItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of this node as its newest descriptor shows them, and those that were revoked */
        get: operations["listKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/labs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Labs by id, with how many reports each sent; their names are in the vault */
        get: operations["listLabs"];
        put?: never;
        /** Give a lab an API key, shown this once */
        post: operations["createLab"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/labs/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a lab’s API key out of force, for good
         * @description Every process that takes reports refuses the key within 3 seconds. What the lab has reported stays. To let the lab report again, make it another: its cases stay under the old id.
         */
        post: operations["disableLab"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What we tell peers at once, and whether they have it; newest first */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Peers, with how far each side is */
        get: operations["listPeers"];
        put?: never;
        /** Add a peer by its origin and the fingerprint of its identity key, checked out of band */
        post: operations["addPeer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One peer, with the terms of both directions */
        get: operations["getPeer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/attestations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Attest to a peer that we keep an obligation of which there is no other evidence
         * @description Such as `suite_adopted/NAME`, `safety_cards/MODELS` or `drill`; to be renewed within the days that the obligation says.
         */
        post: operations["attestObligation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each side gave of late, and what each kept and broke of what it had promised the other
         * @description Of the last 90 days, from what both sides signed; exercises are left out.
         */
        get: operations["getBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/balance.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The balance as a table for a spreadsheet */
        get: operations["getBalanceTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check what a peer’s node answers and refuses
         * @description With the next pull the exchange asks it a dozen questions, most of them wrong on purpose. `conformance` of the peer has the findings.
         */
        post: operations["checkPeer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/contests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Contest what a peer holds against our conduct, with digests of what we signed that shows otherwise
         * @description `about` is the digest of the evidence that the reason of the peer’s standing names. The peer’s ledger then shows both sides. What shows otherwise has to be ours and within the last 90 days; without `shows` it is our receipts for that record, or our answer to that recall.
         */
        post: operations["contestMark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/enrolment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Take a peer out of the sandbox: from now on it is given what the terms say
         * @description Refused while a check of the last day has not passed whole, or no canary came through in either direction; `unchecked` enrols it all the same.
         */
        put: operations["enrolPeer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/fingerprint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Pin a peer’s new identity key, whose fingerprint was compared out of band: the old one may be a thief’s
         * @description From then on nothing of the peer is taken, and nothing given to it, until its descriptor has been fetched that the new key signed. Its records, terms and standing stay.
         */
        put: operations["pinPeer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/offboarding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a peering: recall all that the peer was given, then expel it
         * @description It is suspended and asked to give up every record that it was given. When it has answered, or after 7 days, it is expelled. What it gave us stays here, under its terms and recalls; logs, receipts and statements stay on both sides.
         */
        post: operations["offboardPeer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Sign an offer to a peer: what we give it, per cell
         * @description It is checked first. What bars signing is `validation_failed`, each finding with its place, code and parameters, and nothing is signed; the answer to an offer that is signed has the other findings.
         */
        put: operations["offerPeer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/offer/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an officer should know of an offer before it is signed; nothing is kept
         * @description Held against the offers that count today in both directions, and against how we kept, in the last 90 days, what it would bind us to.
         */
        post: operations["checkOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/offer/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which records of the last 90 days would flow more or less under an offer, in both directions; nothing is kept
         * @description Of each direction at most 50,000 records are looked at, of the peer’s those that are here: what it keeps back is not known. Drills, withdrawn records and what is given by name are left out. Standings are those of today, or worse where this node’s rules find so in what both kept and broke in these days of what the offer would bind them to; how the peer judges is its own affair. Nobody is foreseen to rise.
         */
        post: operations["simulateOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/peers/{name}/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set what we think of a peer’s conduct: it caps what the peer is given, and the peer is told
         * @description `probation` caps at amber, `restricted` at green, `suspended` leaves warnings of severity 5 and above, `expelled` nothing at all. What the peer was given beyond that is recalled. It wins over what conduct makes of the peer until `computed` takes it back. An expelled peer is a stranger and hears of nothing any more, not even of a recall: to end a peering use its `offboarding`.
         */
        put: operations["setStanding"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What peers sent and we refused, with the bytes and the reason */
        get: operations["listQuarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/recalls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What peers ask us to give up, and what we ask of them; open ones first, then newest */
        get: operations["listRecalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/recalls/{digest}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a peer’s recall; `purged` cuts away what it names
         * @description The answer is signed and sent to the peer. It is given once.
         */
        post: operations["answerRecall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the node is: counts, what waits, the log */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens by name; none is shown again */
        get: operations["listTokens"];
        put?: never;
        /** Make a bearer token, shown this once; `reader` may look and change nothing */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/tokens/{name}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a token out of force, for good and from the next request on
         * @description Refused for the last officer’s token that is in force: nobody could make another. A name is not used again.
         */
        post: operations["disableToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/warnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What peers warn of: one item a peer, however many it sends, the last one warned of first
         * @description The inbox shows the records themselves with `warned=true`. A peer in the sandbox is left out.
         */
        get: operations["listWarnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/casework/v1/warnings/{digest}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a warning of ours as a second officer; every peer that was warned is told
         * @description A warning waits for nobody. Whoever decided on the record cannot approve it as well; what the policy released, any officer can.
         */
        post: operations["approveWarning"];
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
        Accepted: {
            /** @constant */
            status: "accepted";
        };
        Act: {
            number: number;
            /** Format: date-time */
            at: string;
            actor: string;
            act: string;
            object: string;
            reason: string;
            approvals: unknown[];
            previous: string;
            hash: string;
        };
        Balance: {
            names: {
                own: string;
                peer: string;
            };
            /**
             * Format: date
             * @description A UTC day
             */
            from: string;
            /**
             * Format: date
             * @description A UTC day
             */
            until: string;
            own: components["schemas"]["BalanceSide"];
            peer: components["schemas"]["BalanceSide"];
            contests: {
                /** @enum {string} */
                by: "own" | "peer";
                /**
                 * Format: date
                 * @description A UTC day
                 */
                day: string;
                /** @description SHA-256, base64url */
                about: string;
                shows: string[];
                told: string | null;
            }[];
        };
        BalanceSide: {
            /** @description What the other node says of its conduct */
            standing: {
                /** @enum {string} */
                standing: "good" | "probation" | "restricted" | "suspended" | "expelled";
                /**
                 * Format: date
                 * @description A UTC day
                 */
                since: string;
                reason: {
                    code: string;
                    params: {
                        [key: string]: string | number;
                    };
                };
            } | null;
            given: components["schemas"]["GivenCount"][];
            promised: components["schemas"]["Promised"][];
        };
        Case: {
            id: string;
            /** @enum {string} */
            status: "received" | "drafted" | "held" | "releasing" | "released" | "retracting" | "retracted";
            title: string;
            severity: "unrated" | {
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
            /** @enum {string} */
            tlp: "clear" | "green" | "amber" | "amber-strict" | "red";
            exercise: boolean;
            source?: components["schemas"]["Source"];
            /** Format: date-time */
            received_at: string;
            /** @description Grows with every change of any case */
            change: number;
            fields: {
                [key: string]: unknown;
            };
            /** @description The fields as they came in, once an officer has corrected them */
            reported_fields?: {
                [key: string]: unknown;
            };
            proposals: components["schemas"]["Proposal"][];
            updates: {
                number: number;
                text: string;
                /** Format: date-time */
                received_at: string;
            }[];
            versions: components["schemas"]["Version"][];
        };
        CaseSummary: {
            id: string;
            /** @enum {string} */
            status: "received" | "drafted" | "held" | "releasing" | "released" | "retracting" | "retracted";
            title: string;
            severity: "unrated" | {
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
            /** @enum {string} */
            tlp: "clear" | "green" | "amber" | "amber-strict" | "red";
            exercise: boolean;
            source?: components["schemas"]["Source"];
            /** Format: date-time */
            received_at: string;
            /** @description Grows with every change of any case */
            change: number;
        };
        Change: {
            change: number;
            /** @enum {string} */
            kind: "case" | "received";
            case?: string;
            /** @description SHA-256, base64url */
            digest?: string;
            peer?: string;
        };
        Conformance: {
            /** Format: date-time */
            asked_at: string;
            /**
             * Format: date-time
             * @description Absent: it is still to be looked at
             */
            checked_at?: string;
            checks: {
                check: string;
                passed: boolean;
                detail: string;
            }[];
        };
        Cosigned: {
            /** @description Of the checkpoint that it cosigned last */
            size?: number;
            /** Format: date-time */
            at?: string;
            /** @description Why it did not when it was last asked */
            fault?: string;
        };
        Dossier: {
            /** @constant */
            dossier: "detente/dossier/1";
            /** @description The presentation, SD-JWT */
            record: string;
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
        Draft: {
            /** @description SHA-256, base64url */
            digest: string;
            version: number;
            fields: {
                [key: string]: unknown;
            };
            public_fields: {
                [key: string]: unknown;
            };
            holds: components["schemas"]["Hold"][];
            findings: components["schemas"]["DraftFinding"][];
            /** @description From what came in to the draft */
            changes: components["schemas"]["DraftChange"][];
            small_groups: components["schemas"]["SmallGroup"][];
            /** @description With other accounts of the same event */
            across: components["schemas"]["EventDifference"][];
            /** Format: date-time */
            created_at: string;
        };
        DraftChange: {
            /** @description JSON pointer into the fields as they came in, or `public:` and one */
            place: string;
            /** @description UTF-16 */
            start: number;
            end: number;
            was: string;
            /** @description Null: the item was left out */
            written: string | null;
            /** @description Of the term or finding; `length` or `duplicate` by `fit` */
            kind: string;
            /**
             * @description `term`: a known name; `fit`: what grew was cut, or had become the same as another item
             * @enum {string}
             */
            by: "term" | "certain" | "officer" | "policy" | "tier" | "fit";
            /** @description SHA-256, base64url */
            finding?: string;
        };
        DraftFinding: {
            /** @description Stays the same in the next draft while the sentence around the words does, and is the same in the public edition */
            id: string;
            /** @description JSON pointer into the draft’s fields, or `public:` and one; the field alone where the item was left out */
            place: string;
            /** @description UTF-16 */
            start: number;
            end: number;
            kind: string;
            /** @description 1 is certain; from 0.5 on an open one holds */
            confidence: number;
            /** @description The rule that found it */
            reason: string;
            /** @description The words of the case that were found */
            text: string;
            /** @enum {string} */
            done: "removed" | "kept" | "open";
            /**
             * @description `tier`: told more coarsely, since its field’s tier does not show the exact value; `term`: by a verdict in another case, or on other words of which these are a part
             * @enum {string}
             */
            by?: "certain" | "officer" | "policy" | "term" | "tier";
        };
        EventDifference: {
            /** @enum {string} */
            code: "shown_here" | "shown_there";
            /** @description A case, a version of this one, or a peer’s record */
            other: string;
            /** @description JSON pointer into the fields of the one that shows it */
            place: string;
            /** @description `field`, `tlp`, or the kind of what was taken out of a text */
            kind: string;
            start?: number;
            end?: number;
            /** @description SHA-256 of what is shown there: other words are another difference */
            words?: string;
            /** @description Whether it holds the draft, below severity 5 */
            holds: boolean;
        };
        Explanation: {
            peer: string;
            /** @description Whose record it is that we pass on; absent: ours */
            origin?: string;
            id: string;
            /** @description SHA-256, base64url */
            digest: string;
            /** @description What the peer may see; null for nothing */
            level: number | null;
            /**
             * @description `stored`: its receipt says so; `warned`: it took a warning of it; `under_way`: it may have it and does not yet; `withheld`: it may not; `refused_there`: it took the page and did not store the record; `receipt_disagrees`: its receipt speaks of other fields, or of more, than it was given
             * @enum {string}
             */
            conclusion: "stored" | "warned" | "under_way" | "withheld" | "refused_there" | "receipt_disagrees";
            steps: components["schemas"]["Step"][];
        };
        Fork: {
            /** @constant */
            code: "log_forked";
            smaller_size: number;
            larger_size: number;
            /** Format: date-time */
            at: string;
            proof: components["schemas"]["ForkProof"];
        };
        ForkProof: {
            /** @constant */
            fork: "detente/fork/1";
            /** @description Signed note */
            smaller: string;
            /** @description Signed note */
            larger: string;
            /** @description What the larger tree has for a root at the smaller size */
            root: string;
            /** @description Consistency proof from `root` (RFC 6962 §2.1.2) */
            proof: string[];
            /** @description That show the log’s keys, each under an identity key that one before it announced */
            descriptors: string[];
        };
        GivenCount: {
            type: string;
            domain: string;
            /** @description 0 the signed part alone, 1 clear, 2 green, 3 amber, 4 amber-strict, 5 red */
            level: number;
            /** @description Versions reported within what was promised */
            in_time: number;
            late: number;
            /** @description Of which no time was promised, or none can be told */
            untimed: number;
        };
        Hold: {
            code: string;
            /** @description Field, or `public:` and the field; empty where no field is the cause */
            place: string;
            kind?: string;
            start?: number;
            end?: number;
            /** @description SHA-256, base64url */
            finding?: string;
            /** @description Of `shown_here` and `shown_there`: the account of the event that hides it, or in which it is shown */
            other?: string;
            /** @description SHA-256 of what is shown there: other words are another difference */
            words?: string;
        };
        InboxItem: {
            peer: string;
            /** @description SHA-256, base64url */
            digest: string;
            id: string;
            type: string;
            tick: number;
            /** @description Absent: not yet in the log */
            index?: number;
            /** @description 0 the signed part alone, 1 clear, 2 green, 3 amber, 4 amber-strict, 5 red */
            level: number;
            /** @enum {string} */
            domain: "bio" | "chemical" | "nuclear" | "cyber" | "manipulation" | "loss-of-control" | "model-security" | "other";
            band: string;
            /** @enum {string} */
            tlp: "clear" | "green" | "amber" | "amber-strict" | "red";
            exercise: boolean;
            retracted: boolean;
            /** @description It counts, and no later version is here */
            current: boolean;
            /** @description Why it came behind our cursor, as the peer says; `override` and `named_disclosure` may go beyond the terms */
            rule?: string;
            /** @description The peer that passed on what is held; absent: its own node gave it */
            relay?: string;
            fields: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            warned_at?: string;
            /**
             * Format: date-time
             * @description Since when it counts no more: its key was revoked, and the log does not show it before that
             */
            revoked_at?: string;
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
        MirroredLog: {
            /** @description Leaves of it that we hold */
            size: number;
            /** @description Why the last attempt to take more kept nothing */
            fault?: string;
            /**
             * Format: date-time
             * @description Of that attempt
             */
            at?: string;
        };
        Notice: {
            number: number;
            peer: string;
            /** @enum {string} */
            kind: "warning" | "recall" | "answer" | "canary" | "approval";
            /** @description SHA-256, base64url */
            digest: string;
            /** Format: date-time */
            created_at: string;
            attempts: number;
            /** Format: date-time */
            delivered_at?: string;
            /** Format: date-time */
            next_at?: string;
            /** @description Why the last attempt failed */
            fault?: string;
            /** @description How long it has been undelivered: 1 from 2 minutes, 2 from 15 minutes, 3 from an hour */
            escalation: number;
            /**
             * @description Of a warning: whether our log shows the record; overdue after an hour
             * @enum {string}
             */
            proof?: "logged" | "waiting" | "overdue";
            /**
             * @description Of a warning of severity 5 and above: whether a second officer stands behind it; overdue after an hour
             * @enum {string}
             */
            approval?: "approved" | "waiting" | "overdue";
        };
        OfferCheck: {
            /** @description Versions that are logged already and would be released; at most 200 are listed */
            releases: {
                count: number;
                items: components["schemas"]["OfferEffect"][];
            };
            /** @description Versions that were given and would be asked back, in whole or in part; at most 200 are listed */
            recalls: {
                count: number;
                items: components["schemas"]["OfferEffect"][];
            };
            /** @description Records given by name, that stand beside the offer; at most 200 are listed */
            singles: {
                count: number;
                items: components["schemas"]["OfferEffect"][];
            };
            /** @description The counts as reasons, those that are not 0 */
            summary: {
                code: string;
                params: {
                    [key: string]: string | number;
                };
            }[];
            /** @description Contradictions and rules that no cell reaches, in the order of the offer */
            findings: {
                code: string;
                params: {
                    [key: string]: string | number;
                };
                /** @description It says what nobody can mean, and is not signed */
                bars_signing: boolean;
            }[];
            /** @description In what the offer gives less, or asks more, than the one that counts today */
            narrows: {
                code: string;
                params: {
                    [key: string]: string | number;
                };
            }[];
            /**
             * Format: date
             * @description If it is signed today: no day before it, and none before the notice has passed that the one that counts today promised to whoever it is narrowed for
             */
            counts_from: string;
        };
        OfferEffect: {
            record: string;
            /** @description SHA-256, base64url */
            digest: string;
            cell: string;
            before: number | null;
            after: number | null;
            rule: {
                /** @description Of the rule that would decide */
                code: string;
                params: {
                    [key: string]: string | number;
                };
            };
        };
        OfferFlow: {
            /** @description Newest versions of records that were looked at */
            records: number;
            /** @description Of them, those of which more would flow */
            more: number;
            less: number;
            /** @description Every cell that changes, whether there are records of it or not */
            cells: {
                cell: string;
                before: number | null;
                after: number | null;
                rule: {
                    /** @description Of the rule that would decide */
                    code: string;
                    params: {
                        [key: string]: string | number;
                    };
                };
            }[];
            /** @description Those that change, the greatest change first; at most 200 */
            items: components["schemas"]["OfferEffect"][];
            summary: {
                code: string;
                params: {
                    [key: string]: string | number;
                };
            }[];
        };
        OfferSimulation: {
            /** @description How far back was looked */
            days: number;
            /**
             * Format: date
             * @description From which day the offer would count; the terms are those of that day
             */
            counts_from: string;
            /** @description Who would stand worse than today, had the offer bound both in these days and had they kept it as they did: `foreseen_own` and `foreseen_peer`, with `standing`, `obligation`, `kept` and `broken`. `given` and `taken` follow from it */
            standings: {
                code: string;
                params: {
                    [key: string]: string | number;
                };
            }[];
            given: components["schemas"]["OfferFlow"];
            taken: components["schemas"]["OfferFlow"];
        };
        OwnKeys: {
            items: {
                purpose: string;
                /** @description SHA-256, base64url */
                kid: string;
                /** @description The successor, which a rotation puts in its place */
                next: string;
                /**
                 * Format: date
                 * @description Day of the first descriptor with this key
                 */
                since: string;
            }[];
            /** @description Those that were rotated away, oldest first, revoked or not */
            former: {
                purpose: string;
                /** @description SHA-256, base64url */
                kid: string;
            }[];
            revoked: {
                purpose: string;
                /** @description SHA-256, base64url */
                kid: string;
                /** @description What it signed counts where the log has it below this index */
                before: number;
            }[];
        };
        Peer: {
            name: string;
            origin: string;
            /** @description SHA-256, base64url */
            fingerprint: string;
            /** @enum {string} */
            status: "pending" | "active" | "suspended" | "expelled";
            log?: string;
            /** Format: date-time */
            pulled_at?: string;
            /** @description How far we hold its log */
            after: number;
            /** @description Pages of its log that verified */
            pages: number;
            /** @description Why the last pull failed */
            fault?: string;
            /** @description How far it was given our log */
            served: number;
            /** @description Records of it that we hold, current versions */
            received: number;
            /** @description Logged records of ours that it may have */
            granted: number;
            quarantined: number;
            /** @description Receipts that it sent us */
            receipts: number;
            /** @description Of them, those that name other bytes of a record than it was given, or more, or a record that is not ours */
            receipts_disagree: number;
            /** @description Digest of a record on which the newest of these does; `explain` has its way */
            receipt_disagrees_on?: string;
            /**
             * Format: date
             * @description UTC day of the last canary of it that was verified here
             */
            canary?: string;
            /** @description Days from that one to today */
            canary_age?: number;
            /**
             * Format: date-time
             * @description When it last took a canary of ours
             */
            canary_taken?: string;
            /** @description The wire works, and nothing is given to it until it is enrolled */
            sandbox: boolean;
            /** @description Others may know that it is a peer */
            listed: boolean;
            standing?: components["schemas"]["Standing"];
            witnessed?: components["schemas"]["WitnessedLog"];
            cosigned?: components["schemas"]["Cosigned"];
            mirrored?: components["schemas"]["MirroredLog"];
            /** @description Its log has signed two histories: `forks` of the one peer has the proof */
            log_forked: boolean;
        };
        PeerAccess: {
            /** @enum {string} */
            kind: "testbed" | "evaluation-suite" | "joint-test" | "drill";
            name: string;
            /** @description Whether the giver lets the taker in under these terms */
            open: boolean;
            rule: {
                /** @description Of the rule that opens it or keeps it closed */
                code: string;
                params: {
                    [key: string]: string | number;
                };
            };
        };
        PeerTerms: {
            /**
             * Format: date
             * @description A UTC day
             */
            day: string;
            /** @description SHA-256, base64url */
            digest: string;
            cells: {
                cell: string;
                level: number | null;
                rule: {
                    /** @description Of the rule that decided */
                    code: string;
                    params: {
                        [key: string]: string | number;
                    };
                };
            }[];
            /** @description Each thing that the giver’s offer names, in its order */
            access: components["schemas"]["PeerAccess"][];
        };
        PeerView: {
            peer: string;
            /** @description Null: nothing */
            level: number | null;
            fields: string[];
            reason: {
                code: string;
                params: {
                    [key: string]: unknown;
                };
            };
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
        Promised: {
            /** @description Its key, such as `report_within/5-7` */
            obligation: string;
            kept: number;
            broken: number;
            /** @description Of the broken ones */
            contested: number;
            /** @description The newest ten */
            breaches: {
                /** @description What shows it; null when nothing came at all */
                evidence: string | null;
                /**
                 * Format: date
                 * @description A UTC day
                 */
                day: string;
                /** @description The node’s own signature shows it, or two others say so */
                shown: boolean;
                contested: boolean;
            }[];
        };
        Proposal: {
            field: string;
            value: unknown;
            basis: string;
        };
        Quarantined: {
            number: number;
            peer: string;
            kind: string;
            index?: number;
            digest?: string;
            code: string;
            detail: string;
            /** @description The bytes as they came */
            body: string;
            /** Format: date-time */
            received_at: string;
        };
        Recall: {
            /** @description SHA-256, base64url */
            digest: string;
            peer: string;
            /** @enum {string} */
            direction: "received" | "sent";
            /** @enum {string} */
            cause: "retracted" | "narrowed" | "ended";
            /** @description 0 the signed part alone, 1 clear, 2 green, 3 amber, 4 amber-strict, 5 red */
            level: number;
            records: {
                id: string;
                /** @description SHA-256, base64url */
                digest: string;
            }[];
            /** Format: date-time */
            made_at: string;
            /** Format: date-time */
            due_at: string;
            /** @description Not answered in time */
            overdue: boolean;
            answer?: {
                /** @enum {string} */
                answer: "purged" | "kept" | "passed-on";
                legal_basis?: string;
                passed_to: string[];
                /** Format: date-time */
                answered_at: string;
            };
        };
        SmallGroup: {
            /** @constant */
            code: "small_group";
            /** @enum {string} */
            tier: "clear" | "green" | "amber" | "amber-strict" | "red";
            /** @description Events that fit, counted up to `k` */
            fit: number;
            /** @description Developers or deployers that these events are of, whichever are fewer, counted up to `k`; an event whose texts name none counts as one */
            organisations: number;
            /** @description How many should: DETENTE_K */
            k: number;
            all: {
                /** @description Events that fit, counted up to `k` */
                fit: number;
                /** @description Developers or deployers that these events are of, whichever are fewer, counted up to `k`; an event whose texts name none counts as one */
                organisations: number;
            };
            /** @description Fields that make it so; none where no field alone does, as where `all` of the node are fewer than `k` */
            rare: string[];
            /** @description What could be told instead; empty where no single step makes more fit */
            offers: {
                /** @description JSON pointer into the fields: a field, or one of its items or members */
                place: string;
                /** @description `quarter` or `year` of a month, `technique`: those that the given ones are a part of (`AML.T0051` for `AML.T0051.001`); null: what is there is left out */
                instead: string | null;
                /** @description Events that fit, counted up to `k` */
                fit: number;
                /** @description Developers or deployers that these events are of, whichever are fewer, counted up to `k`; an event whose texts name none counts as one */
                organisations: number;
            }[];
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
        Standing: {
            /** @enum {string} */
            standing: "good" | "probation" | "restricted" | "suspended" | "expelled";
            /**
             * Format: date
             * @description A UTC day
             */
            since: string;
            /** @description Code of the reason; `offboarding` when the peering ends */
            reason: string;
            /** @description Of the reason: which obligation, which evidence, what mends it */
            params: {
                [key: string]: string | number;
            };
            /** @description An officer set it, against what conduct makes of it */
            overridden: boolean;
        };
        Status: {
            origin: string;
            log: string;
            /** @description SHA-256, base64url */
            fingerprint?: string;
            /** @description By status */
            cases: {
                [key: string]: number;
            };
            /** @description Records of peers whose key was revoked */
            received_revoked: number;
            /** @description Released although nobody rated them */
            unrated: number;
            /** @description Records with a version that was not retracted */
            released: number;
            /** @description Own versions with an index in the log */
            logged: number;
            public_editions: number;
            received: number;
            quarantined: number;
            pages_verified: number;
            waiting: {
                decisions: number;
                outgoing: number;
                landing: number;
                leaves: number;
            };
            warnings: {
                /** @description Notices that peers do not have yet */
                undelivered: number;
                /** @description Of the one that waits longest, as in notices */
                escalation: number;
                /** @description Own records, warned of over an hour ago and not logged */
                unproven: number;
                /** @description The same of peers’ records */
                unproven_received: number;
                /** @description Own records of severity 5 and above, warned of over an hour ago, without a second approval */
                unapproved: number;
                /** @description The same of peers’ records */
                unapproved_received: number;
            };
            /** @description Active peers of which no canary of these two days was verified here, or that took none of ours */
            canaries_missing: number;
            /** @description Days since the last canary of the active peer that was heard longest ago; absent while none was heard */
            canary_age?: number;
            /** @description Receipts that name other bytes of a record than their peer was given, or more, or a record that is not ours */
            receipts_disagree: number;
            /** @description Of both directions, not answered in time */
            recalls_overdue: number;
            tree: {
                size: number;
                tick: number;
                signed: number;
                /** @description Leaves in a batch; 0 before the first start */
                batch_size: number;
                /** @description The one to come, when it was changed */
                next_batch_size?: number;
                /** @description UTC day from which on it holds */
                next_batch_day?: string;
            };
            /** @description Why nothing is appended to the log or signed; reading goes on */
            signing_stops: {
                /** @enum {string} */
                kind: "damaged" | "unasked" | "behind";
                /** @description A sentence for the officer */
                reason: string;
                /** @description The first leaf that is damaged, or the size that a peer has seen */
                place?: number;
                /** Format: date-time */
                at: string;
            }[];
            witnessed: {
                /** @description Witnesses that must have cosigned a checkpoint; 0 asks for none */
                required: number;
                /** @description Of the newest checkpoint that so many have cosigned; absent: none */
                size?: number;
                /** @description Witnesses that have cosigned that one */
                by: number;
                /**
                 * Format: date-time
                 * @description When the last of them did
                 */
                at?: string;
                /** @description Leaves that are signed, and not in that checkpoint */
                unwitnessed: number;
            };
            /** @description Peers whose log has signed two histories */
            logs_forked: number;
        };
        Step: {
            /** @enum {string} */
            step: "peer" | "terms" | "grant" | "warning" | "log" | "page" | "receipt" | "quarantine" | "recall";
            /**
             * @description `stopped`: here the way ends; `none`: there is nothing of this kind
             * @enum {string}
             */
            state: "done" | "waiting" | "stopped" | "none";
            /** @description What is so, for programs */
            code: string;
            params: {
                [key: string]: string | number;
            };
        };
        /** @description In what the peer computes other terms than we do. While it lasts, of what is wider than before the lower of both is given. The peer is shown the same by our pages. */
        TermsDifference: {
            /**
             * Format: date
             * @description A UTC day
             */
            day: string;
            /**
             * Format: date-time
             * @description When the page came
             */
            at: string;
            /** @description Of the terms that the page names */
            named: string;
            /** @description Of ours of that day */
            computed: string;
            /** @description The statements that differ, with the digests of the one that we compute with (`ours`) and the one that the peer does (`theirs`), absent for none; `differs_unknown` alone where the page does not say */
            inputs: {
                code: string;
                params: {
                    [key: string]: string | number;
                };
            }[];
        };
        Version: {
            /** @description SHA-256, base64url */
            digest: string;
            id: string;
            /** @description A public edition: a record of its own */
            edition: boolean;
            tick: number;
            /** @description In the log; absent until it is logged */
            index?: number;
            retracted: boolean;
            /** @description The draft that it says; a withdrawal says none */
            draft?: number;
            /** Format: date-time */
            issued_at: string;
        };
        WarningsOfPeer: {
            peer: string;
            /** @description Records that it warned of */
            count: number;
            /** @description Of these, not yet shown by its log */
            unlogged: number;
            /** @description Of these, of severity 5 and above without a second approval */
            unapproved: number;
            /** @description Of these, without the proof of its log or the second approval for more than an hour */
            overdue: number;
            newest: {
                /** @description SHA-256, base64url */
                digest: string;
                id: string;
                title?: string;
                severity: number;
                domain: string;
                exercise: boolean;
                /** @description false: not yet in the log */
                logged: boolean;
                /** Format: date-time */
                warned_at: string;
            };
        };
        WitnessedLog: {
            /** @description Of the checkpoint that we cosigned last */
            size: number;
            /** Format: date-time */
            at: string;
            /**
             * Format: date-time
             * @description When it was offered with a checkpoint that does not continue that one, and none since that does
             */
            refused_at?: string;
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
    listActs: {
        parameters: {
            query?: {
                limit?: number;
                /** @description As given in `next` */
                cursor?: string;
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
                        items: components["schemas"]["Act"][];
                        next?: string;
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    listCases: {
        parameters: {
            query?: {
                /** @description Words of title and summary */
                q?: string;
                status?: "received" | "drafted" | "held" | "releasing" | "released" | "retracting" | "retracted";
                domain?: "bio" | "chemical" | "nuclear" | "cyber" | "manipulation" | "loss-of-control" | "model-security" | "other";
                registry?: string;
                limit?: number;
                /** @description As given in `next` */
                cursor?: string;
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
                        items: components["schemas"]["CaseSummary"][];
                        next?: string;
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    getCase: {
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
            /** @description The case */
            200: {
                headers: {
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
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
    getDraft: {
        parameters: {
            query?: {
                /** @description Of a draft; else the newest */
                version?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
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
    correctCase: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    fields: components["schemas"]["IncidentFields"];
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The case as it is now */
            200: {
                headers: {
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The resource has changed since it was read */
            412: {
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
            /** @description `precondition_required`: The request needs If-Match */
            428: {
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
    judgeFindings: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    verdicts: {
                        /** @description SHA-256, base64url */
                        id: string;
                        /** @enum {string} */
                        verdict: "remove" | "keep";
                    }[];
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The case as it is now */
            200: {
                headers: {
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The resource has changed since it was read */
            412: {
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
            /** @description `precondition_required`: The request needs If-Match */
            428: {
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
    previewCase: {
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
            /** @description A view a peer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description SHA-256, base64url */
                        draft: string;
                        peers: components["schemas"]["PeerView"][];
                    };
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
    releaseCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description SHA-256, base64url */
                    draft: string;
                    public_edition: boolean;
                    overrule?: boolean;
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Decided; the worker signs it */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    retractCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Decided; the worker signs it */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    triageCase: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    severity: "unrated" | {
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
                    /** @enum {string} */
                    tlp: "clear" | "green" | "amber" | "amber-strict" | "red";
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The case as it is now */
            200: {
                headers: {
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Case"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The resource has changed since it was read */
            412: {
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
            /** @description `precondition_required`: The request needs If-Match */
            428: {
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
    listChanges: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Changes in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: components["schemas"]["Change"][];
                        after: number;
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    getDossier: {
        parameters: {
            query?: {
                /** @description How much of it is disclosed at most */
                level?: number;
            };
            header?: never;
            path: {
                /** @description SHA-256, base64url */
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dossier */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dossier"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    explain: {
        parameters: {
            query: {
                peer: string;
                /** @description Of a record, its newest version; or of one version, its digest */
                record: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chain, in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
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
    listInbox: {
        parameters: {
            query?: {
                peer?: string;
                domain?: "bio" | "chemical" | "nuclear" | "cyber" | "manipulation" | "loss-of-control" | "model-security" | "other";
                /** @description Earlier versions as well */
                history?: boolean;
                /** @description Drills instead of real ones */
                exercise?: boolean;
                /** @description Only what the peer warned of */
                warned?: boolean;
                limit?: number;
                /** @description As given in `next` */
                cursor?: string;
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
                        items: components["schemas"]["InboxItem"][];
                        next?: string;
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    getInboxItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                peer: string;
                /** @description SHA-256, base64url */
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        peer: string;
                        /** @description SHA-256, base64url */
                        digest: string;
                        id: string;
                        type: string;
                        tick: number;
                        /** @description Absent: not yet in the log */
                        index?: number;
                        /** @description 0 the signed part alone, 1 clear, 2 green, 3 amber, 4 amber-strict, 5 red */
                        level: number;
                        /** @enum {string} */
                        domain: "bio" | "chemical" | "nuclear" | "cyber" | "manipulation" | "loss-of-control" | "model-security" | "other";
                        band: string;
                        /** @enum {string} */
                        tlp: "clear" | "green" | "amber" | "amber-strict" | "red";
                        exercise: boolean;
                        retracted: boolean;
                        /** @description It counts, and no later version is here */
                        current: boolean;
                        /** @description Why it came behind our cursor, as the peer says; `override` and `named_disclosure` may go beyond the terms */
                        rule?: string;
                        /** @description The peer that passed on what is held; absent: its own node gave it */
                        relay?: string;
                        fields: {
                            [key: string]: unknown;
                        };
                        /** Format: date-time */
                        received_at: string;
                        /** Format: date-time */
                        warned_at?: string;
                        /**
                         * Format: date-time
                         * @description Since when it counts no more: its key was revoked, and the log does not show it before that
                         */
                        revoked_at?: string;
                        presentation: string;
                    };
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
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnKeys"];
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
            /** @description `unavailable`: The service cannot answer now; `malformed_request`: The request is not well-formed HTTP; `request_timeout`: The request took too long to arrive; `uri_too_long`: The address is longer than the service takes; `unsupported_media_type`: The endpoint does not take a body of this type or encoding; `headers_too_large`: The header is larger than the service takes; `internal`: The service failed; `unavailable`: The service cannot answer now; `overloaded`: The service is under too much load */
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
    listLabs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All labs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            /** Format: date-time */
                            created_at: string;
                            disabled: boolean;
                            cases: number;
                        }[];
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    createLab: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The lab and its key */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        key: string;
                    };
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    disableLab: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The lab is disabled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** Format: date-time */
                        disabled_at: string;
                    };
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    listNotices: {
        parameters: {
            query?: {
                peer?: string;
                state?: "waiting" | "delivered";
                limit?: number;
                /** @description As given in `next` */
                cursor?: string;
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
                        items: components["schemas"]["Notice"][];
                        next?: string;
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    listPeers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All peers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Peer"][];
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    addPeer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    origin: string;
                    /** @description SHA-256, base64url */
                    fingerprint: string;
                    /** @description PEM of its CA; absent: WebPKI */
                    ca?: string;
                    /** @description Give it nothing, and check its node, until it is enrolled */
                    sandbox?: boolean;
                    /**
                     * @description Others may know that it is a peer: its log is talked about with other peers, and it witnesses ours
                     * @default true
                     */
                    listed?: boolean;
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The worker enrols it once its descriptor has been fetched */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    getPeer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The peer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        origin: string;
                        /** @description SHA-256, base64url */
                        fingerprint: string;
                        /** @enum {string} */
                        status: "pending" | "active" | "suspended" | "expelled";
                        log?: string;
                        /** Format: date-time */
                        pulled_at?: string;
                        /** @description How far we hold its log */
                        after: number;
                        /** @description Pages of its log that verified */
                        pages: number;
                        /** @description Why the last pull failed */
                        fault?: string;
                        /** @description How far it was given our log */
                        served: number;
                        /** @description Records of it that we hold, current versions */
                        received: number;
                        /** @description Logged records of ours that it may have */
                        granted: number;
                        quarantined: number;
                        /** @description Receipts that it sent us */
                        receipts: number;
                        /** @description Of them, those that name other bytes of a record than it was given, or more, or a record that is not ours */
                        receipts_disagree: number;
                        /** @description Digest of a record on which the newest of these does; `explain` has its way */
                        receipt_disagrees_on?: string;
                        /**
                         * Format: date
                         * @description UTC day of the last canary of it that was verified here
                         */
                        canary?: string;
                        /** @description Days from that one to today */
                        canary_age?: number;
                        /**
                         * Format: date-time
                         * @description When it last took a canary of ours
                         */
                        canary_taken?: string;
                        /** @description The wire works, and nothing is given to it until it is enrolled */
                        sandbox: boolean;
                        /** @description Others may know that it is a peer */
                        listed: boolean;
                        standing?: components["schemas"]["Standing"];
                        witnessed?: components["schemas"]["WitnessedLog"];
                        cosigned?: components["schemas"]["Cosigned"];
                        mirrored?: components["schemas"]["MirroredLog"];
                        /** @description Its log has signed two histories: `forks` of the one peer has the proof */
                        log_forked: boolean;
                        our_standing?: components["schemas"]["Standing"];
                        contact?: {
                            name: string;
                            email?: string;
                        };
                        conformance?: components["schemas"]["Conformance"];
                        forks?: components["schemas"]["Fork"][];
                        given?: components["schemas"]["PeerTerms"];
                        taken?: components["schemas"]["PeerTerms"];
                        differs?: components["schemas"]["TermsDifference"];
                    };
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
    attestObligation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Its key */
                    obligation: string;
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The worker signs and sends it */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    getBalance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balance */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Balance"];
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
    getBalanceTable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RFC 4180: a row for each kind of record that a node gave, and one for each promise */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
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
    checkPeer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description It is checked with the next pull */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    contestMark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    about: string;
                    shows?: string[];
                    /** @description Why, as the peer is told */
                    told?: string;
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The worker signs and sends it */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    enrolPeer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    unchecked?: boolean;
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The worker signs its standing and computes the terms */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    pinPeer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description SHA-256, base64url */
                    fingerprint: string;
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The worker pins it */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    offboardPeer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why, as the peer is told */
                    told?: string;
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The worker signs and sends it */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    offerPeer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    offer: {
                        gives: {
                            type: string;
                            domains: ("*" | "bio" | "chemical" | "nuclear" | "cyber" | "manipulation" | "loss-of-control" | "model-security" | "other")[];
                            bands: ("*" | "unrated" | "0-1" | "2-3" | "4" | "5-7")[];
                            tier: ("clear" | "green" | "amber" | "amber-strict" | "red") | null;
                            /** @enum {string} */
                            condition: "unconditional" | "as-given";
                            onward: {
                                to: ("*" | string)[];
                                /** @enum {string} */
                                tier: "clear" | "green" | "amber" | "amber-strict" | "red";
                            } | null;
                        }[];
                        access: {
                            /** @enum {string} */
                            kind: "testbed" | "evaluation-suite" | "joint-test" | "drill";
                            name: string;
                            /** @enum {string} */
                            condition: "unconditional" | "as-given";
                        }[];
                        obligations: {
                            code: string;
                            params: {
                                [key: string]: string | number;
                            };
                        }[];
                        waives: string[];
                        relays?: string[];
                        notice_days: number;
                        backlog: boolean;
                        valid_from: string;
                        valid_until: string | null;
                    };
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The worker signs and sends it */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "accepted";
                        /** @description Versions that are logged already and would be released; at most 200 are listed */
                        releases: {
                            count: number;
                            items: components["schemas"]["OfferEffect"][];
                        };
                        /** @description Versions that were given and would be asked back, in whole or in part; at most 200 are listed */
                        recalls: {
                            count: number;
                            items: components["schemas"]["OfferEffect"][];
                        };
                        /** @description Records given by name, that stand beside the offer; at most 200 are listed */
                        singles: {
                            count: number;
                            items: components["schemas"]["OfferEffect"][];
                        };
                        /** @description The counts as reasons, those that are not 0 */
                        summary: {
                            code: string;
                            params: {
                                [key: string]: string | number;
                            };
                        }[];
                        /** @description Contradictions and rules that no cell reaches, in the order of the offer */
                        findings: {
                            code: string;
                            params: {
                                [key: string]: string | number;
                            };
                            /** @description It says what nobody can mean, and is not signed */
                            bars_signing: boolean;
                        }[];
                        /** @description In what the offer gives less, or asks more, than the one that counts today */
                        narrows: {
                            code: string;
                            params: {
                                [key: string]: string | number;
                            };
                        }[];
                        /**
                         * Format: date
                         * @description If it is signed today: no day before it, and none before the notice has passed that the one that counts today promised to whoever it is narrowed for
                         */
                        counts_from: string;
                    };
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    checkOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    offer: {
                        gives: {
                            type: string;
                            domains: ("*" | "bio" | "chemical" | "nuclear" | "cyber" | "manipulation" | "loss-of-control" | "model-security" | "other")[];
                            bands: ("*" | "unrated" | "0-1" | "2-3" | "4" | "5-7")[];
                            tier: ("clear" | "green" | "amber" | "amber-strict" | "red") | null;
                            /** @enum {string} */
                            condition: "unconditional" | "as-given";
                            onward: {
                                to: ("*" | string)[];
                                /** @enum {string} */
                                tier: "clear" | "green" | "amber" | "amber-strict" | "red";
                            } | null;
                        }[];
                        access: {
                            /** @enum {string} */
                            kind: "testbed" | "evaluation-suite" | "joint-test" | "drill";
                            name: string;
                            /** @enum {string} */
                            condition: "unconditional" | "as-given";
                        }[];
                        obligations: {
                            code: string;
                            params: {
                                [key: string]: string | number;
                            };
                        }[];
                        waives: string[];
                        relays?: string[];
                        notice_days: number;
                        backlog: boolean;
                        valid_from: string;
                        valid_until: string | null;
                    };
                };
            };
        };
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferCheck"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    simulateOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    offer: {
                        gives: {
                            type: string;
                            domains: ("*" | "bio" | "chemical" | "nuclear" | "cyber" | "manipulation" | "loss-of-control" | "model-security" | "other")[];
                            bands: ("*" | "unrated" | "0-1" | "2-3" | "4" | "5-7")[];
                            tier: ("clear" | "green" | "amber" | "amber-strict" | "red") | null;
                            /** @enum {string} */
                            condition: "unconditional" | "as-given";
                            onward: {
                                to: ("*" | string)[];
                                /** @enum {string} */
                                tier: "clear" | "green" | "amber" | "amber-strict" | "red";
                            } | null;
                        }[];
                        access: {
                            /** @enum {string} */
                            kind: "testbed" | "evaluation-suite" | "joint-test" | "drill";
                            name: string;
                            /** @enum {string} */
                            condition: "unconditional" | "as-given";
                        }[];
                        obligations: {
                            code: string;
                            params: {
                                [key: string]: string | number;
                            };
                        }[];
                        waives: string[];
                        relays?: string[];
                        notice_days: number;
                        backlog: boolean;
                        valid_from: string;
                        valid_until: string | null;
                    };
                };
            };
        };
        responses: {
            /** @description What would change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferSimulation"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
    setStanding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    standing: "good" | "probation" | "restricted" | "suspended" | "expelled" | "computed";
                    /** @description Why, as the peer is told */
                    told?: string;
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The worker signs and sends it */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    listQuarantine: {
        parameters: {
            query?: {
                peer?: string;
                limit?: number;
                /** @description As given in `next` */
                cursor?: string;
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
                        items: components["schemas"]["Quarantined"][];
                        next?: string;
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    listRecalls: {
        parameters: {
            query?: {
                direction?: "received" | "sent";
                /** @description Only what is not answered */
                open?: boolean;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Recalls */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Recall"][];
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    answerRecall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description SHA-256, base64url */
                digest: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    answer: "purged" | "kept" | "passed-on";
                    /** @description Why it is kept, in law; with `kept`, and then always */
                    legal_basis?: string;
                    /**
                     * @description To whom it was passed on
                     * @default []
                     */
                    passed_to: string[];
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The worker carries it out */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The node */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All tokens, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            /** @enum {string} */
                            scope: "officer" | "reader";
                            /** Format: date-time */
                            created_at: string;
                            disabled: boolean;
                        }[];
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    scope: "officer" | "reader";
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The token */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        token: string;
                    };
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    disableToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The token is disabled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        /** Format: date-time */
                        disabled_at: string;
                    };
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
    listWarnings: {
        parameters: {
            query?: {
                /** @description How far to look back */
                days?: number;
                /** @description Drills instead of real ones */
                exercise?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Peers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WarningsOfPeer"][];
                    };
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
            /** @description `forbidden`: The credential does not allow this */
            403: {
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
    approveWarning: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description SHA-256, base64url */
                digest: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; kept with the act */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The worker signs it and tells the peers */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
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
            /** @description `credential_missing`: The request carries no credential; `credential_invalid`: The credential is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
            /** @description `conflict`: The request does not fit the present state */
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
