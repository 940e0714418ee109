// The values of a query, one behind the other: `?first=Anders&last=Holmqvist`.
import { replaced, type View } from './view.ts';

const HINT = /=[^\s&=]{1,100}&(?:amp;)?[\w.[\]-]{1,40}=/;

export function unasked(view: View): View | undefined {
  return HINT.test(view.text)
    ? replaced(view, /(?<=[^\s&])&(?:amp;)?[\w.[\]-]{1,40}=(?=[^\s&])/g, () => ' ')
    : undefined;
}
