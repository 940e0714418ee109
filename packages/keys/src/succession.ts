// From one descriptor to the next: keys change only to what was announced.
import type { Descriptor } from './descriptor.ts';
import { KeysError } from './errors.ts';
import { thumbprint } from './jwk.ts';
import { type PublishedPurpose, publishedPurposes } from './purposes.ts';
import type { Statement } from './statement.ts';

type Known = Pick<Statement<Descriptor>, 'seq' | 'body'>;

/** Checks that a verified descriptor may follow the one that is known: a higher number, and every key either as before with
 *  the same announcement, or the announced one. An announcement that could be changed would protect nothing: whoever steals
 *  today's keys would first announce their own. Former record keys are those that were seen; what was revoked stays so, from
 *  the same index on.
 *  @returns the purposes whose key has changed.
 *  @throws KeysError `sequence_not_higher`, `key_unannounced`, `revocation_withdrawn` */
export function verifySuccession(before: Known, after: Known): PublishedPurpose[] {
  if (after.seq <= before.seq) {
    throw new KeysError('sequence_not_higher', `descriptor ${after.seq} does not come after ${before.seq}`);
  }
  for (const { purpose, kid, before: index } of before.body.revoked ?? []) {
    const kept = after.body.revoked?.some((one) => one.purpose === purpose && one.kid === kid && one.before === index);
    if (!kept) throw new KeysError('revocation_withdrawn', `the revocation of the ${purpose} key ${kid} is missing`);
  }
  const known = new Set([...(before.body.former ?? []), before.body.keys.record.jwk].map(thumbprint));
  for (const jwk of after.body.former ?? []) {
    // Else whoever steals the identity key would make a record key of his own an old one.
    if (!known.has(thumbprint(jwk)))
      throw new KeysError('key_unannounced', `${thumbprint(jwk)} is listed as a former record key and was none`);
  }
  return publishedPurposes.filter((purpose) => {
    const old = before.body.keys[purpose];
    const now = after.body.keys[purpose];
    if (thumbprint(now.jwk) === old.next) return true;
    if (now.jwk.x === old.jwk.x && now.next === old.next) return false;
    throw new KeysError(
      'key_unannounced',
      `the ${purpose} key or its announcement changed without having been announced`,
    );
  });
}
