// Who holds which key, and what each key is for. One key, one purpose, one process.

export const holders = ['worker', 'reporting', 'exchange'] as const;
export type Holder = (typeof holders)[number];

const table = {
  identity: { holder: 'worker', kind: 'Ed25519' },
  record: { holder: 'worker', kind: 'Ed25519' },
  agency: { holder: 'worker', kind: 'Ed25519' },
  log: { holder: 'worker', kind: 'Ed25519' },
  mailbox: { holder: 'worker', kind: 'X25519' },
  vault: { holder: 'worker', kind: 'X25519' },
  pseudonym: { holder: 'worker', kind: 'secret' },
  'lab-receipt': { holder: 'reporting', kind: 'Ed25519' },
  transport: { holder: 'exchange', kind: 'Ed25519' },
  receipt: { holder: 'exchange', kind: 'Ed25519' },
  witness: { holder: 'exchange', kind: 'Ed25519' },
} as const satisfies Record<string, { holder: Holder; kind: 'Ed25519' | 'X25519' | 'secret' }>;

export type Purpose = keyof typeof table;
export type KeyKind = (typeof table)[Purpose]['kind'];
type OfKind<K extends KeyKind> = { [P in Purpose]: (typeof table)[P]['kind'] extends K ? P : never }[Purpose];
export type SigningPurpose = OfKind<'Ed25519'>;
export type BoxPurpose = OfKind<'X25519'>;
export type PublicPurpose = SigningPurpose | BoxPurpose;
/** What the descriptor shows. The vault's key is the node's own affair: its reporting process and nobody else seals to it. */
export type PublishedPurpose = Exclude<PublicPurpose, 'vault'>;

export const purposes = Object.keys(table) as readonly Purpose[];
export const publicPurposes = purposes.filter((purpose): purpose is PublicPurpose => table[purpose].kind !== 'secret');
export const publishedPurposes = publicPurposes.filter((purpose): purpose is PublishedPurpose => purpose !== 'vault');

export function holderOf(purpose: Purpose): Holder {
  return table[purpose].holder;
}

export function kindOf(purpose: Purpose): KeyKind {
  return table[purpose].kind;
}

export function purposesOf(holder: Holder): readonly Purpose[] {
  return purposes.filter((purpose) => table[purpose].holder === holder);
}
