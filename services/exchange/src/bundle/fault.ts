// Why a bundle is not made, or not taken in.

export type BundleFaultCode =
  | 'peer_unknown'
  | 'peer_unnamed'
  | 'file_refused'
  | 'signature_refused'
  | 'content_refused'
  | 'version_unknown'
  | 'for_another'
  | 'older'
  | 'contradicts'
  | 'too_old'
  | 'from_the_future'
  | 'beyond_log';

/** A fault of the bundle or of the call, and not of this process. The message is a sentence without its stop. */
export class BundleFault extends Error {
  override readonly name = 'BundleFault';
  readonly code: BundleFaultCode;
  constructor(code: BundleFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
