// Digits, letters and signs of full width or another script as those of ASCII: one for one, so that offsets hold.

const DIGIT = '[\\d\\uff10-\\uff19]';
const LETTERS =
  '[\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a\\u3000\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f\\u00a0\\u2002-\\u200a\\u202f]';
const ANYWHERE = new RegExp(
  `${LETTERS}|[＠．－＋／＿：＆＝％＃\\u2010-\\u2015\\u2212]|[（）](?=${DIGIT})|(?<=${DIGIT})）`,
  'g',
);
/** A comma where it groups digits by threes. */
const IN_NUMBERS = new RegExp(
  `${LETTERS}|(?<=${DIGIT})[．－／：](?=${DIGIT})|(?<=(?<!${DIGIT})${DIGIT}{1,3})，(?=${DIGIT}{3}(?!${DIGIT}))`,
  'g',
);

/** For identifiers: signs anywhere. */
export function narrowed(text: string): string {
  return /[\u0080-\uffff]/.test(text) ? text.replace(ANYWHERE, narrow) : text;
}

/** For what is written in sentences, as dates and numbers are: signs between digits alone, since elsewhere they are those of the sentence. */
export function withNarrowNumbers(text: string): string {
  return /[\u0080-\uffff]/.test(text) ? text.replace(IN_NUMBERS, narrow) : text;
}

function narrow(char: string): string {
  const code = char.charCodeAt(0);
  if (code > 0xff00) return String.fromCharCode(code - 0xfee0);
  if (code >= 0x2010 && code <= 0x2015) return '-';
  if (code === 0x2212) return '-';
  return code >= 0x660 && code < 0x970 ? String(code - (code < 0x66a ? 0x660 : code < 0x6fa ? 0x6f0 : 0x966)) : ' ';
}
