// Which requests are served first.

import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** Whether the endpoint is still served when load is shed: its lane is reserved, for whoever brings a credential. */
export function isReserved(request: FastifyRequest): boolean {
  const endpoint = request.routeOptions.config?.endpoint;
  return endpoint?.lane === 'reserved' && (endpoint.security === 'none' || credentialOf(request) !== undefined);
}

/** A name for the credential that a request brings, at the address that it comes from: the id of a peer's key is no secret,
 *  and whoever copies it elsewhere stays a stranger. */
export function credentialOf({ routeOptions, headers, ip }: FastifyRequest): string | undefined {
  const security = routeOptions.config?.endpoint?.security;
  if (security === undefined || security === 'none') return undefined;
  const { authorization, 'signature-input': signature } = headers;
  const shown = security === 'peer-signature' ? /;keyid="([\w-]{43})"/.exec(String(signature))?.[1] : authorization;
  return shown === undefined ? undefined : hash('sha256', `${ip} ${shown}`, 'base64url');
}
