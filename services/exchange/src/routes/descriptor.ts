// What this node says about itself, to anyone.

import { getDescriptor } from '@detente/contract/exchange';
import { problem, route } from '@detente/server';
import { readDescriptor, readDescriptorOf } from '@detente/store/exchange';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';

export async function descriptorRoutes(app: FastifyInstance, { border }: Exchange): Promise<void> {
  route(app, getDescriptor).to(async ({ query: { seq } }) => {
    const descriptor = await border.read((reader) =>
      seq === undefined ? readDescriptor(reader) : readDescriptorOf(reader, seq),
    );
    if (descriptor === undefined) throw problem('not_found');
    return { status: 200, raw: descriptor };
  });
}
