// How a word looks that no list has: more like the names of persons, or more like those of companies, by which three letters follow
// each other in the lists.

const LETTERS = 27;
const EDGE = 26;
/** Every fourth name tells as much as all of them. */
const STEP = 4;
/** What is added to each count, for what the lists do not have. */
const SMOOTH = 0.3;
/** The mean difference of logarithms from which on a word is no person's name: one name in fifty is below. */
const UNLIKE = -0.2;

type Model = { threes: Float64Array; twos: Float64Array };

/** @returns whether a word of small letters looks less like a person's name than like a company's */
export function nameShape(names: Iterable<string>, companies: Iterable<string>): (word: string) => boolean {
  const [person, company] = [modelOf(names, STEP), modelOf(companies, 1)];
  return (word) => {
    let sum = 0;
    for (let at = 0; at <= word.length; at++) sum += likelihood(person, word, at) - likelihood(company, word, at);
    return sum / (word.length + 1) < UNLIKE;
  };
}

function modelOf(words: Iterable<string>, step: number): Model {
  const model = { threes: new Float64Array(LETTERS ** 3), twos: new Float64Array(LETTERS ** 2) };
  let nth = 0;
  for (const word of words) {
    if (nth++ % step !== 0) continue;
    for (let at = 0; at <= word.length; at++) {
      const two = pairBefore(word, at);
      model.twos[two]!++;
      model.threes[two * LETTERS + letterAt(word, at)]!++;
    }
  }
  return model;
}

function likelihood({ threes, twos }: Model, word: string, at: number): number {
  const two = pairBefore(word, at);
  return Math.log((threes[two * LETTERS + letterAt(word, at)]! + SMOOTH) / (twos[two]! + SMOOTH * LETTERS));
}

function pairBefore(word: string, at: number): number {
  return letterAt(word, at - 2) * LETTERS + letterAt(word, at - 1);
}

/** What is no small letter counts as the edge of a word. */
function letterAt(word: string, at: number): number {
  const code = word.charCodeAt(at) - 97;
  return code >= 0 && code < EDGE ? code : EDGE;
}
