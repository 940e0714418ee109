// Where the sentences of a text begin. Where it is in doubt two are one: a verdict then counts for less.

/** Behind what ends one: `.` behind small letters or a long word, and before what begins one. */
const END =
  /(?:[!?…]|(?<=(?<!\p{L})\p{Ll}{2}|\p{Ll}{3}|[\p{L}\p{M}]{5}|[\p{N})\]"”’])\.)["”’)\]]{0,2}\s(?!\s|\p{Ll})|[。！？]["”’）」』]{0,2}|\n\s{0,8}\n/gu;
const ABBREVIATED =
  /(?<!\p{L})(?:vs|cf|al|eg|ie|ca|pp|no|op|ed|fig|vol|art|sec|approx|incl|dept|govt|resp|assn|messrs|calif|capt|prof|corp)\.["”’)\]]{0,2}\s$/iu;

/** Offsets from left to right, the first of them 0. */
export function sentenceStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: hit } of text.matchAll(END)) {
    const end = index + hit.length;
    if (end < text.length && !ABBREVIATED.test(text.slice(Math.max(0, end - 16), end))) starts.push(end);
  }
  return starts;
}
