import { hash, randomBytes } from 'node:crypto';
import { intakeSalt, signIntakeGroup } from '@detente/keys';
import { test } from 'tap';
import { ProofError } from '../src/proofs/proof-file.ts';
import { explainReceipt, formatReceiptFile, isReceiptFile, verifyReceiptFile } from '../src/proofs/receipt.ts';
import { makeNode, pathOf, proveInLog, rootOver } from './proof-parts.ts';

const [cn, us, sg] = ['cn', 'us', 'sg'].map((name) => makeNode(`https://${name}.example`)) as [
  ReturnType<typeof makeNode>,
  ReturnType<typeof makeNode>,
  ReturnType<typeof makeNode>,
];
const report = Buffer.from('{"fields":{"title":"An assistant gave wrong doses"}}');
const day = '2026-11-24';

async function makeFile(witnesses = [us, sg], promised = day) {
  const bodyDigest = hash('sha256', report, 'buffer');
  const group = { iss: cn.origin, day: promised, reports: [{ salt: intakeSalt(), bodyDigest }] };
  const [receipt] = await signIntakeGroup(group, cn.reporting.signer('lab-receipt'));
  const leaves: Buffer[] = Array.from({ length: 1024 }, () => randomBytes(32));
  leaves[700] = Buffer.from(receipt!.leaf, 'base64url');
  const root = rootOver(leaves);
  const kept = { root: root.toString('base64url'), size: 1024, place: 700, path: pathOf(leaves, 700) };
  const log = await proveInLog(cn, root, witnesses);
  return { descriptor: await cn.describe(), receipt: receipt!, day: { ...kept, log } };
}

async function faultOf(text: string | Uint8Array, pinned?: string, of = report): Promise<ProofError> {
  const outcome = await verifyReceiptFile(Buffer.from(text), of, pinned).catch((error: unknown) => error);
  if (outcome instanceof ProofError) return outcome;
  throw outcome instanceof Error ? outcome : new Error('it was accepted');
}

test('a receipt proves offline that a report was received on its day, and on whose word', async (t) => {
  const text = formatReceiptFile(await makeFile());
  t.ok(isReceiptFile(Buffer.from(text)));
  t.notOk(isReceiptFile(Buffer.from('{"dossier":"detente/dossier/1"}')));
  const verified = await verifyReceiptFile(Buffer.from(`${text}\n`), report, cn.fingerprint);
  t.match(verified, { day, pinned: true, fingerprint: cn.fingerprint, kept: { place: 700, size: 1024 } });
  t.match(verified.kept?.log, {
    index: 5,
    size: 11,
    witnesses: [
      { origin: us.origin, fingerprint: us.fingerprint, at: 1_795_564_800 },
      { origin: sg.origin, fingerprint: sg.fingerprint, at: 1_795_564_801 },
    ],
  });
  const { proven, notProven } = explainReceipt(verified, '2026-11-26');
  t.match(proven.join('\n'), /exactly these bytes were received on 2026-11-24[\s\S]*is in the log: .* entry 5/);
  t.match(proven.join('\n'), 'The promise was kept in time: a witness had seen that log before 2026-11-26 began.');
  t.match(proven.join('\n'), `The witness of ${us.origin} (fingerprint ${us.fingerprint}) signed at 2026-11-25T`);
  t.notMatch(notProven.join('\n'), 'no proof');
});

test('a report that is seen in the log later than on the next day may have been held back', async (t) => {
  const late = formatReceiptFile(await makeFile([us, sg], '2026-10-24'));
  const { proven, notProven } = explainReceipt(await verifyReceiptFile(Buffer.from(late), report), '2026-11-26');
  t.match(proven.join('\n'), 'The report is in the log');
  t.notMatch(proven.join('\n'), 'in time');
  t.match(
    notProven.join('\n'),
    /kept in time: .*by the end of 2026-10-25, and no witness in this file says to have signed between/,
  );
  const early = formatReceiptFile(await makeFile([us, sg], '2026-11-27'));
  const words = explainReceipt(await verifyReceiptFile(Buffer.from(early), report), '2026-11-29');
  t.notMatch(words.proven.join('\n'), 'in time', 'nor does a witness count that signed before the report was there');
  const unseen = formatReceiptFile(await makeFile([]));
  const said = explainReceipt(await verifyReceiptFile(Buffer.from(unseen), report), '2026-11-26').notProven.join('\n');
  t.match(said, /by the end of 2026-11-25, and no witness is in this file/);
});

test('a receipt without proof is a promise, and evidence once the proof is due', async (t) => {
  const text = formatReceiptFile({ ...(await makeFile()), day: null });
  const verified = await verifyReceiptFile(Buffer.from(text), report);
  t.equal(verified.kept, undefined);
  t.match(
    explainReceipt(verified, day).notProven.join('\n'),
    /the day is not over\. Ask for the proof from 2026-11-25 on/,
  );
  const due = explainReceipt(verified, '2026-11-25').notProven.join('\n');
  t.match(due, /one is due since 2026-11-25\. .*this file is the evidence that it broke its word/);
});

test('a receipt proves nothing of another report, for another node, or when a part of it is another’s', async (t) => {
  const file = await makeFile();
  const text = formatReceiptFile(file);
  t.match(await faultOf(text, undefined, Buffer.from(`${report} `)), { code: 'receipt_refused', place: '/receipt' });
  t.match(await faultOf(text, us.fingerprint), { code: 'fingerprint_unexpected', place: '/descriptor' });
  const other = await makeFile();
  const root = Buffer.from(file.day.root, 'base64url');
  const faults: [string, object, string][] = [
    ['another day’s tree', { day: { ...file.day, root: other.day.root } }, 'proof_refused'],
    [
      'a root that is not in the log',
      { day: { ...other.day, log: file.day.log, path: other.day.path } },
      'proof_refused',
    ],
    ['another place', { day: { ...file.day, place: 701 } }, 'proof_refused'],
    ['another descriptor', { descriptor: await us.describe() }, 'receipt_refused'],
    [
      'another node’s log',
      { day: { ...file.day, log: await proveInLog(us, Buffer.alloc(32)) } },
      'fingerprint_unexpected',
    ],
    [
      'a witness who did not sign',
      { day: { ...file.day, log: { ...file.day.log, witnesses: [await cn.describe()] } } },
      'witness_refused',
    ],
    ['the node itself as witness', { day: { ...file.day, log: await proveInLog(cn, root, [cn]) } }, 'witness_refused'],
    [
      'the holder of its identity key under another name',
      { day: { ...file.day, log: await proveInLog(cn, root, [{ ...cn, origin: 'https://x.example' }]) } },
      'witness_refused',
    ],
    [
      'a witness twice',
      {
        day: {
          ...file.day,
          log: { ...file.day.log, witnesses: [...file.day.log.witnesses, file.day.log.witnesses[0]] },
        },
      },
      'witness_refused',
    ],
    [
      'a cosignature of nobody',
      { day: { ...file.day, log: { ...file.day.log, witnesses: file.day.log.witnesses.slice(1) } } },
      'signature_unknown',
    ],
  ];
  for (const [what, change, code] of faults)
    t.match(await faultOf(formatReceiptFile({ ...file, ...(change as Partial<typeof file>) })), { code }, what);
});

test('every single-byte flip is refused, and its place is named', async (t) => {
  const bytes = Buffer.from(formatReceiptFile(await makeFile([us])));
  const accepted: string[] = [];
  const places = new Set<string>();
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at] = flipped[at]! ^ (1 << (at % 7));
    const fault = await faultOf(flipped).catch((error: Error) => error);
    if (fault instanceof ProofError && fault.place !== '') places.add(fault.place.replace(/\d+/g, 'N'));
    else accepted.push(`byte ${at}: ${fault.message}`);
  }
  t.same(accepted, []);
  for (const place of ['/descriptor', '/receipt', '/day', '/day/log/descriptor', '/day/log/checkpoint'])
    t.ok(places.has(place), place);
});
