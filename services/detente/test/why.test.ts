// Why a peer has a record or has it not, asked of a running node at every stage of the record's way.

import { dataOf } from '@detente/client';
import { disclosedDigest } from '@detente/keys';
import { isExplained } from '@detente/reciprocity/texts';
import { introduce, offer, releasing, runDetente, startNode, type TestNode, until } from '@detente/testkit';
import { test } from 'tap';
import { patientLab } from './lab.ts';

async function explain(node: TestNode, peer: string, record: string) {
  const query = { peer, record };
  return dataOf(await node.casework.GET('/casework/v1/explain', { params: { query } }));
}

async function chainOf(node: TestNode, record: string): Promise<string[]> {
  const { conclusion, steps } = await explain(node, 'us', record);
  const unsaid = steps.find(({ code }) => !isExplained(code));
  if (unsaid) throw new Error(`no sentence for ${unsaid.code}`);
  return [conclusion, ...steps.map(({ step, state, code }) => `${step} ${state}: ${code}`)];
}

async function newest(node: TestNode): Promise<{ id: string; digest: string }> {
  const rows = await node.sql('home', 'SELECT id, digest FROM records ORDER BY tick DESC, digest LIMIT 1');
  return rows[0] as { id: string; digest: string };
}

test('the whole chain, from terms to receipt and recall', { timeout: 200_000 }, async (t) => {
  const start = (name: string) => startNode(t, { name, policy: releasing() });
  const [cn, us] = await Promise.all([start('cn'), start('us')]);
  await introduce(cn, us);
  const lab = await patientLab(cn);
  await lab.report(1, 'cyber');
  await until(
    'the record is logged',
    async () => (await cn.sql('home', 'SELECT FROM records WHERE place >= 0')).length === 1,
  );
  const { id, digest } = await newest(cn);

  await t.test('nothing is offered', async (t) => {
    t.same(await chainOf(cn, id), [
      ...['withheld', 'peer done: active', 'terms done: computed', 'grant stopped: not_granted'],
      ...['warning none: no_warning', 'log done: logged', 'page none: on_no_page', 'receipt waiting: no_receipt'],
      ...['quarantine none: nothing', 'recall none: no_recall'],
    ]);
  });

  await t.test('it is given, paged, stored and receipted', async (t) => {
    await offer(cn, us, 'amber');
    await until('the receipt is here', async () => (await explain(cn, 'us', digest)).conclusion === 'stored');
    const { level, steps } = await explain(cn, 'us', digest);
    t.equal(level, 3);
    t.match(steps, [
      { step: 'peer' },
      { step: 'terms' },
      {
        step: 'grant',
        state: 'done',
        code: 'granted',
        params: { rule: 'offer_unconditional', cell: 'incident/cyber/unrated' },
      },
      { step: 'warning' },
      { step: 'log' },
      { step: 'page', state: 'done' },
      { step: 'receipt', state: 'done', code: 'stored', params: { level: 3 } },
    ]);
    const ran = await runDetente(['why', 'us', digest, '--data', cn.data]);
    t.match(ran, {
      code: 0,
      stdout: /us has it: its receipt says so\.[\s\S]*receipt +done +The receipt \d+ says that it was stored: amber\./,
    });
    t.match(
      ran.stdout,
      /grant +done +Decision \d+ gives this record, amber, from .*: it is offered without condition\./,
    );
    const inChinese = await runDetente(['why', 'us', digest, '--lang', 'zh', '--data', cn.data]);
    t.match(inChinese.stdout, /grant +done +第\d+号决定自日志第0位起提供该记录（琥珀级）：无条件提供。/);
    t.match(inChinese.stdout, /^us已有该记录：其回执可证。/);
    t.notMatch(inChinese.stdout, /[a-z]{3,} [a-z]{2,}/, 'nothing is left in English but names');
  });

  await t.test('a receipt of other fields, or of more, than were given is not taken at its word', async (t) => {
    const [{ jws }] = (await cn.sql('border', 'SELECT jws FROM receipts_in')) as [{ jws: string }];
    const [{ token, lengths }] = (await cn.sql('home', 'SELECT token, lengths FROM records')) as [
      { token: string; lengths: number[] },
    ];
    const [header, payload, signature] = jws.split('.');
    const conclusionFor = async (level: number, ofLevel: number) => {
      const said = JSON.parse(Buffer.from(payload!, 'base64url').toString());
      Object.assign(said.records[0], { level, disclosed: disclosedDigest(token.slice(0, lengths[ofLevel])) });
      const changed = Buffer.from(JSON.stringify(said)).toString('base64url');
      await cn.sql('border', `UPDATE receipts_in SET jws = '${header}.${changed}.${signature}'`);
      return (await explain(cn, 'us', digest)).conclusion;
    };
    t.equal(await conclusionFor(3, 2), 'receipt_disagrees', 'a field is missing');
    t.equal(await conclusionFor(4, 4), 'receipt_disagrees', 'it has what it was not given');
    const ran = await runDetente(['why', 'us', digest, '--data', cn.data]);
    t.match(ran, { code: 0, stdout: /us signed a receipt of other fields, or of more, than it was given/ });
    t.equal(await conclusionFor(2, 2), 'stored');
    t.equal(await conclusionFor(3, 3), 'stored');
  });

  await t.test('the terms narrow: it is asked back', async (t) => {
    await offer(cn, us, 'green');
    await until('the recall is out', async () => (await chainOf(cn, id)).at(-1) === 'recall waiting: not_answered');
    const recalls = async () => dataOf(await us.casework.GET('/casework/v1/recalls', { params: { query: {} } })).items;
    await until('us is asked', async () => (await recalls()).length === 1);
    const [recall] = await recalls();
    const answer = [
      'recall',
      'answer',
      recall!.digest,
      '--passed-on',
      '--to',
      'sg',
      '--reason',
      'r',
      '--data',
      us.data,
    ];
    t.match(await runDetente(answer), { code: 0 });
    await until('the answer is here', async () => (await chainOf(cn, id)).at(-1) === 'recall done: passed_on');
    t.equal((await chainOf(cn, id))[0], 'stored', 'what it was given before is no disagreement');
  });

  await t.test('what nobody knows of is told as such', async (t) => {
    const ran = await runDetente(['why', 'us', `-${digest.slice(0, -1)}`, '--data', cn.data]);
    t.match(ran, { code: 1, stderr: /There is no record -/ });
    t.match(await runDetente(['why', 'xx', digest, '--data', cn.data]), { code: 1, stderr: /or peer xx/ });
  });
});
