// A short run of each contract against a whole node; `npm run fuzz:contract` is the long one.
import { CONTRACTS, fuzzContract, startTargets } from '@detente/testkit/contract-fuzz';
import { test } from 'tap';

const seed = 20_261_126;
const requests = { reporting: 200, casework: 500, exchange: 250, publication: 250 };
/** What succeeds only on a case in the right state, on what nobody answered yet, with a checkpoint that was signed, or in words
 *  that few requests hit. */
const RARE = new Set(
  [
    'addPeer',
    'answerRecall',
    'approveWarning',
    'checkOffer',
    'contestMark',
    'enrolPeer',
    'correctCase',
    'createToken',
    'disableLab',
    'disableToken',
    'explain',
    'judgeFindings',
    'getDossier',
    'offerPeer',
  ].concat([
    'releaseCase',
    'retractCase',
    'triageCase',
    'simulateOffer',
    'addCheckpoint',
    'getWitnessed',
    'getCosigned',
  ]),
);

test(`every answer is what the contract says (seed ${seed})`, { timeout: 300_000 }, async (t) => {
  const targets = await startTargets(t);
  for (const name of CONTRACTS)
    await t.test(`of ${name}`, async (t) => {
      const { failures, byOperation, sent } = await fuzzContract(targets[name], { requests: requests[name], seed });
      t.same(failures, []);
      t.ok(sent >= requests[name]);
      const silent = [...byOperation].filter(([, counts]) => ![...counts.keys()].some((one) => /^[23]/.test(one)));
      const never = silent.map(([operation]) => operation).filter((one) => one !== 'elsewhere' && !RARE.has(one));
      t.same(never, [], 'every operation succeeds now and then');
    });
});
