// Room on the disk that holds a node's folder.

import { statfsSync } from 'node:fs';
import { CommandError } from './errors.ts';

const MEGABYTE = 2 ** 20;
/** Below it a node says so, and goes on. */
export const LITTLE = 512 * MEGABYTE;
/** Below it a node stops: PostgreSQL breaks off in the middle when it finds no room, and refuses to start with less. */
const TOO_LITTLE = 48 * MEGABYTE;
const EVERY = 1_000;

/** Megabytes that are left, and bytes. */
export function roomAt(path: string): { bytes: number; megabytes: number } {
  const { bavail, bsize } = statfsSync(path);
  const bytes = bavail * bsize;
  return { bytes, megabytes: Math.floor(bytes / MEGABYTE) };
}

/** Looks at the disk each second.
 *  @param tell.low called once, with a sentence, when little is left
 *  @param tell.full called once, when it is too little to go on, or the folder is gone
 *  @param limits in bytes
 *  @returns ends it */
export function watchDisk(
  path: string,
  tell: { low: (sentence: string) => void; full: (error: CommandError) => void },
  limits = { little: LITTLE, tooLittle: TOO_LITTLE },
): () => void {
  let told = false;
  const timer = setInterval(() => {
    let room: ReturnType<typeof roomAt>;
    try {
      room = roomAt(path);
    } catch {
      clearInterval(timer);
      return tell.full(
        new CommandError('setup', `The node stopped because its folder ${path} is gone or closed to this user.`),
      );
    }
    const { bytes, megabytes } = room;
    const left = `the disk that holds ${path} has ${megabytes} MB left`;
    if (bytes < limits.tooLittle) {
      clearInterval(timer);
      const message = `The node stopped because ${left}: make room and start it again.`;
      return tell.full(new CommandError('setup', message));
    }
    if (bytes < limits.little && !told) {
      told = true;
      const least = Math.floor(limits.tooLittle / MEGABYTE);
      tell.low(`${left}: make room, at ${least} MB the node stops`);
    }
  }, EVERY);
  return () => clearInterval(timer);
}
