import { type Heard, startHostileNode } from '@detente/testkit';
import { type Test, test } from 'tap';
import { changesNothing, enrol, startVictim, type Victim } from './victim.ts';

const isFeed = ({ url }: Heard) => url.startsWith('/exchange/v1/feed');

/** Pulls once while the hostile node answers so, and finds nothing moved.
 *  @param answer what comes in place of the page's own status, fields and body */
async function swapped({ us, mallory }: Victim, t: Test, answer: (to: Heard) => Given, fault: RegExp): Promise<void> {
  mallory.answer = (request, response) => {
    if (!isFeed(request)) return false;
    const { status = 200, fields, body } = answer(request);
    response.writeHead(status, fields).end(body);
    return true;
  };
  await changesNothing(t, us, () => us.pull(mallory));
  t.match(await us.fault(mallory), fault);
  mallory.answer = () => false;
}

type Given = { status?: number; fields: Record<string, string>; body: string };

test('a page is the answer to the one question that it was signed for, or it moves nothing', async (t) => {
  const victim = await startVictim(t);
  const { us, mallory } = victim;
  mallory.log.add(mallory.record().token);
  const page = () => JSON.stringify(mallory.log.page({ after: 0 }));
  const earlier: Heard[] = [];
  mallory.answer = (request) => {
    if (isFeed(request)) earlier.push(request);
    return false;
  };
  await us.pull(mallory);
  mallory.log.add(mallory.record().token);

  await t.test('the signed page of the question before', (t) =>
    swapped(victim, t, () => ({ fields: mallory.sealed(earlier[0]!, 200, page()), body: page() }), /not verified/),
  );
  await t.test('a page that is signed for no question', (t) =>
    swapped(victim, t, () => ({ fields: {}, body: page() }), /not verified/),
  );
  await t.test('another body under the signature', (t) =>
    swapped(victim, t, (to) => ({ fields: mallory.sealed(to, 200, page()), body: `${page()} ` }), /not verified/),
  );
  await t.test('another status above it', (t) =>
    swapped(
      victim,
      t,
      (to) => ({ status: 201, fields: mallory.sealed(to, 200, page()), body: page() }),
      /not verified/,
    ),
  );
  await t.test('an answer that another of its keys signed', (t) => {
    const by = mallory.signer('receipt');
    return swapped(victim, t, (to) => ({ fields: mallory.sealed(to, 200, page(), by), body: page() }), /not verified/);
  });
  await t.test('another peer’s page, which that peer signed for this very question', async (t) => {
    const other = await startHostileNode(t);
    await enrol(us, other);
    await us.pull(other);
    other.log.add(other.record().token);
    const body = JSON.stringify(other.log.page({ after: 0 }));
    const by = other.signer('transport');
    await swapped(victim, t, (to) => ({ fields: other.sealed(to, 200, body), body }), /not verified/);
    await swapped(victim, t, (to) => ({ fields: mallory.sealed(to, 200, page(), by), body: page() }), /not verified/);
    t.equal((await us.landed(other)).length, 0);
  });
  await t.test('a redirect, though it is signed', (t) =>
    swapped(
      victim,
      t,
      (to) => ({ status: 307, fields: { ...mallory.sealed(to, 307, ''), location: us.origin }, body: '' }),
      /redirect/,
    ),
  );
  await t.test('and the next right page goes on from where we were', async (t) => {
    await us.pull(mallory);
    t.equal(await us.fault(mallory), null);
    t.equal((await us.landed(mallory)).length, 2);
  });
});
