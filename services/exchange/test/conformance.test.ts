// The check of a peer's node: it finds nothing wrong with ours, and finds each fault that a node may have.

import { type Test, test } from 'tap';
import { type Answer, introduce, type Node, type Passed, startNode } from './exchange-node.ts';

/** Two nodes; publication, which shows the log, is played by the proxy before `us`. */
async function nodes(t: Test): Promise<[Node, Node]> {
  const [cn, us] = await Promise.all([startNode(t), startNode(t)]);
  await introduce(cn, us);
  await us.worker.sequence();
  return [cn, us];
}

type Tamper = (answer: Answer, passed: Passed) => Answer | undefined;

async function tamper(us: Node, change: Tamper = (answer) => answer): Promise<void> {
  const [row] = await us.rows<{ note: string }>('SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1');
  us.proxy.tamper = (answer, passed) => {
    const log = { status: 200, headers: { date: new Date().toUTCString() }, body: Buffer.from(row!.note) };
    return change(passed.url === '/log/v1/checkpoint' ? log : answer, passed);
  };
}

const isFeed = ({ url }: Passed) => url.startsWith('/exchange/v1/feed');
const failed = async (cn: Node, us: Node) =>
  (await cn.check(us))
    .filter(({ passed }) => !passed)
    .map(({ check, detail }) => `${check}: ${detail.replace(/3(5|6)\d\d s/, 'an hour')}`);

test('a node of ours passes', async (t) => {
  const [cn, us] = await nodes(t);
  await tamper(us);
  const found = await cn.check(us);
  t.same(
    found.filter(({ passed }) => !passed),
    [],
  );
  t.equal(found.length, 11);
  t.match(found[0], { check: 'shows_its_descriptor', detail: /contract$/ });
  const [row] = await cn.rows('SELECT checked_at >= asked_at AS checked FROM conformance');
  t.same(row, { checked: true });
});

test('a node is found out that answers what it should refuse, or takes no care with what it says', async (t) => {
  const [cn, us] = await nodes(t);
  const answered = { status: 200, headers: {}, body: Buffer.from('{}') };
  const hour = new Date(Date.now() + 3_600_000).toUTCString();
  const faults: [what: string, change: Tamper, expected: string[]][] = [
    [
      'it lets in whoever asks',
      (answer, passed) => (isFeed(passed) && answer.status === 401 ? answered : answer),
      ['refuses_unsigned', 'refuses_an_unknown_key', 'refuses_an_old_signature', 'refuses_what_is_for_another'].map(
        (check) => `${check}: it answers 200 where 401 is due`,
      ),
    ],
    [
      'it remembers no nonce',
      (answer) => (answer.status === 409 ? answered : answer),
      ['refuses_a_replay: it answers 200 where 409 is due'],
    ],
    [
      'it takes any body',
      (answer, { method }) => (method === 'POST' ? { ...answered, status: 204 } : answer),
      [
        'refuses_a_swapped_body: it answers 204 where 401 is due',
        'refuses_an_unknown_member: it answers 204 where 400 or 422 is due',
      ],
    ],
    [
      'its errors are no problem details',
      (answer) => (answer.status === 409 ? { ...answer, headers: { 'content-type': 'text/html' } } : answer),
      ['refuses_a_replay: it answers 409 without problem details (RFC 9457)'],
    ],
    [
      'its clock is an hour off',
      (answer, { url }) => (url === '/log/v1/checkpoint' ? { ...answer, headers: { date: hour } } : answer),
      ['keeps_its_clock: its clock is an hour from this node’s'],
    ],
    [
      'its checkpoint is signed by nobody',
      (answer, { url }) =>
        url === '/log/v1/checkpoint' ? { ...answer, body: Buffer.from(`${answer.body}`.replace(/\d+/, '7')) } : answer,
      ['signs_its_log: the checkpoint is refused: signature_invalid'],
    ],
    [
      'it does not answer for its descriptor',
      (answer, { url }) => (url === '/.well-known/detente' ? { ...answered, status: 404 } : answer),
      ['shows_its_descriptor: the peer’s descriptor could not be read: status 404'],
    ],
    [
      'its answers open to more than they are',
      (answer, { url }) =>
        url === '/log/v1/checkpoint' ? { ...answer, headers: { ...answer.headers, 'content-encoding': 'br' } } : answer,
      ['keeps_its_clock', 'signs_its_log'].map(
        (check) => `${check}: the peer’s answer could not be read: it has a content-encoding`,
      ),
    ],
  ];
  for (const [what, change, expected] of faults) {
    await tamper(us, change);
    t.same(await failed(cn, us), expected, what);
  }
});

test('a node that does not know us yet says so, and nothing is left open', async (t) => {
  const [cn, us] = await nodes(t);
  await us.rows(`UPDATE peers SET status = 'pending'`);
  await tamper(us);
  t.match(await failed(cn, us), [
    'serves_a_page: the peer answers 401 and does not sign it: it does not know this node yet',
    'refuses_an_unknown_member: it answers 401 where 400 or 422 is due',
    'refuses_a_replay: it answers 401 the first time',
  ]);
});
