// Jobs: one queue schema per service.

export { addJob, type JobSpec } from './add.ts';
export { installQueue } from './install.ts';
export { type Queue, type QueueOptions, runQueue, type Task } from './run.ts';
