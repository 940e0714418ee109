// Which checkpoint a proof leads to: one that witnesses have signed, if today's descriptor shows the key of the log under it.

import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descriptorKeys, initKeys, loadKeys, logNameOf, signDescriptor, witnessNameOf } from '@detente/keys';
import { cosign, formatSignatureLine, parseNote, signNote } from '@detente/tlog';
import { test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { sequence } from '../src/jobs/sequence.ts';
import { proveEntry } from '../src/log-proof.ts';
import { startWorkerNode } from './worker-node.ts';

const us = 'https://us.example';

/** A peer's witness, with its descriptor. */
async function makeWitness() {
  const folder = mkdtempSync(join(tmpdir(), 'detente-witness-'));
  const { publicKeys } = initKeys(folder);
  const signer = loadKeys(join(folder, 'exchange'), 'exchange').signer('witness');
  const identity = loadKeys(join(folder, 'worker'), 'worker').signer('identity');
  rmSync(folder, { recursive: true });
  const body = {
    keys: descriptorKeys(publicKeys),
    endpoints: { exchange: `${us}/exchange/v1`, log: `${us}/log/v1` },
    types: { incident: [1] },
    contract: 'A'.repeat(43),
    log: logNameOf(us),
    witness: witnessNameOf(us),
    contact: { name: 'duty officer' },
    day: '2026-11-24',
  };
  return { signer, descriptor: (await signDescriptor({ iss: us, seq: 1, body }, identity)).jws };
}

test('a proof leads to a cosigned checkpoint, and past one of a log key that is not shown any more', async (t) => {
  const { worker, border } = await startWorkerNode(t, { origin: 'https://cn.example' });
  await carryOut(worker);
  for (let batch = 0; batch < 3; batch++) await sequence(worker);
  const sizeOf = async () => {
    const proof = await worker.border.read((reader) => proveEntry(reader, 3));
    return { size: Number(proof?.checkpoint.split('\n')[1]), witnesses: proof?.witnesses.length };
  };
  t.same(await sizeOf(), { size: 48, witnesses: 0 }, 'nobody has cosigned: the newest');

  const { signer, descriptor } = await makeWitness();
  await border.query('INSERT INTO peers (origin, name, fingerprint, descriptor) VALUES ($1, $1, $2, $3)', [
    us,
    'f',
    descriptor,
  ]);
  const noteOf = async () =>
    (await border.query('SELECT note FROM checkpoints WHERE size = 32')).rows[0].note as string;
  const by = { name: witnessNameOf(us), privateKey: signer.privateKey, timestamp: 1_795_564_800 };
  const line = formatSignatureLine(cosign(await noteOf(), by));
  await border.query('INSERT INTO cosignatures (size, peer, line) VALUES (32, $1, $2)', [us, line]);
  t.same(await sizeOf(), { size: 32, witnesses: 1 }, 'the one that a witness has signed');
  t.equal(await worker.border.read((reader) => proveEntry(reader, 60)), undefined, 'what no checkpoint shows');

  const { text } = parseNote(await noteOf());
  const former = { name: logNameOf('https://cn.example'), privateKey: generateKeyPairSync('ed25519').privateKey };
  await border.query('UPDATE checkpoints SET note = $1 WHERE size = 32', [signNote(text, former)]);
  t.same(await sizeOf(), { size: 48, witnesses: 0 }, 'its log key is not the descriptor’s');
});
