// A line that leads to a file: what a pull asks of a peer, answered from its bundle.

import { seqOf } from '../jobs/descriptor.ts';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';
import type { BundleContent, Page } from './format.ts';

/** A page as the feed would give it to who has late records up to a number: without these. Each has a proof of its own, so that
 *  nothing else of the page hangs on them. */
export function pageBehind(page: Page, late: number): Page {
  const items = page.late.filter(({ number }) => number > late);
  return { ...page, late: items, late_next: Math.max(late, page.late_next) };
}

/** @param page what the feed gives, behind where we are; absent: no feed */
export function fileLine({ descriptors }: Pick<BundleContent, 'descriptors'>, page?: object): Line {
  const refuse = () => new PullFault('answer_refused', 'a bundle does not say it');
  return {
    async call(_, { method, path }) {
      if (method !== 'GET' || !path.startsWith('/exchange/v1/feed?') || !page) throw refuse();
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(page)) };
    },
    descriptor: async () => descriptors[0]!,
    earlierDescriptor: async (seq) => descriptors.find((one) => seqOf(one) === seq),
    plain: async () => {
      throw refuse();
    },
    close: async () => undefined,
  };
}
