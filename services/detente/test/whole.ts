// What must hold at every moment, whatever was killed when: nothing lost, nothing doubled, nothing signed twice.

import type { TestNode } from '@detente/testkit';
import { until } from '@detente/testkit';
import { appendLeaves, emptyFrontier, hashLeaf, parseCheckpoint, parseNote, rootOf } from '@detente/tlog';
import type { Test } from 'tap';
import type { Lab } from './lab.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';

export type Watched = { node: TestNode; lab: Lab };
type Seen = Watched & { before: Snapshot; after: Snapshot };

/** Checkpoints that anybody could read at a node's public address, by node and size: the root that was signed. */
const published = new Map<string, string>();

/** Holds every node against what its lab was promised, against its own log and against what the others hold of it. Each is read
 *  twice: what one side shows in the first reading, the other must have in the second.
 *  @param settled whether everything must also have come to its end */
export async function checkWhole(t: Test, all: readonly Watched[], { settled = false } = {}): Promise<void> {
  const before = await Promise.all(all.map(({ node }) => readWhole(node)));
  const after = await Promise.all(all.map(({ node }) => readWhole(node)));
  const nodes = all.map((one, at) => ({ ...one, before: before[at]!, after: after[at]! }));
  const faults = nodes.flatMap((one) => [
    ...intakeFaults(one),
    ...releaseFaults(one),
    ...logFaults(one),
    ...noticeFaults(one),
    ...borderFaults(one),
    ...nodes.filter((other) => other !== one).flatMap((other) => exchangeFaults(one, other)),
  ]);
  const unfinished = settled
    ? nodes.flatMap((one) =>
        unfinishedIn(
          one,
          nodes.filter((other) => other !== one),
        ),
      )
    : [];
  t.same([...faults, ...unfinished], [], settled ? 'all is whole and has come to its end' : 'all is whole');
}

async function readWhole(node: TestNode): Promise<Snapshot> {
  let snapshot: Snapshot | undefined;
  await until(`the databases of ${node.name} answer`, async () => {
    snapshot = await readSnapshot(node);
    return true;
  });
  const answer = await fetch(`${node.address}/log/v1/checkpoint`).catch(() => undefined);
  if (answer?.ok) remember(node.name, await answer.text());
  return snapshot!;
}

function remember(name: string, note: string): void {
  const { size, root } = parseCheckpoint(parseNote(note).text);
  const key = `${name} ${size}`;
  const signed = Buffer.from(root).toString('base64');
  published.set(key, published.has(key) && published.get(key) !== signed ? 'two roots' : signed);
}

/** A faulty thing with its name, or nothing. */
function when(isFault: boolean, what: string): string[] {
  return isFault ? [what] : [];
}

function doubled(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

function intakeFaults({ node: { name }, lab, before: { home } }: Seen): string[] {
  const cases = new Map(home.cases.map((one) => [one.id, one]));
  const leaves = new Map(home.intake.map((one) => [one.case_id, one]));
  return [
    ...lab.acknowledged.flatMap(({ id, title, leaf }) => [
      ...when(cases.get(id)?.title !== title, `${name}: the acknowledged ${id} is no case`),
      ...when(leaf !== '' && leaves.get(id)?.leaf !== leaf, `${name}: ${id} has another intake leaf than its receipt`),
    ]),
    ...doubled(home.cases.map(({ title }) => title)).map((title) => `${name}: ${title} is two cases`),
    ...when(home.cases.length > lab.made, `${name}: there are more cases than reports`),
    ...when(home.intake.length !== home.cases.length, `${name}: leaves are not one for each case`),
    ...home.intake
      .filter(({ leaf, receipt, sealed }) => leaf === null || leaf !== receipt || sealed !== 1)
      .map(({ case_id }) => `${name}: leaf, receipt and vault of ${case_id} do not go together`),
  ];
}

function releaseFaults({ node: { name }, before: { home } }: Seen): string[] {
  const released = home.acts.filter(({ act }) => act === 'case.released').map(({ object }) => object);
  const versions = home.records.map(({ case_id, edition }) => `${case_id}${edition ? ' in public' : ''}`);
  const done = home.decisions.filter(({ outcome }) => outcome !== null).map(({ case_id }) => case_id);
  const records = new Set(home.records.map(({ case_id }) => case_id));
  return [
    ...doubled(released).map((id) => `${name}: ${id} was released twice`),
    ...doubled(home.decisions.map(({ case_id }) => case_id)).map((id) => `${name}: ${id} was decided on twice`),
    ...doubled(versions).map((id) => `${name}: ${id} has two records`),
    ...doubled(home.records.map(({ id, tick }) => `${id} at ${tick}`)).map((id) => `${name}: ${id} was signed twice`),
    ...done.filter((id) => !records.has(id)).map((id) => `${name}: ${id} was released without a record`),
    ...when(released.length !== done.length, `${name}: decisions and acts of release are not the same`),
    ...when(!home.acts.every(({ chained }) => chained), `${name}: the chain of acts is broken`),
  ];
}

/** Digests of everything that this node has signed and that belongs in its log. */
function signedBy({ origin }: TestNode, { home }: Snapshot): string[] {
  const own = home.statements.filter(({ iss, typ }) => iss === origin && !NOTICES.test(typ));
  return [...home.records, ...own, ...home.roots].map(({ digest }) => digest);
}

/** Typs of what goes to one peer and is no leaf. */
const NOTICES = /^detente-(recall|recall-answer|canary)\+jwt$/;

function noticeFaults({ node: { name, origin }, before: { home, border } }: Seen): string[] {
  const known = new Set([...border.notices, ...home.outgoing].map(({ digest }) => digest));
  return [
    ...home.statements
      .filter(({ iss, typ, digest }) => iss === origin && NOTICES.test(typ) && !known.has(digest))
      .map(({ digest }) => `${name}: ${digest} is lost on its way to its peer`),
    ...doubled(border.notices.map(({ peer, digest }) => `${peer} ${digest}`)).map(
      (one) => `${name}: ${one} is told twice`,
    ),
  ];
}

function logFaults(one: Seen): string[] {
  const { node, before, after } = one;
  const { home, border, leaves } = before;
  const places = new Map(leaves.map((leaf, at) => [leaf, at]));
  const onTheWay = new Set([...border.pending, ...home.outgoing].map(({ digest }) => digest));
  const known = new Set(signedBy(node, after));
  const [tree] = border.tree;
  const placed = [...home.records, ...border.presentations, ...border.editions].filter(({ place }) => place !== null);
  return [
    ...doubled(leaves).map((leaf) => `${node.name}: ${leaf} is in the log twice`),
    ...doubled([...border.pending.map(({ digest }) => digest), ...leaves]).map(
      (leaf) => `${node.name}: ${leaf} waits again`,
    ),
    ...signedBy(node, before)
      .filter((digest) => !places.has(digest) && !onTheWay.has(digest))
      .map((digest) => `${node.name}: ${digest} is lost on its way to the log`),
    ...placed
      .filter(({ digest, place }) => places.get(digest) !== place)
      .map(({ digest }) => `${node.name}: ${digest} is not where it is said to be`),
    ...[...border.pending, ...border.sequenced]
      .filter(({ digest }) => !known.has(digest))
      .map(({ digest }) => `${node.name}: ${digest} is in border and not at home`),
    ...when(leaves.length !== tree?.size, `${node.name}: the log holds ${leaves.length} leaves, not ${tree?.size}`),
    ...when(tree?.size !== (tree?.tick ?? 0) * (tree?.batch_size ?? 0), `${node.name}: a batch is not full`),
    ...checkpointFaults(one),
  ];
}

/** Every root that was signed, stored or shown is the one of the leaves that there are. */
function checkpointFaults({ node: { name }, before: { border }, after }: Seen): string[] {
  const batch = border.tree[0]?.batch_size ?? 1;
  const hashes = after.leaves.map((leaf) => hashLeaf(Buffer.from(leaf, 'base64url')));
  const roots = new Map<string, string>();
  let frontier = emptyFrontier();
  for (let size = batch; size <= hashes.length; size += batch) {
    frontier = appendLeaves(frontier, hashes.slice(size - batch, size));
    roots.set(`${name} ${size}`, rootOf(frontier).toString('base64'));
  }
  for (const { note } of border.checkpoints) remember(name, note);
  // What was shown since the reading is held against the next one.
  const isRead = (key: string) => key.startsWith(`${name} `) && Number(key.split(' ')[1]) <= hashes.length;
  return [...published]
    .filter(([key, root]) => isRead(key) && roots.get(key) !== root)
    .map(([key]) => `a checkpoint of another tree was signed: ${key}`);
}

function borderFaults({ node: { name, origin }, before: { border }, after: { home } }: Seen): string[] {
  const signed = new Set(home.records.map(({ digest }) => digest));
  const stated = new Map(home.statements.map((one) => [`${one.iss} ${one.typ} ${one.aud} ${one.seq}`, one.digest]));
  return [
    ...[...border.presentations, ...border.editions]
      .filter(({ digest }) => !signed.has(digest))
      .map(({ digest }) => `${name}: ${digest} is in border, and home has not signed it`),
    ...border.statements
      .filter(({ peer, typ, seq, digest }) => stated.get(`${origin} ${typ} ${peer} ${seq}`) !== digest)
      .map(({ typ, seq }) => `${name}: ${typ} ${seq} is in border, and home has not signed it`),
    ...border.quarantine.map(({ code, detail }) => `${name}: something was refused, ${code} ${detail}`),
  ];
}

/** What `taker` holds of `giver` is what the giver has signed, byte for byte, and once. */
function exchangeFaults(taker: Seen, giver: Seen): string[] {
  const { origin, name } = giver.node;
  const signed = new Map(giver.after.home.records.map((one) => [one.digest, one]));
  const received = taker.before.home.received.filter(({ peer }) => peer === origin);
  const receipts = new Map(
    taker.after.border.receipts_out.filter(({ peer }) => peer === origin).map(({ seq, jws }) => [seq, jws]),
  );
  const key = (one: Snapshot['home']['statements'][number]) => `${one.typ} ${one.aud} ${one.seq}`;
  const own = (one: { iss: string }) => one.iss === origin;
  const stated = new Map(giver.after.home.statements.filter(own).map((one) => [key(one), one.digest]));
  for (const { peer, checkpoint } of taker.before.border.cursors)
    if (peer === origin && checkpoint !== null) remember(name, checkpoint);
  return [
    ...received
      .filter(({ digest, id, tick, presentation }) => {
        const version = signed.get(digest);
        return version?.id !== id || version.tick !== tick || !version.token.startsWith(presentation);
      })
      .map(({ digest }) => `${taker.node.name} holds ${digest}, which ${name} has not signed so`),
    ...passedOver(taker, giver).map(
      (digest) => `${taker.node.name} has passed ${digest} of ${name} and does not hold it`,
    ),
    ...doubled(received.map(({ id }) => id)).map((id) => `${taker.node.name} holds ${id} of ${name} twice`),
    ...taker.before.home.statements
      .filter((one) => own(one) && stated.get(key(one)) !== one.digest)
      .map((one) => `${taker.node.name} holds another ${key(one)} than ${name} has signed`),
    ...giver.before.border.receipts_in
      .filter(({ peer, seq, jws }) => peer === taker.node.origin && receipts.get(seq) !== jws)
      .map(({ seq }) => `${name} holds another receipt ${seq} than ${taker.node.name} has signed`),
  ];
}

/** Presentations below the taker's cursor that it neither holds nor is still to be given late. All are granted. */
function passedOver(taker: Seen, giver: Seen): string[] {
  const ofGiver = ({ peer }: { peer: string }) => peer === giver.node.origin;
  const cursor = taker.before.border.cursors.find(ofGiver)?.after ?? 0;
  const held = [...taker.after.home.received, ...taker.before.border.landing].filter(ofGiver);
  const late = giver.after.border.late.filter(({ peer }) => peer === taker.node.origin);
  const known = new Set([...held, ...late].map(({ digest }) => digest));
  return giver.before.border.presentations
    .filter(({ digest, place }) => place !== null && place < cursor && !known.has(digest))
    .map(({ digest }) => digest);
}

/** What is not yet at its end, or not whole at it. */
function unfinishedIn({ node: { name, origin }, lab, before: { home, border } }: Seen, others: readonly Seen[]) {
  const records = home.records.filter(({ edition }) => !edition);
  const waiting = {
    outgoing: home.outgoing,
    pending: border.pending,
    landing: border.landing,
    sequenced: border.sequenced,
  };
  const unsent = [...border.statements, ...border.receipts_out, ...border.notices].filter(({ sent }) => !sent);
  return [
    ...when(lab.acknowledged.length !== lab.made, `${name}: not every report was acknowledged`),
    ...when(home.cases.length !== lab.made, `${name}: ${home.cases.length} cases of ${lab.made} reports`),
    ...home.cases.filter(({ status }) => status !== 'released').map(({ id, status }) => `${name}: ${id} is ${status}`),
    ...when(records.length !== home.cases.length, `${name}: ${records.length} records of ${home.cases.length} cases`),
    ...home.records.filter(({ place }) => place === null).map(({ digest }) => `${name}: ${digest} is not in the log`),
    ...Object.entries(waiting).flatMap(([what, rows]) => when(rows.length > 0, `${name}: ${rows.length} ${what}`)),
    ...when(home.carried[0]?.number !== border.applied[0]?.number, `${name}: not all that was written was applied`),
    ...when(unsent.length > 0, `${name}: ${unsent.length} statements, receipts and notices are not sent`),
    ...border.cursors.flatMap(({ fault }) => when(fault !== null, `${name}: a pull failed: ${fault}`)),
    ...others.flatMap((other) => {
      const held = other.before.home.received.filter(({ peer }) => peer === origin).length;
      return when(
        held !== border.presentations.length || held !== records.length,
        `${other.node.name} holds ${held} of ${name}`,
      );
    }),
    ...unreceipted(home.received, border.receipts_out).map((digest) => `${name}: no receipt tells of ${digest}`),
    ...gapsIn(home.statements.map(({ iss, typ, aud, seq }) => ({ name: `${name}: ${typ} of ${iss} to ${aud}`, seq }))),
  ];
}

/** What was received and stands in no receipt. */
function unreceipted(received: Snapshot['home']['received'], receipts: Snapshot['border']['receipts_out']): string[] {
  const told = receipts.map(({ jws }) => Buffer.from(jws.split('.')[1]!, 'base64url').toString()).join('\n');
  return received.map(({ digest }) => digest).filter((digest) => !told.includes(digest));
}

/** Numbers of one name that do not count 1, 2, 3. */
function gapsIn(numbered: readonly { name: string; seq: number }[]): string[] {
  const byName = Map.groupBy(numbered, ({ name }) => name);
  return [...byName].flatMap(([name, rows]) =>
    when(Math.max(...rows.map(({ seq }) => seq)) !== rows.length, `${name} have gaps in their numbers`),
  );
}

/** Waits until nothing is under way any more, and checks all of it. */
export async function settle(t: Test, all: readonly Watched[]): Promise<void> {
  let left: string[] = [];
  await until('everything comes to its end', async () => {
    const read = await Promise.all(all.map(({ node }) => readSnapshot(node, { log: false })));
    const nodes = all.map((one, at) => ({ ...one, before: read[at]!, after: read[at]! }));
    left = nodes.flatMap((one) =>
      unfinishedIn(
        one,
        nodes.filter((other) => other !== one),
      ),
    );
    return left.length === 0;
  }).catch(() => undefined);
  if (left.length > 0) {
    for (const { node } of all) t.comment(`${node.name} wrote:\n${node.log()}`);
    t.same(left, [], 'nothing is left under way');
  }
  await checkWhole(t, all, { settled: true });
}
