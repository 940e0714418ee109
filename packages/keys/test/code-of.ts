// How something ended that may be refused.

import { KeysError } from '../src/errors.ts';

/** @returns the code of the refusal, or `accepted` */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'accepted';
  } catch (error) {
    return error instanceof KeysError ? error.code : String(error);
  }
}
