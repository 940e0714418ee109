// The worker process: no listener. It takes jobs, and a few things it does by rhythm.

import { fileURLToPath } from 'node:url';
import { loadKeys, publicKeysBeside, readRevocations } from '@detente/keys';
import { createLogger, onShutdown, readConfig, reportReady, runProcess } from '@detente/server/process';
import { openDatabase } from '@detente/store/database';
import { runQueue } from '@detente/store/queue';
import {
  enqueueDecisions,
  enqueueDrafts,
  purgeBorder,
  purgeHome,
  readTree,
  waitingInBorder,
} from '@detente/store/worker';
import { sendCanaries } from './jobs/canaries.ts';
import { carryOut, carryPlaces } from './jobs/carry.ts';
import { checkAgain, startPasses } from './jobs/check-log.ts';
import { checkReleased } from './jobs/check-released.ts';
import { judgeDaily } from './jobs/conduct.ts';
import { carryOutDecisions } from './jobs/decide.ts';
import { makeDrafts, reopening } from './jobs/draft.ts';
import { closeIntake, proveDays } from './jobs/intake.ts';
import { takeIn } from './jobs/landing.ts';
import { concludeOffboardings } from './jobs/offboarding.ts';
import { keepDescriptor } from './jobs/own-descriptor.ts';
import { handlePeerRequest, type PeerRequest } from './jobs/peers.ts';
import { compareReceipts } from './jobs/receipts.ts';
import { hearPeers, recover } from './jobs/recovery.ts';
import { relaying } from './jobs/relay.ts';
import { restate } from './jobs/revocations.ts';
import { prepareLog, sequence, untilNextTick } from './jobs/sequence.ts';
import { hearingNames, recomputeAllTerms } from './jobs/terms.ts';
import { readOrganisations } from './organisations.ts';
import { readPolicy } from './policy.ts';
import { alone, everyMs, type Rhythm, whenDue } from './rhythm.ts';
import { createTermKeeper } from './term-keeper.ts';
import { contractDigest, makeWorker, utcToday, type Worker, workerSettings } from './worker-context.ts';

const CONTRACT = new URL('../../../openapi/exchange.json', import.meta.url);
const HOUR = 3_600_000;

/** Opens everything that the worker works with. */
function openWorker(): Worker {
  const settings = readConfig(workerSettings, process.env);
  const log = createLogger({ name: 'worker', level: settings.DETENTE_LOG_LEVEL });
  const open = (name: 'home' | 'border', url: string, lost = () => {}) =>
    openDatabase({
      ...{ url, max: 6, name: `detente worker ${name}` },
      log(message) {
        log.warn(message);
        lost();
      },
    });
  const home = open('home', settings.DETENTE_HOME_URL);
  const doubt = { due: true };
  const border = open('border', settings.DETENTE_BORDER_URL, () => {
    doubt.due = true;
  });
  const keys = loadKeys(settings.DETENTE_KEYS, 'worker');
  const publicKeys = publicKeysBeside(keys, settings.DETENTE_KEYS);
  const revoked = readRevocations(settings.DETENTE_KEYS);
  const policy = settings.DETENTE_POLICY === '' ? undefined : readPolicy(settings.DETENTE_POLICY);
  const contract = contractDigest(fileURLToPath(CONTRACT));
  const organisations = readOrganisations(settings.DETENTE_ORGANISATIONS);
  const terms = createTermKeeper(home, keys, organisations);
  return makeWorker({ settings, log, home, border, keys, publicKeys, revoked, policy, contract, terms, doubt });
}

async function start(): Promise<void> {
  const worker = openWorker();
  const { settings, log } = worker;
  await prepareLog(worker);
  await keepDescriptor(worker);
  await restate(worker);
  // What crossed half-way before a crash, peers' revoked keys among it, is there before anything is taken in.
  await carryOut(worker);
  await recomputeAllTerms(worker);
  await worker.home.write(async (tx) => {
    await enqueueDrafts(tx);
    await enqueueDecisions(tx);
  });
  const queue = await runQueue({
    url: settings.DETENTE_HOME_URL,
    schema: 'queue_worker',
    concurrency: 2,
    log: (level, message) => (level === 'error' ? log.error(message) : log.debug({ level }, message)),
    tasks: {
      draft: () => makeDrafts(worker),
      decide: () => carryOutDecisions(worker),
      peer: (payload) => handlePeerRequest(worker, payload as PeerRequest),
    },
  });
  const rhythms = startRhythms(worker);
  onShutdown(async () => {
    await Promise.all(rhythms.map((rhythm) => rhythm.stop()));
    await queue.stop();
    await Promise.all([worker.home.close(), worker.border.close()]);
  }, log);
  reportReady();
  await queue.ended;
}

function startRhythms(worker: Worker): Rhythm[] {
  const { settings, log } = worker;
  const failed = (what: string) => (err: unknown) => log.error({ err }, `${what} failed and is tried again`);
  let day = utcToday();
  const daily = async () => {
    if (day === utcToday()) return;
    await recomputeAllTerms(worker);
    day = utcToday();
  };
  let checked = '';
  const checkOnceADay = async () => {
    const today = utcToday();
    if (checked === today) return;
    if (await checkReleased(worker)) await worker.home.write(enqueueDrafts);
    checked = today;
  };
  let judged = '';
  const judge = async () => {
    judged = await judgeDaily(worker, judged);
  };
  const tick = () => sequence(worker, utcToday(), undefined, settings.DETENTE_TICK_MS);
  const nextSlice = startPasses(worker);
  let untilSlice = 0;
  const slice = async () => {
    untilSlice = await nextSlice();
  };
  return [
    whenDue(() => untilNextTick(worker), tick, failed('sequencing')),
    whenDue(async () => untilSlice, slice, failed('checking the log')),
    everyMs(1_000, () => checkAgain(worker), failed('checking whether the log is mended')),
    ...startCrossing(worker, failed),
    everyMs(1_000, hearingNames(worker), failed('hearing which terms peers name')),
    everyMs(1_000, relaying(worker), failed('relaying')),
    everyMs(1_000, () => compareReceipts(worker), failed('comparing receipts')),
    everyMs(10_000, reopening(worker), failed('hearing whether names open')),
    everyMs(10_000, daily, failed('terms of the day')),
    everyMs(60_000, checkOnceADay, failed('checking what is out')),
    everyMs(60_000, judge, failed('judging conduct')),
    everyMs(1_000, hearPeers(worker), failed('hearing what peers have seen of the log')),
    everyMs(60_000, () => closeIntake(worker), failed('closing the intake day')),
    everyMs(Math.min(60_000, 5 * settings.DETENTE_TICK_MS), () => proveDays(worker), failed('proving intake days')),
    everyMs(60_000, () => sendCanaries(worker), failed('sending canaries')),
    everyMs(60_000, () => concludeOffboardings(worker), failed('concluding offboardings')),
    everyMs(HOUR, () => purge(worker), failed('purging')),
  ];
}

/** What crosses, both ways. One question tells what waits in border; each is done beside the others, so that what leaves does not
 *  wait for all that a peer has sent. */
function startCrossing(worker: Worker, failed: (what: string) => (err: unknown) => void): Rhythm[] {
  const taking = alone(() => takeIn(worker), failed('taking in what landed'));
  const recovering = alone(() => recover(worker), failed('finding out whether the log is whole'));
  const look = async () => {
    const { landed, doubted, placed } = await waitingInBorder(worker.border.now);
    if (landed) taking.beat();
    if (doubted) recovering.beat();
    await carryOut(worker);
    if (placed) await carryPlaces(worker);
  };
  return [everyMs(worker.settings.DETENTE_CARRY_MS, look, failed('carrying')), taking, recovering];
}

async function purge(worker: Worker): Promise<void> {
  const tree = await readTree(worker.border.now);
  await worker.home.write((tx) => purgeHome(tx, tree?.tick ?? 0));
  await worker.border.write(purgeBorder);
}

runProcess('worker', start);
