// HTTP Message Signatures (RFC 9421) and Digest Fields (RFC 9530) as Detente's nodes use them between each other.
export type { Message, RequestMessage, ResponseMessage } from './components.ts';
export { contentDigest, verifyContentDigest } from './content-digest.ts';
export { SignatureError, type SignatureErrorCode } from './errors.ts';
export { formatTargetUri, type HttpHeaders, type HttpRequest, type HttpResponse, pickHeaders } from './message.ts';
export { clockSkew, type KeyFor, longestLifetime, type Signer } from './profile.ts';
export {
  nonceKeptUntil,
  type ParsedRequestSignature,
  parseRequestSignature,
  type RequestParameters,
  type RequestSignature,
  type SignedRequest,
  signRequest,
  verifyParsedRequest,
  verifyRequest,
} from './request.ts';
export {
  type ParsedResponseSignature,
  parseResponseSignature,
  type ResponseParameters,
  signResponse,
  verifyParsedResponse,
  verifyResponse,
} from './response.ts';
export { formatSignatureBase, type VerifiedMessage, verifyMessage } from './verify-message.ts';
