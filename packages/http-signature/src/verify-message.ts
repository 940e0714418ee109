// RFC 9421 §3 in general form: any components of §2, any algorithm, which the caller brings.
import {
  type InnerList,
  isInnerList,
  type Parameters,
  parseDictionary,
  serializeInnerList,
  serializeItem,
} from 'structured-headers';
import { componentValue, type Message } from './components.ts';
import { SignatureError } from './errors.ts';
import type { HttpHeaders } from './message.ts';

export type VerifiedMessage = {
  readonly label: string;
  /** Covered component identifiers in structured form, in order: `"@method"`, `"signature";req;key="a"`. */
  readonly components: readonly string[];
  readonly parameters: Parameters;
  readonly base: string;
};

/** The signature base (RFC 9421 §2.5).
 *  @param signatureParams the inner list of covered components and its parameters.
 *  @throws SignatureError `component_…` */
export function formatSignatureBase(message: Message, signatureParams: InnerList): string {
  const lines = new Map<string, string>();
  for (const item of signatureParams[0]) {
    const identifier = serializeItem(item);
    // §2: the order of an identifier's parameters makes no other component of it.
    const unordered = serializeItem([item[0], new Map([...item[1]].sort(([a], [b]) => (a < b ? -1 : 1)))]);
    if (lines.has(unordered)) throw new SignatureError('component_duplicate', `${identifier} is covered twice`);
    lines.set(unordered, `${identifier}: ${componentValue(message, item)}\n`);
  }
  return `${[...lines.values()].join('')}"@signature-params": ${serializeInnerList(signatureParams)}`;
}

/** Verifies one signature of a message (RFC 9421 §3.2). What must be covered, and the times, are the caller's to judge.
 *  @param options label: which signature, needed when there are several; verify: by the algorithm of the key that the
 *    parameters name, never of one that the message chooses.
 *  @throws SignatureError `signature_…`, `label_unexpected`, `component_…` */
export function verifyMessage(
  message: Message,
  options: { label?: string; verify: (base: string, signature: Buffer, parameters: Parameters) => boolean },
): VerifiedMessage {
  const inputs = dictionaryOf(message.headers, 'signature-input');
  const signatures = dictionaryOf(message.headers, 'signature');
  if (options.label === undefined && inputs.size > 1) {
    throw new SignatureError('signature_multiple', 'there are several signatures and no label is given');
  }
  const label = options.label ?? [...inputs.keys()][0] ?? '';
  const input = inputs.get(label);
  const signature = signatures.get(label);
  if (!input || !signature) throw new SignatureError('label_unexpected', `there is no signature labelled ${label}`);
  if (!isInnerList(input) || isInnerList(signature) || !(signature[0] instanceof ArrayBuffer)) {
    throw new SignatureError('signature_malformed', 'a signature is an inner list and a byte sequence');
  }
  const base = formatSignatureBase(message, input);
  if (!options.verify(base, Buffer.from(signature[0]), input[1])) {
    throw new SignatureError('signature_invalid', 'the signature does not verify');
  }
  return { label, components: input[0].map((item) => serializeItem(item)), parameters: input[1], base };
}

function dictionaryOf(headers: HttpHeaders, name: string): ReturnType<typeof parseDictionary> {
  const value = headers[name];
  if (!value?.length) throw new SignatureError('signature_missing', `${name} is missing`);
  try {
    return parseDictionary(typeof value === 'string' ? value : value.join(', '));
  } catch (cause) {
    throw new SignatureError('signature_malformed', `${name} does not parse`, { cause });
  }
}
