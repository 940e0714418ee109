// RFC 9901: issue, present and verify SD-JWTs over any JSON object.
export { SdJwtError, type SdJwtErrorCode } from './errors.ts';
export { type IssuedSdJwt, type IssueInput, issueSdJwt, presentFields } from './issue.ts';
export type { JsonObject, JsonValue } from './json.ts';
export type { Algorithm, KeyFor } from './signature.ts';
export { type Disclosure, defaultLimits, type Limits, withoutKeyBinding } from './token.ts';
export type { Validity } from './validity.ts';
export { type VerifiedSdJwt, type VerifyOptions, verifySdJwt } from './verify.ts';
