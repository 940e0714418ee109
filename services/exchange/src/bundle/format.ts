// The file of a bundle: the signature on its first line, the content on its second, JSON in one spelling.

import { postNotice, postReceipt, putStatement } from '@detente/contract/exchange';
import { compile, type Static, type TProperties, Type } from '@detente/schema';
import { BundleFault } from './fault.ts';

/** Characters of what a bundle carries; a page that goes beyond is the last. */
export const MAX_CARRIED = 67_108_864;
/** Bytes of a file that is read at all. */
export const MAX_FILE = 2 * MAX_CARRIED;
/** Descriptors that a bundle shows. */
export const MAX_DESCRIPTORS = 20;

const closed = <T extends TProperties>(members: T) => Type.Object(members, { additionalProperties: false });
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Place = closed({ after: Count, late: Count });

const BundleContent = closed({
  bundle: Type.Literal('detente/bundle/1'),
  /** The receiver's last bundle that the sender has taken in, and how far the sender is in the receiver's log. */
  seen: closed({ seq: Count, after: Count, late: Count }),
  /** The sender's last, the newest first. */
  descriptors: Type.Array(Type.String({ maxLength: 65_536 }), { minItems: 1, maxItems: MAX_DESCRIPTORS }),
  statements: Type.Array(putStatement.body.schema),
  receipts: Type.Array(postReceipt.body.schema),
  notices: Type.Array(postNotice.body.schema),
  /** Where the first page begins. */
  start: Place,
  /** As the feed has them, each beginning where the one before ended. */
  pages: Type.Array(
    Type.Object(
      {
        next: Count,
        late_next: Count,
        late: Type.Array(Type.Object({ number: Count }, { additionalProperties: true })),
      },
      { additionalProperties: true },
    ),
  ),
  /** Whether the sender has more than there was room for. */
  more: Type.Boolean(),
});
export type BundleContent = Static<typeof BundleContent>;
export type Place = Static<typeof Place>;
export type Page = BundleContent['pages'][number];

const validator = compile(BundleContent);

/** @param pages each as JSON in one spelling */
export function formatContent(content: Omit<BundleContent, 'pages'>, pages: readonly string[]): string {
  return `${JSON.stringify(content).slice(0, -1)},"pages":[${pages.join()}]}`;
}

/** @throws BundleFault `content_refused`, `version_unknown` */
export function parseContent(bytes: Buffer): BundleContent {
  const text = bytes.toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BundleFault('content_refused', 'its content is no JSON: ask the peer for a new one', { cause });
  }
  if (validator.check(value) && JSON.stringify(value) === text) return value;
  const name = (value as { bundle?: unknown } | null)?.bundle;
  const [, version] = /^detente\/bundle\/([1-9]\d{0,8})$/.exec(String(name)) ?? [];
  if (version !== undefined && version !== '1')
    throw new BundleFault(
      'version_unknown',
      `it is of version ${version}, and this node reads version 1: update it first`,
    );
  const wrong = 'its content is not what detente/bundle/1 says, or is spelled otherwise';
  throw new BundleFault('content_refused', `${wrong}: ask the peer for a new one`);
}

export function formatFile(jws: string, content: string): string {
  return `${jws}\n${content}\n`;
}

/** @throws BundleFault `file_refused` */
export function parseFile(bytes: Buffer): { jws: string; content: Buffer } {
  const end = bytes.indexOf(10);
  const last = bytes.length - 1;
  if (bytes.length > MAX_FILE) throw tooLarge();
  if (end < 1 || end === last || bytes.indexOf(10, end + 1) !== last)
    throw new BundleFault('file_refused', 'it is not the two lines of a bundle, or was cut off: copy it again');
  return { jws: bytes.toString('latin1', 0, end), content: bytes.subarray(end + 1, last) };
}

/** What is said of a file that is not even read. */
export function tooLarge(): BundleFault {
  return new BundleFault('file_refused', `it has more than ${MAX_FILE} bytes, and no bundle is so large`);
}

/** Where a peer is that has taken all of it. */
export function endOf({ start, pages }: { start: Place; pages: readonly Pick<Page, 'next' | 'late_next'>[] }): Place {
  const last = pages.at(-1);
  return last ? { after: last.next, late: last.late_next } : start;
}
