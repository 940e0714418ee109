// Why signature fields are refused. Verification knows one spelling and takes everything else here, off the fast way, to
// give each fault its own code.
import { type InnerList, isInnerList, parseDictionary, serializeItem } from 'structured-headers';
import { SignatureError } from './errors.ts';
import { label, tag } from './profile.ts';

/** What a kind of message signs, as identifiers in structured-field form, and its parameters with the form of each. */
export type Coverage = {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly parameters: Readonly<Record<string, RegExp>>;
};

const longestField = 2000;

/** The fault of signature fields that are not in the one accepted spelling. */
export function faultOf(input: string | undefined, signature: string | undefined, coverage: Coverage): SignatureError {
  if (!input || !signature) return new SignatureError('signature_missing', 'signature-input or signature is missing');
  try {
    const list = soleMember(input, 'signature-input');
    soleMember(signature, 'signature');
    if (!isInnerList(list)) return new SignatureError('signature_malformed', 'signature-input is not an inner list');
    checkComponents(list, coverage);
    checkParameters(list, coverage);
  } catch (error) {
    if (error instanceof SignatureError) return error;
    return new SignatureError('signature_malformed', 'the signature fields do not parse', { cause: error });
  }
  if (!/^detente=:[A-Za-z0-9+/]{86}==:$/.test(signature)) {
    return new SignatureError('signature_malformed', 'signature is not 64 bytes in base64');
  }
  return new SignatureError(
    'signature_not_canonical',
    'the signature fields are not in the order and spelling of the profile',
  );
}

function soleMember(field: string, name: string) {
  if (field.length > longestField) throw new SignatureError('signature_malformed', `${name} is too long`);
  const members = parseDictionary(field);
  if (members.size > 1) throw new SignatureError('signature_multiple', `${name} has ${members.size} members`);
  const member = members.get(label);
  if (!member) throw new SignatureError('label_unexpected', `${name} has no member ${label}`);
  return member;
}

function checkComponents(list: InnerList, coverage: Coverage): void {
  const covered = list[0].map((item) => serializeItem(item));
  // RFC 9421 §2: each component identifier MUST occur only once in the covered components.
  const twice = covered.find((identifier, i) => covered.indexOf(identifier) !== i);
  if (twice) throw new SignatureError('component_duplicate', `${twice} is covered twice`);
  const missing = coverage.required.find((identifier) => !covered.includes(identifier));
  if (missing) throw new SignatureError('component_missing', `${missing} is not covered`);
  const known = [...coverage.required, ...coverage.optional];
  const extra = covered.find((identifier) => !known.includes(identifier));
  if (extra) throw new SignatureError('component_unexpected', `${extra} is not covered by the profile`);
}

function checkParameters(list: InnerList, coverage: Coverage): void {
  const found = list[1];
  if (found.has('tag') && found.get('tag') !== tag)
    throw new SignatureError('tag_unexpected', 'the tag is another one');
  for (const [name, form] of Object.entries(coverage.parameters)) {
    if (!found.has(name)) throw new SignatureError('parameter_missing', `${name} is missing`);
    if (!form.test(serializeItem(found.get(name)!)))
      throw new SignatureError('parameter_malformed', `${name} is malformed`);
  }
  const extra = [...found.keys()].find((name) => !(name in coverage.parameters));
  if (extra) throw new SignatureError('parameter_unexpected', `${extra} is not a parameter of the profile`);
}
