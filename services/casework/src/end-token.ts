// Disabling a token: by one that is in force when it counts, and never the last that can make another.

import { problem } from '@detente/server';
import { type Disabled, disableToken, lockOfficers, recordAct } from '@detente/store/casework';
import type { Transaction } from '@detente/store/database';

/** @param end.actor whose token asks
 *  @throws ProblemError `not_found`; `credential_invalid` when the actor's own was disabled meanwhile; `conflict` for the last */
export async function endToken(
  tx: Transaction,
  end: { name: string; actor: string; reason: string },
): Promise<Disabled> {
  const { name, actor, reason } = end;
  const officers = await lockOfficers(tx);
  if (!officers.includes(actor)) throw problem('credential_invalid');
  if (officers.length === 1 && officers[0] === name)
    throw problem('conflict', {
      detail: `${name} is the last officer’s token in force: make another, and disable this one with it`,
    });
  const disabled = await disableToken(tx, name);
  if (!disabled) throw problem('not_found');
  if (!disabled.before) await recordAct(tx, { actor, act: 'token.disable', object: name, reason });
  return disabled;
}
