// What is planted in a node, and who may see it again: written from the design's zones, tiers and floor, not asked of the code.

/** Who calls. `stranger` has no credential; the peers are named by what they are offered. */
export const AUDIENCES = [
  'stranger',
  'lab-a',
  'lab-b',
  'reader',
  'officer',
  'green',
  'amber',
  'strict',
  'red',
  'suspended',
  'sandbox',
] as const;
export type Audience = (typeof AUDIENCES)[number];
export const PEERS = ['green', 'amber', 'strict', 'red', 'suspended', 'sandbox'] as const;
export type PeerAudience = (typeof PEERS)[number];
/** The databases that face the outside, and what the processes write. */
export type Place = Audience | 'border' | 'logs';

/** `unshown`: who may see it, and is not shown it by any route. */
export type Canary = { phrase: string; may: readonly Place[]; unshown?: readonly Place[] };

const officers = ['reader', 'officer'] as const;
const [green, amber, strict, red] = [
  ['green', 'amber', 'strict', 'red'] as const,
  ['amber', 'strict', 'red'] as const,
  ['strict', 'red'] as const,
  ['red'] as const,
];

/** The public edition is for all, whoever they are. */
const everyone = (phrase: string): Canary => ({ phrase, may: [...AUDIENCES, 'border'] });
/** Of a record: those peers whose tier reaches it. */
const given = (phrase: string, peers: readonly PeerAudience[]): Canary => ({
  phrase,
  may: [...officers, ...peers, 'border'],
});
/** At home: officers alone. */
const home = (phrase: string): Canary => ({ phrase, may: officers });
/** In the vault: no interface shows it. */
const vault = (phrase: string): Canary => ({ phrase, may: [] });
/** Said to one peer. */
const told = (phrase: string, peer: PeerAudience): Canary => ({ phrase, may: [...officers, peer, 'border'] });
/** What a peer has sent: it lands in border, is carried home and cleared there, and officers see it. */
const sent = (phrase: string): Canary => ({ phrase, may: officers });

export const CANARIES = {
  // A case with a public edition: every field that has words.
  openTitle: everyone('copper kettle'),
  openSummary: everyone('willow fence'),
  openMitigation: given('marble staircase', green),
  openPattern: given('velvet curtain', amber),
  openCause: given('granite harbour wall', amber),
  openSafeguard: given('bamboo ladder', amber),
  openDetection: given('silver thimble', amber),
  openTag: given('pewter.sundial', amber),
  openNarrative: given('crimson lantern', strict),
  openSuite: given('amethyst compass', strict),
  openEvidence: given('saffron-umbrella.pdf', red),
  // A case without one, TLP green, and its correction, before which nobody had pulled it.
  shownTitle: given('wicker basket', green),
  shownCause: given('cedar drawer', []),
  shownCorrected: given('ivory chessboard', amber),
  // Severity 6, TLP amber: the floor goes to every peer that is enrolled and not expelled, whatever it is offered.
  graveTitle: given('tin whistle', [...green, 'suspended']),
  graveMitigation: given('linen sail', [...green, 'suspended']),
  graveCause: given('brass anchor', amber),
  graveNarrative: given('oaken barrel', strict),
  // TLP red: its least tier is red.
  redTitle: given('pine bookshelf', red),
  redEvidence: given('quartz-hourglass.log', red),
  // Never released.
  keptTitle: home('leather saddle'),
  keptCause: home('walnut cradle'),
  keptNarrative: home('porcelain teapot'),
  // Withdrawn: what was given cannot be ungiven, and nobody else is shown a word of it any more.
  withdrawnTitle: given('canvas hammock', ['green']),
  withdrawnCause: given('rubber dinghy', []),
  // Vault. Four of the names stand in the narrative as well: officers read the account as it came, and nobody else does.
  labA: vault('Zibbet Ostrane'),
  labB: vault('Quorlam Vexbury'),
  reporter: vault('Yndra Tolvaken'),
  developer: home('Brixholm Sarvane'),
  deployer: home('Ulmeric Fendral'),
  model: home('Pellucine Orvax'),
  customers: home('Wystan Hakrivole'),
  harmed: vault('Jorunn Cazelby'),
  followUpDeveloper: vault('Dravenka Mosswyn'),
  otherDeveloper: vault('Thessaly Grumbolt'),
  sameAs: vault('gingham tablecloth'),
  extra: vault('paisley cushion'),
  // Beside the case.
  followUp: home('plaster gargoyle'),
  sourceUrl: home('terracotta-flowerpot'),
  licence: home('sandstone pillar'),
  attribution: home('mohair blanket'),
  proposed: home('ceramic beehive'),
  basis: home('tweed jacket'),
  // Acts.
  labReason: home('juniper hedge'),
  tokenReason: home('bronze doorknob'),
  tokenName: home('mahogany-desk'),
  triageReason: home('cotton bonnet'),
  releaseReason: home('slate rooftop'),
  correctReason: home('wooden spindle'),
  retractReason: home('paper windmill'),
  peerReason: home('glass paperweight'),
  offerReason: home('iron gatepost'),
  standingReason: home('feather duster'),
  answerReason: home('birch canoe'),
  contestReason: home('straw mattress'),
  attestReason: home('nickel teaspoon'),
  // Said to a peer.
  peerName: { phrase: 'sapphire-lagoon', may: [...officers, 'border'] },
  toldStanding: told('maple toboggan', 'suspended'),
  access: told('opal-observatory', 'red'),
  suite: { ...told('topaz-treadmill', 'amber'), unshown: officers },
  toldContest: told('hazel broomstick', 'amber'),
  legalBasis: told('felt slipper', 'green'),
  passedTo: told('rosewood cello', 'green'),
  // Said by a peer.
  peerTitle: sent('tartan parasol'),
  peerCause: sent('enamel bathtub'),
  // Kept as evidence.
  peerRefused: { phrase: 'rattan birdcage', may: [...officers, 'border'] },
  peerAccess: sent('garnet-gymnasium'),
  peerTold: sent('burlap hammer'),
  // A descriptor is public, and is passed on as a proof.
  peerContact: { phrase: 'denim apron', may: [...officers, ...PEERS, 'border'], unshown: ['green'] },
} as const satisfies Record<string, Canary>;
export type CanaryName = keyof typeof CANARIES;

/** The phrase of a canary, for whoever plants it. */
export const p = Object.fromEntries(Object.entries(CANARIES).map(([name, { phrase }]) => [name, phrase])) as Record<
  CanaryName,
  string
>;
