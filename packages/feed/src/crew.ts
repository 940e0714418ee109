// Worker threads with a chunk of presentations each, and the queue before them.
import { Worker } from 'node:worker_threads';
import { FeedError } from './errors.ts';
import type { Issuer } from './held.ts';
import type { Verdict } from './verify.ts';

/** What a worker gets, and what it gives back (in the same order) unless it fails. */
export interface Chunk {
  issuer: Issuer;
  presentations: string[];
}
export type ChunkAnswer = { verdicts: Verdict[] } | { failure: unknown };

type Task = Chunk & { resolve: (verdicts: Verdict[]) => void; reject: (reason: unknown) => void };

/** Workers with one chunk each, and a queue of chunks before them. */
export class Crew {
  readonly #size: number;
  readonly #file: URL;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Task>();
  readonly #queue: Task[] = [];
  #closed = false;

  /** @param file of the worker: takes a Chunk, posts a ChunkAnswer. */
  constructor(size: number, file: URL) {
    this.#size = size;
    this.#file = file;
  }

  /** The chunk's verdicts, in its order.
   *  @throws FeedError `verifier_closed`, `verifier_failed` */
  run(chunk: Chunk): Promise<Verdict[]> {
    if (this.#closed) return Promise.reject(new FeedError('verifier_closed'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...chunk, resolve, reject });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const tasks = [...this.#queue.splice(0), ...this.#busy.values()];
    const workers = [...this.#idle.splice(0), ...this.#busy.keys()];
    this.#busy.clear();
    for (const task of tasks) task.reject(new FeedError('verifier_closed'));
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0 && (this.#idle.length > 0 || this.#busy.size < this.#size)) {
      const worker = this.#idle.pop() ?? this.#hire();
      const task = this.#queue.shift()!;
      try {
        worker.postMessage({ issuer: task.issuer, presentations: task.presentations } satisfies Chunk);
        this.#busy.set(worker, task);
      } catch (cause) {
        // What cannot be copied into a thread.
        this.#idle.push(worker);
        task.reject(new FeedError('verifier_failed', {}, { cause }));
      }
    }
  }

  #hire(): Worker {
    const worker = new Worker(this.#file);
    worker.on('message', (answer: ChunkAnswer) => {
      const task = this.#busy.get(worker);
      this.#busy.delete(worker);
      if (this.#closed) return;
      this.#idle.push(worker);
      if ('verdicts' in answer) task?.resolve(answer.verdicts);
      else task?.reject(new FeedError('verifier_failed', {}, { cause: answer.failure }));
      this.#dispatch();
    });
    // A thread that dies takes its chunk with it; the next chunk gets a new thread.
    worker.on('error', (cause) => this.#lose(worker, cause));
    worker.on('exit', () => this.#lose(worker, undefined));
    return worker;
  }

  #lose(worker: Worker, cause: unknown): void {
    const task = this.#busy.get(worker);
    this.#busy.delete(worker);
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
    task?.reject(new FeedError('verifier_failed', {}, { cause }));
    if (!this.#closed) this.#dispatch();
  }
}
