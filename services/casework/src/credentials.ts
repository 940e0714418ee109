// Bearer tokens of officers and API keys of labs: 256 random bits, shown once, kept as their hash.

import { hash, randomBytes } from 'node:crypto';

/** @returns the secret to show, and its SHA-256 in base64url to keep */
export function mintCredential(prefix: 'detente_' | 'detente_lab_'): { secret: string; hash: string } {
  const secret = prefix + randomBytes(32).toString('base64url');
  return { secret, hash: hashCredential(secret) };
}

export function hashCredential(secret: string): string {
  return hash('sha256', secret, 'base64url');
}
