// The signed evidence between this node and a peer, as both databases hold it.

import { createHash } from 'node:crypto';
import { digest, kidOf } from '@detente/keys';
import {
  type ContestBody,
  detectionEnd,
  type Evidence,
  type GivenRecord,
  type GrantRow,
  mostEverGiven,
  parseContest,
  WINDOW_DAYS,
} from '@detente/reciprocity';
import { type Band, FLOOR_LEVEL, fieldsOfLevel, type Level, nameOfType, recordType } from '@detente/record';
import type { Asker } from '@detente/store/database';
import {
  type Between,
  cosignedSince,
  datedGrants,
  forksSince,
  type Outage,
  type OwnFacts,
  outagesSince,
  ownFacts,
  pullGapsSince,
  type ReceivedFacts,
  type RefusedFacts,
  recallsSince,
  receiptsSince,
  receivedSince,
  refusedSince,
  type SaidRow,
  type ServedFacts,
  saidSince,
  servedSince,
  warnedSince,
  witnessedSince,
  witnessingBegan,
} from '@detente/store/evidence';
import { parseCheckpoint, parseNote } from '@detente/tlog';
import { type ReceiptBody, receiptIn } from './receipted.ts';
import { findWithheld, firstBehind, lastBefore, type Size } from './withheld.ts';

export type PeerLedger = {
  evidence: Evidence[];
  exchanged: GivenRecord[];
  /** As signed, with the UTC day on which it came. */
  contests: (ContestBody & { by: string; day: string })[];
  /** From when our cosignatures of the peer's log are kept; seconds since 1970, Infinity for never. */
  witnessedSince: number;
};

type Sources = { home: { readonly now: Asker }; border: { readonly now: Asker } };
type RecordEvidence = Extract<Evidence, { kind: 'record' }>;
type Receipt = { own: boolean; digest: string; at: number; body: ReceiptBody };

const DAY = 86_400;
/** What came within so many seconds of the end of an outage of ours may have waited for it. */
const CAUGHT_UP = 3_600;
/** Refusals of a record that its node did sign, and that no version of the software would take. */
const JUNK = [
  'payload_members',
  'id_malformed',
  'tlp_unknown',
  'tick_malformed',
  'flag_malformed',
  'digest_count',
  'digest_malformed',
  'digests_unsorted',
  'field_missing',
  'field_invalid',
  'field_inconsistent',
  'retracted_with_content',
  'tick_conflict',
  'order_conflict',
];

/** Reads what both sides signed in the time that the ledger looks back to, by as many questions whatever there is of it. */
export async function readLedger(
  { home, border }: Sources,
  { own, peer, now }: { own: string; peer: string; now: Date },
): Promise<PeerLedger> {
  const between: Between = { own, peer, since: new Date(now.getTime() - WINDOW_DAYS * DAY * 1000) };
  const receipts = (await receiptsSince(border.now, between)).map(({ own, jws, at }): Receipt => {
    const name = digest('detente-receipt+jwt', jws.slice(0, jws.lastIndexOf('.')));
    return { own, digest: name, at: seconds(at), body: receiptIn(jws) };
  });
  const received = await receivedSince(home.now, between);
  const given = await givenRecords({ home, border }, between);
  const witnessed = await witnessedSince(border.now, between);
  const logged = sizesOf(witnessed);
  const pages = receipts.flatMap(({ own, at, body }) =>
    own && body.page !== null ? { at, size: body.page.next } : [],
  );
  const sizes = [...logged, ...pages];
  const withheld = await findWithheld(home.now, peer, received, { sizes, logged });
  const seen = { sizes, gaps: await pullGapsSince(border.now, between), withheld };
  const direct = received.filter((row) => row.direct);
  const taken = new Set(received.map((row) => row.digest));
  const refused = (await refusedSince(border.now, between, JUNK)).filter((one) => isOwn(one) && !taken.has(one.digest));
  const outages = await outagesSince(border.now, between);
  const said = await saidSince(home.now, between);
  const evidence: Evidence[] = [
    ...direct.map((row) => receivedEvidence(row, peer, seen)),
    ...received.flatMap((row) => (!row.direct && withheld.has(row.digest) ? withheldEvidence(row, peer, seen) : [])),
    ...given.map(({ evidence }) => evidence),
    ...refused.map((one) => junkEvidence(one, peer)),
    ...receipts.map(({ own: isOwn, digest, at, body }): Evidence => {
      return { kind: 'receipt', digest, by: isOwn ? own : peer, at, records: body.records.map((one) => one.digest) };
    }),
    ...(await recallEvidence({ home }, between)),
    ...said.map(saidEvidence),
    ...(await logEvidence({ border }, between, witnessed)),
  ];
  const began = await witnessingBegan(border.now, peer);
  return {
    evidence: evidence.map((one) => (one.by === peer ? credited(one, outages) : one)),
    exchanged: [
      ...direct.map(({ digest, type, domain, level }) => ({
        digest,
        by: peer,
        type: nameOfType(type),
        domain,
        level,
      })),
      ...given.map(({ exchanged }) => exchanged),
    ],
    contests: said.filter(({ typ }) => typ === 'detente-contest+jwt').map(toContest),
    witnessedSince: began === null ? Number.POSITIVE_INFINITY : seconds(began),
  };
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

/** What came just after we stood still may have been there all the time: nobody is late by our fault. */
function credited<One extends Evidence>(one: One, outages: readonly Outage[]): One {
  const outage = outageBefore(one.at, outages);
  if (outage === undefined) return one;
  const at = seconds(outage.from);
  return one.kind === 'record' ? { ...one, at, ready: Math.min(one.ready, at) } : { ...one, at };
}

function outageBefore(at: number, outages: readonly Outage[]): Outage | undefined {
  return outages.findLast(({ until }) => seconds(until) <= at && at <= seconds(until) + CAUGHT_UP);
}

/** Of the peer's log, as our cosignatures have it. */
function sizesOf(witnessed: readonly { note: string; at: Date }[]): Size[] {
  return witnessed.map(({ note, at }) => ({ at: seconds(at), size: parseCheckpoint(parseNote(note).text).size }));
}

type Seen = { sizes: readonly Size[]; gaps: readonly Outage[]; withheld: ReadonlySet<string> };

function receivedEvidence(row: ReceivedFacts, peer: string, { sizes, gaps, withheld }: Seen): RecordEvidence {
  const at = seconds(row.received_at);
  const names = fieldsOfLevel(recordType(row.type), row.level as Level);
  const gap = outageBefore(at, gaps);
  // A late item was logged when the terms did not give it, and may have been since we last saw the log end before its place.
  const isDue = row.rule === null || withheld.has(row.digest);
  const logged = isDue ? at : lastBefore(row.place, sizes);
  return {
    ...{ kind: 'record', digest: row.digest, by: peer, at, band: row.band as Band, isJunk: false },
    detected: row.first && logged !== null ? detectionEnd(row.detected, firstBehind(row.place, sizes, at)) : null,
    ready: Math.min(logged ?? at, at),
    ...(row.rule === null && gap !== undefined && { unseenSince: seconds(gap.from) }),
    percent: names.length === 0 ? null : shareOf(names, row.filled),
    isNews: row.first && !row.withdrawn,
  };
}

function withheldEvidence(row: ReceivedFacts, peer: string, { sizes }: Seen): Evidence {
  const at = seconds(row.received_at);
  const logged = firstBehind(row.place, sizes, at);
  const detected = detectionEnd(row.detected, logged) ?? logged;
  return { kind: 'withheld', digest: row.digest, by: peer, at, band: row.band as Band, detected };
}

/** Whether the peer signed what it brought: what another node signed is no fault of the relay. */
function isOwn({ body, keys }: RefusedFacts): boolean {
  return keys !== null && [keys, ...(keys.former ?? [])].some(({ kid }) => kid === kidOf(body));
}

function junkEvidence({ digest, received_at }: RefusedFacts, by: string): Evidence {
  const at = seconds(received_at);
  const nothing = { band: 'unrated' as const, detected: null, percent: null, isJunk: true, isNews: false };
  return { kind: 'record', digest, by, at, ready: at, ...nothing };
}

type Given = { evidence: RecordEvidence; exchanged: GivenRecord };

/** Own versions that the peer was given, on a page or as a warning. */
async function givenRecords({ home, border }: Sources, between: Between): Promise<Given[]> {
  const served = new Map((await servedSince(border.now, between)).map((one) => [one.digest, one]));
  const warned = new Map((await warnedSince(border.now, between)).map((one) => [one.digest, one.delivered_at]));
  const facts = await ownFacts(home.now, between.peer, [...new Set([...served.keys(), ...warned.keys()])]);
  const grants = await datedGrants(home.now, between.peer);
  return facts.flatMap((row) => {
    const way = { served: served.get(row.digest), warned: warned.get(row.digest), grants };
    return givenEvidence(row, between.own, way) ?? [];
  });
}

type Way = {
  served: ServedFacts | undefined;
  warned: Date | undefined;
  grants: readonly (GrantRow & { at: Date | null })[];
};

function givenEvidence(row: OwnFacts, by: string, { served, warned, grants }: Way): Given | undefined {
  const floor = warned === undefined ? null : FLOOR_LEVEL;
  const granted = served === undefined ? null : mostEverGiven(grants, served);
  if (granted === null && floor === null) return undefined;
  const level = Math.max(granted ?? 0, floor ?? 0) as Level;
  const paged = served === undefined || granted === null ? [] : [givenAt(served, grants)];
  const at = Math.min(...paged, ...(warned === undefined ? [] : [seconds(warned)]));
  const names = fieldsOfLevel(recordType(row.type), level);
  const ready = served === undefined ? at : Math.min(at, seconds(served.logged_at));
  const evidence: RecordEvidence = {
    ...{ kind: 'record', digest: row.digest, by, at, band: row.band as Band, isJunk: false },
    detected: row.first && names.includes('detected') ? detectionEnd(row.detected, ready) : null,
    ready,
    percent: names.length === 0 || row.filled.length === 0 ? null : shareOf(names, row.filled),
    isNews: row.first && !row.withdrawn,
  };
  const { digest, type, domain } = row;
  return { evidence, exchanged: { digest, by, type: nameOfType(type), domain, level } };
}

function shareOf(names: readonly string[], filled: readonly string[]): number {
  return Math.floor((100 * names.filter((name) => filled.includes(name)).length) / names.length);
}

/** When a version on a page was both logged and granted. */
function givenAt({ cell, record_id, place, logged_at }: ServedFacts, grants: Way['grants']): number {
  const logged = seconds(logged_at);
  const giving = grants.filter(
    (row) => (row.cell === cell || row.record_id === record_id) && row.level !== null && row.from_index <= place,
  );
  const times = giving.map(({ at }) => (at === null ? logged : seconds(at)));
  return times.length === 0 ? logged : Math.max(logged, Math.min(...times));
}

async function recallEvidence({ home }: Pick<Sources, 'home'>, between: Between): Promise<Evidence[]> {
  const { own, peer } = between;
  return (await recallsSince(home.now, between)).flatMap((row): Evidence[] => {
    const [asking, asked] = row.own ? [own, peer] : [peer, own];
    const recall: Evidence = { kind: 'recall', digest: row.digest, by: asking, at: seconds(row.made_at) };
    if (row.answer === null || row.answered_at === null) return [recall];
    const said = { digest: row.answer, by: asked, at: seconds(row.answered_at) };
    return [recall, { kind: 'recall_answer', recall: row.digest, ...said }];
  });
}

function saidEvidence({ iss: by, typ, digest, body, received_at }: SaidRow): Evidence {
  const signed = { digest, by, at: seconds(received_at) };
  if (typ === 'detente-attestation+jwt')
    return { kind: 'attestation', ...signed, obligation: body.obligation as string };
  return { kind: 'contest', ...signed, about: body.about as string, shows: body.shows as string[] };
}

function toContest({ iss: by, body, received_at }: SaidRow): PeerLedger['contests'][number] {
  return { by, day: received_at.toISOString().slice(0, 10), ...parseContest(body) };
}

/** Who cosigned which of the two logs, and whether the peer's has two histories. */
async function logEvidence(
  { border }: Pick<Sources, 'border'>,
  between: Between,
  theirs: readonly { note: string; at: Date }[],
): Promise<Evidence[]> {
  const { own, peer } = between;
  const [ours, forks] = [await cosignedSince(border.now, between), await forksSince(border.now, between)];
  const cosigned = (by: string, log: string, text: string, at: Date): Evidence => {
    return { kind: 'cosignature', digest: sha256(text), by, at: seconds(at), log };
  };
  return [
    ...theirs.map(({ note, at }) => cosigned(own, peer, note, at)),
    ...ours.map(({ witness, line, at }) => cosigned(witness, own, line, at)),
    ...forks.map(({ smaller, larger, found_at }): Evidence => {
      return { kind: 'fork', digest: sha256(`${smaller}\n${larger}`), by: peer, at: seconds(found_at) };
    }),
  ];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
