// Issues the structured cases of sd-jwt-python's specification files: every node or key tagged `!sd` is a disclosure.
import { isMap, isScalar, isSeq, type Pair, parse, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { digestOf, encode } from './hand-made.ts';

export type Specification = {
  /** User claims with digests in the place of what is tagged. */
  payload: Record<string, unknown>;
  /** The disclosures that the holder chooses. */
  disclosures: string[];
  /** Name and value of each tagged claim at the top, the chosen ones first; undefined if anything lies deeper. */
  flat: { claims: Record<string, unknown>; fields: [string, unknown][]; chosen: number } | undefined;
  header: Record<string, unknown>;
  expected: Record<string, unknown>;
};

export function readSpecification(text: string): Specification {
  const document = parseDocument(text, { logLevel: 'silent' });
  const plain = document.toJS();
  const claims = document.get('user_claims') as YAMLMap;
  const choice = plain.holder_disclosed_claims;
  const disclosures: string[] = [];
  const payload = hideInMap(claims, choice, disclosures) as Record<string, unknown>;
  return {
    payload: { ...payload, _sd_alg: 'sha-256' },
    disclosures,
    flat: flatten(claims, choice),
    header: plain.extra_header_parameters ?? {},
    expected: plain.expect_verified_user_claims,
  };
}

let salts = 0;

function hide(node: unknown, choice: unknown, disclosures: string[]): unknown {
  if (isMap(node)) return hideInMap(node, choice, disclosures);
  if (isSeq(node)) return hideInSeq(node, choice, disclosures);
  if (!isScalar(node)) return null;
  // An unknown tag makes a string of everything; what was written without quotes is read again.
  return node.tag === '!sd' && node.type === 'PLAIN' ? parse(node.source ?? 'null') : node.value;
}

function hideInMap(map: YAMLMap, choice: unknown, disclosures: string[]): unknown {
  const result: Record<string, unknown> = {};
  const digests: string[] = [];
  for (const pair of map.items) {
    const name = nameOf(pair);
    const chosen = (choice as Record<string, unknown> | null | undefined)?.[name];
    if (!isTagged(pair.key)) result[name] = hide(pair.value, chosen, disclosures);
    else digests.push(disclose([name], pair.value, chosen, disclosures));
  }
  return digests.length === 0 ? result : { ...result, _sd: digests.sort() };
}

function hideInSeq(seq: YAMLSeq, choice: unknown, disclosures: string[]): unknown {
  return seq.items.map((item, i) => {
    const chosen = (choice as unknown[] | null | undefined)?.[i];
    return isTagged(item) ? { '...': disclose([], item, chosen, disclosures) } : hide(item, chosen, disclosures);
  });
}

/** Digest of the disclosure of a value; the disclosure itself joins the others if it is chosen. */
function disclose(name: string[], node: unknown, chosen: unknown, disclosures: string[]): string {
  const inner: string[] = [];
  const disclosure = encode([`salt ${salts++}`, ...name, hide(node, chosen, inner)]);
  if (chosen) disclosures.push(disclosure, ...inner);
  return digestOf(disclosure);
}

function flatten(claims: YAMLMap, choice: Record<string, unknown>): Specification['flat'] {
  const deeper = claims.items.some((pair) => /"(_sd|\.\.\.)":/.test(JSON.stringify(hide(pair.value, {}, []))));
  if (deeper) return undefined;
  const tagged = claims.items.filter((pair) => isTagged(pair.key));
  const isChosen = (pair: Pair) => Boolean(choice[nameOf(pair)]);
  const ordered = [...tagged.filter(isChosen), ...tagged.filter((pair) => !isChosen(pair))];
  const entry = (pair: Pair): [string, unknown] => [nameOf(pair), hide(pair.value, {}, [])];
  return {
    claims: Object.fromEntries(claims.items.filter((pair) => !isTagged(pair.key)).map(entry)),
    fields: ordered.map(entry),
    chosen: tagged.filter(isChosen).length,
  };
}

function isTagged(node: unknown): boolean {
  return (node as { tag?: string } | null)?.tag === '!sd';
}

function nameOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}
