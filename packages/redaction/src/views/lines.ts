// What stands before lines and letters: marks of quotes, comments, tables and lists, numbers of items.
import { replaced, type View } from './view.ts';

/** Whether lines begin with marks; those of lists where one piece alone stands behind. */
const HINT =
  /\n[ \t]{0,40}(?:[>|#;%:│~]|\/\/|--|(?:[-*•+]|[([]?[a-z0-9]{1,4}[.):\]])[ \t]{1,8}\S{1,100}[ \t]{0,8}\r?(?:\n|$))/i;

const MARKS =
  /(?:^|[ \t]{0,8}[|│\\]?\r?\n)[ \t]{0,40}(?:(?:[>|#;%:│~*•+-]{1,8}|\/\/|[([]?(?:[0-9]{1,4}|[a-z]|[ivxl]{1,6})[.):\]]{1,2})[ \t]{1,8}|[>|#;%:│~]{1,8}|\/\/|$){1,6}/giu;

/** `> Kest-` and `> rel`, `1. B` and `2. r`: lines without what marks them. */
export function unquoted(view: View): View | undefined {
  return view.text.includes('\n') && HINT.test(view.text) ? replaced(view, MARKS, () => '\n') : undefined;
}

/** Whether two letters of an alphabet have numbers. */
const NUMBERED =
  /\d[^A-Za-z0-9]{0,4}[A-Za-z\u0370-\u052f][^A-Za-z0-9]{0,4}(?:[A-Za-z]{2,8} )?\d{1,3}[^A-Za-z0-9]{0,4}[A-Za-z\u0370-\u052f](?![A-Za-z])/;

const LETTERS =
  /(?:(?<![\p{L}\p{N}])[a-z\u0370-\u052f][^\p{L}\p{N}]{0,4})?(?:(?:[a-z]{2,8} )?(?:\d{1,3}[^\p{L}\p{N}]{0,4}){1,2}[a-z\u0370-\u052f](?!\p{L})[^\p{L}\p{N}]{0,4}){3,100}/giu;

/** `1) B, 2) r`, `B1 r2`: letters without their numbers. */
export function unnumbered(view: View): View | undefined {
  return NUMBERED.test(view.text)
    ? replaced(view, LETTERS, ([run]) => run.replace(/(?:[a-z]{2,8} )?\d{1,3}/gi, ' '))
    : undefined;
}
