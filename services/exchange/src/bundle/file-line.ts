// A line that leads to a file: what a pull asks of a peer, answered from its bundle.

import { seqOf } from '../jobs/descriptor.ts';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';
import type { BundleContent } from './format.ts';

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
