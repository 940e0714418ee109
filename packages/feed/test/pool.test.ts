// The same verdicts on threads as on one.
import { generateKeyPairSync } from 'node:crypto';
import type { IssuedRecord } from '@detente/record';
import { test } from 'tap';
import { Crew } from '../src/crew.ts';
import { createVerifier, verifyPage } from '../src/index.ts';
import { presentationOf, TestLog, TestNode } from './federation.ts';

const cn = new TestNode('cn.example', 150);
const sg = new TestNode('sg.example', 3);
const stranger = generateKeyPairSync('ed25519');
const at = (index: number): IssuedRecord | undefined => (index % 2 === 1 ? cn.records[(index - 1) / 2] : undefined);
const log = new TestLog(cn, 310, at);
const sgLog = new TestLog(sg, 3, (index) => sg.records[index]);
const held = log.held(20, { relays: new Map([[sg.peer.log, sg.peer]]) });

/** 140 records, every tenth with a broken signature, and five late ones of two logs. */
const text = log.page({
  after: 20,
  records: cn.records.slice(10).map((record, i) => {
    const presentation = presentationOf(record, ((i % 5) + 1) as 1);
    const signature = presentation.lastIndexOf('.') + 5;
    const flipped = presentation[signature] === 'A' ? 'B' : 'A';
    return {
      index: 2 * (i + 10) + 1,
      presentation:
        i % 10 === 9 ? presentation.slice(0, signature) + flipped + presentation.slice(signature + 1) : presentation,
    };
  }),
  late: [
    sgLog.relayed(1, 0, presentationOf(sg.records[0]!, 1)),
    { number: 2, index: 1, presentation: presentationOf(cn.records[0]!, 3), rule: 'widened' },
    sgLog.relayed(3, 1, presentationOf(sg.records[1]!, 2)),
    { number: 4, index: 5, presentation: presentationOf(cn.records[2]!, 0), rule: 'widened' },
    { ...sgLog.relayed(5, 2, presentationOf(sg.records[2]!, 2)), log: 'us.example/log/v1' },
  ],
});

test('a page verified on threads is the page verified on one, also several at once', async (t) => {
  const expected = verifyPage(text, held);
  t.equal(expected.items.filter((item) => !item.ok).length, 14);
  t.same(
    expected.late.map((item) => item.ok),
    [true, true, true, true, false],
  );
  for (const threads of [0, 2]) {
    const verifier = createVerifier({ threads, alone: 100 });
    const pages = await Promise.all([1, 2, 3].map(() => verifier.verify(text, held)));
    for (const page of pages) t.same(page, expected, `${threads} threads`);
    await verifier.close();
  }
});

test('a bad page is refused before any thread works on it', async (t) => {
  const verifier = createVerifier({ threads: 1, alone: 0 });
  await t.rejects(verifier.verify('{}', held), { name: 'FeedError', code: 'page_malformed' });
  await t.rejects(verifier.verify(text, { ...held, peer: { ...cn.peer, logKeys: [stranger.publicKey] } }), {
    code: 'checkpoint_signature',
  });
  await verifier.close();
});

test('what cannot be copied into a thread fails its page only', async (t) => {
  const verifier = createVerifier({ threads: 1, alone: 0 });
  const recordKeys = new Map([[cn.kid, (() => 'no key') as never]]);
  await t.rejects(verifier.verify(text, { ...held, peer: { ...cn.peer, recordKeys } }), { code: 'verifier_failed' });
  t.equal((await verifier.verify(text, held)).items.length, 140);
  await verifier.close();
});

test('a thread that dies or fails takes its chunk with it, and the next chunk gets a thread', async (t) => {
  const crew = new Crew(1, new URL('./moody-worker.ts', import.meta.url));
  const issuer = { iss: cn.peer.iss, recordKeys: new Map() };
  const run = (mood: string) => crew.run({ issuer, presentations: [mood] });
  const queued = [run('exit'), run('throw'), run('fail'), run('work')];
  for (const failing of queued.slice(0, 3)) await t.rejects(failing, { code: 'verifier_failed' });
  t.same(await queued[3], [{ ok: false, code: 'origin_unknown', detail: {} }]);
  await crew.close();
});

test('closing ends what is under way, and nothing more is taken', async (t) => {
  const verifier = createVerifier({ threads: 1, alone: 0 });
  const underWay = verifier.verify(text, held);
  await Promise.all([t.rejects(underWay, { code: 'verifier_closed' }), verifier.close()]);
  await t.rejects(verifier.verify(text, held), { code: 'verifier_closed' });
});
