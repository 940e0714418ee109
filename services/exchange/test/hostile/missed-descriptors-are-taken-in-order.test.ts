import { test } from 'tap';
import { startVictim } from './victim.ts';

test('descriptors that were missed are taken in order, and one that is missing keeps nothing back', async (t) => {
  const { us, mallory } = await startVictim(t);
  const all = [2, 3, 4].map((seq) => mallory.descriptor(undefined, { seq }));
  mallory.shown = all.at(-1)!;
  const missed = () => us.rows(`SELECT body FROM landing WHERE kind = 'descriptor' ORDER BY number`);
  mallory.answer = ({ url }, outgoing) => {
    const seq = new URL(url, mallory.origin).searchParams.get('seq');
    if (seq === null) return false;
    outgoing.writeHead(200, { 'content-type': 'application/jose' }).end(all[Number(seq) - 2]);
    return true;
  };
  await us.pull(mallory, { refresh: true });
  t.same(
    await missed(),
    all.map((body) => ({ body })),
  );

  await us.rows('DELETE FROM landing');
  mallory.answer = ({ url }, outgoing) => {
    if (!url.includes('seq=')) return false;
    outgoing.writeHead(404).end();
    return true;
  };
  await us.pull(mallory, { refresh: true });
  t.same(await missed(), [{ body: mallory.shown }]);
});
