// Names without the initials in their middle: `Maria T. Delgado` as `Maria Delgado`.
import { replaced, type View } from './view.ts';

const HINT = /\p{Ll} \p{Lu}\.? (?:\p{Lu}\.? )?\p{Lu}\p{L}/u;
const INITIALS = /(?<=\p{Ll} )(?:\p{Lu}\.? ){1,2}(?=\p{Lu}\p{L})/gu;

export function withoutInitials(view: View): View | undefined {
  return HINT.test(view.text) ? replaced(view, INITIALS, () => '') : undefined;
}
