// A node that was written from docs/protocol.md alone, beside a whole node of ours: the two exchange all that there is.

import { dataOf } from '@detente/client';
import { offer, startNode, until } from '@detente/testkit';
import { test } from 'tap';
import { startForeignNode } from './foreign/node.ts';
import { patientLab } from './lab.ts';

const bands = ['unrated', '0-1', '2-3', '4', '5-7'];
const rule = {
  sources: ['lab'],
  domains: ['*'],
  bands,
  take_proposals: true,
  public_edition: false,
  findings: 'redact',
};
const said = { kind: 'incident', title: 'A planner ran unapproved commands', language: 'en', hazard_domain: 'cyber' };
const mild = { ...said, summary: 'An agent issued commands that nobody had approved.', ongoing: false };
const severity = { level: 6, axes: { people: 6, safeguards: null, reach: null } };

test('a node that another country wrote exchanges with ours', { timeout: 240_000 }, async (t) => {
  const [us, fr] = await Promise.all([startNode(t, { name: 'us', policy: { release: [rule] } }), startForeignNode(t)]);
  const peer = async () => dataOf(await us.casework.GET('/casework/v1/peers')).items[0];
  const inbox = async () => dataOf(await us.casework.GET('/casework/v1/inbox', { params: { query: {} } })).items;
  const { origin, fingerprint } = fr;
  await us.casework.POST('/casework/v1/peers', { body: { name: 'fr', origin, fingerprint, reason: 'test' } });
  await fr.meet(us.origin, us.fingerprint);

  await t.test('both enrol each other, and agree', async (t) => {
    await until('it is enrolled', async () => (await peer())?.status === 'active');
    await until('its statements are taken', () => fr.agree('green'));
    await offer(us, { name: 'fr' }, 'green');
    t.equal(await fr.sayHello(), 204);
    await until('its canary is known', async () => (await peer())?.canary !== undefined);
    await until('ours came to it', async () => fr.taken.notices.some(({ typ }) => typ === 'detente-canary+jwt'));
  });

  await t.test('its record is in our inbox, and our receipt is for the bytes that it gave', async (t) => {
    const record = fr.issue('green', mild);
    fr.log.add(record.digest, record.at(2));
    await until('it is shown', async () => (await inbox()).length === 1);
    t.match(await inbox(), [{ peer: 'fr', digest: record.digest, level: 2, domain: 'cyber' }]);
    await until('the receipt came', async () => fr.taken.receipts.length === 1);
    t.match(fr.taken.receipts, [{ records: [{ digest: record.digest, level: 2 }] }]);
  });

  await t.test('its warning is shown before its log has it', async (t) => {
    const grave = fr.issue('amber', { ...mild, severity });
    t.equal(await fr.warn(grave), 204);
    const warnings = async () => dataOf(await us.casework.GET('/casework/v1/warnings')).items;
    await until('it is shown', async () => (await warnings()).length === 1);
    t.match(await warnings(), [{ peer: 'fr', count: 1, unlogged: 1 }]);
    fr.log.add(grave.digest, grave.at(2));
    await until('its place is known', async () => (await warnings())[0]?.unlogged === 0);
  });

  await t.test('it passes the check that a peer is put to before it is enrolled', async (t) => {
    await us.casework.POST('/casework/v1/peers/{name}/check', {
      params: { path: { name: 'fr' } },
      body: { reason: 'test' },
    });
    const found = async () => {
      const params = { path: { name: 'fr' } };
      return dataOf(await us.casework.GET('/casework/v1/peers/{name}', { params })).conformance;
    };
    await until('it is checked', async () => (await found())?.checked_at !== undefined);
    const { checks } = (await found())!;
    t.equal(checks.length, 11);
    t.same(
      checks.filter(({ passed }) => !passed),
      [],
    );
  });

  await t.test('our record and our warning come to it, and what it signs for is known here', async (t) => {
    const lab = await patientLab(us);
    await lab.report(1, 'bio');
    await until('it has the record', async () => {
      await fr.pull();
      return fr.taken.records.length === 1;
    });
    t.match(fr.taken.records, [{ iss: us.origin, hazard_domain: 'bio' }]);
    await lab.report(1, 'bio', { severity });
    await until('it is warned', async () => fr.taken.warnings.length === 1);
    t.match(fr.taken.warnings, [{ iss: us.origin, severity: { level: 6 } }]);
    const query = { peer: 'fr', record: `${fr.taken.records[0]!.digest}` };
    await until('its receipt is known', async () => {
      const { conclusion } = dataOf(await us.casework.GET('/casework/v1/explain', { params: { query } }));
      return conclusion === 'stored';
    });
    t.equal((await peer())?.receipts_disagree, 0);
  });
});
