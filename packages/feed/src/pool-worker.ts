// A thread of the verifier: chunks of presentations in, verdicts out.
import { parentPort } from 'node:worker_threads';
import type { Chunk, ChunkAnswer } from './crew.ts';
import { verifyItem } from './verify.ts';

parentPort?.on('message', ({ issuer, presentations }: Chunk) => {
  parentPort?.postMessage(answer(issuer, presentations));
});

function answer(issuer: Chunk['issuer'], presentations: string[]): ChunkAnswer {
  try {
    return { verdicts: presentations.map((presentation) => verifyItem(presentation, issuer)) };
  } catch (failure) {
    return { failure };
  }
}
