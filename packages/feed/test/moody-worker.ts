// A thread that does as the presentation says.
import { parentPort } from 'node:worker_threads';
import type { Chunk, ChunkAnswer } from '../src/crew.ts';

parentPort?.on('message', ({ presentations: [mood] }: Chunk) => {
  if (mood === 'exit') process.exit(1);
  if (mood === 'throw') throw new Error('as told');
  const verdicts = [{ ok: false as const, code: 'origin_unknown' as const, detail: {} }];
  const answer: ChunkAnswer = mood === 'fail' ? { failure: new Error('as told') } : { verdicts };
  parentPort?.postMessage(answer);
});
