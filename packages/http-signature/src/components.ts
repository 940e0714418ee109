// The value of any component of RFC 9421 §2, for messages that do not follow Detente's profile. The profile's own fast way
// does not come here; the tests hold the two against each other.
import {
  type BareItem,
  type Item,
  isInnerList,
  parseDictionary,
  serializeInnerList,
  serializeItem,
} from 'structured-headers';
import { SignatureError } from './errors.ts';
import type { HttpHeaders } from './message.ts';

export type RequestMessage = { readonly method: string; readonly targetUri: string; readonly headers: HttpHeaders };
export type ResponseMessage = {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** The request that is answered, for components with `req`. */
  readonly request?: RequestMessage;
};
export type Message = RequestMessage | ResponseMessage;

type Parameters = ReadonlyMap<string, BareItem>;

/** The component value of one identifier (RFC 9421 §2.1 to §2.4), one line of ASCII.
 *  Parameters `sf` and `tr` are not supported.
 *  @throws SignatureError `component_missing`, `component_malformed`, `component_ambiguous`, `component_unsupported` */
export function componentValue(message: Message, [name, parameters]: Item): string {
  if (typeof name !== 'string')
    throw new SignatureError('component_malformed', 'a component identifier is not a string');
  const source = sourceOf(message, parameters);
  const rest = new Map([...parameters].filter(([key]) => key !== 'req'));
  const value = name.startsWith('@') ? derivedValue(source, name, rest) : headerValue(source.headers, name, rest);
  if (!/^[\t\x20-\x7e]*$/.test(value))
    throw new SignatureError('component_malformed', `${name} is not one line of ASCII`);
  return value;
}

// RFC 9421 §2.4: `req` takes the component from the request; it has no place in a request's own signature.
function sourceOf(message: Message, parameters: Parameters): Message {
  if (!parameters.has('req')) return message;
  if (parameters.get('req') !== true || 'method' in message) {
    throw new SignatureError('component_malformed', 'req belongs to the components of a response');
  }
  if (!message.request) throw new SignatureError('component_missing', 'the request of this response is not given');
  return message.request;
}

// RFC 9421 §2.2
function derivedValue(message: Message, name: string, parameters: Parameters): string {
  if (name !== '@query-param' && parameters.size > 0) {
    throw new SignatureError('component_unsupported', `${name} has a parameter that is not supported`);
  }
  if (!('method' in message)) {
    if (name === '@status') return String(message.status);
    throw new SignatureError('component_malformed', `${name} is no component of a response`);
  }
  switch (name) {
    case '@method':
      return message.method;
    case '@target-uri':
      return message.targetUri;
    case '@query-param':
      return queryParameter(targetOf(message), parameters);
    default:
      return targetPart(targetOf(message), name);
  }
}

function targetPart(target: URL, name: string): string {
  switch (name) {
    case '@authority':
      return target.host;
    case '@scheme':
      return target.protocol.slice(0, -1);
    case '@request-target':
      return target.pathname + target.search;
    case '@path':
      return target.pathname;
    case '@query':
      return target.search || '?';
    default:
      throw new SignatureError('component_unsupported', `${name} is not a component of a request`);
  }
}

function targetOf(message: RequestMessage): URL {
  if (!URL.canParse(message.targetUri))
    throw new SignatureError('component_malformed', 'the target URI does not parse');
  return new URL(message.targetUri);
}

// RFC 9421 §2.2.8: the name is compared in encoded form, and one that occurs several times cannot be covered.
function queryParameter(target: URL, parameters: Parameters): string {
  const name = parameters.get('name');
  if (typeof name !== 'string' || parameters.size !== 1) {
    throw new SignatureError('component_malformed', '@query-param needs a name and nothing else');
  }
  const values = [...target.searchParams].filter(([key]) => encodeQuery(key) === name);
  if (values.length === 0) throw new SignatureError('component_missing', `there is no query parameter ${name}`);
  if (values.length > 1) throw new SignatureError('component_ambiguous', `there are several query parameters ${name}`);
  return encodeQuery(values[0]![1]);
}

function encodeQuery(text: string): string {
  return encodeURIComponent(text).replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

// RFC 9421 §2.1
function headerValue(headers: HttpHeaders, name: string, parameters: Parameters): string {
  if (name !== name.toLowerCase()) throw new SignatureError('component_malformed', `${name} is not in lower case`);
  const value = headers[name];
  if (value === undefined) throw new SignatureError('component_missing', `there is no field ${name}`);
  const lines = (typeof value === 'string' ? [value] : value).map((line) => line.replace(/\r?\n[ \t]+/g, ' ').trim());
  const unsupported = [...parameters.keys()].find((key) => key !== 'key' && key !== 'bs');
  if (unsupported || parameters.size > 1) {
    throw new SignatureError('component_unsupported', `${name} has a parameter that is not supported`);
  }
  if (parameters.has('bs')) return lines.map((line) => serializeItem(Buffer.from(line, 'latin1'))).join(', ');
  const joined = lines.join(', ');
  return parameters.has('key') ? dictionaryMember(joined, name, parameters.get('key')!) : joined;
}

// RFC 9421 §2.1.2
function dictionaryMember(value: string, name: string, key: BareItem): string {
  let member: ReturnType<ReturnType<typeof parseDictionary>['get']>;
  try {
    member = parseDictionary(value).get(String(key));
  } catch (cause) {
    throw new SignatureError('component_malformed', `${name} is not a dictionary`, { cause });
  }
  if (!member) throw new SignatureError('component_missing', `${name} has no member ${key}`);
  return isInnerList(member) ? serializeInnerList(member) : serializeItem(member);
}
