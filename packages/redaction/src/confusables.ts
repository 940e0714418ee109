// What a character looks like: Unicode's confusables (UTS #39), and what is read as a letter besides.
import { readFileSync } from 'node:fs';

// Look-alikes that UTS #39 does not list, after lower-casing and decomposition.
const PAIRS =
  // Cyrillic
  'аa вb сc ԁd еe һh іi јj кk ӏl мm нh оo рp ԛq гr ѕs тt ѵv ԝw хx уy ьb пn иu' +
  // Greek
  ' αa βb εe ηn ιi κk νv οo ρp τt υu χx γy ωw ςs' +
  // Latin letters of their own, small capitals, turned letters
  ' ıi ĸk ɑa ɡg ɩi ʟl ɴn ʀr ʏy ꜱs ꞓc øo łl đd ħh ŧt ƒf ɪi ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ᴊj ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz' +
  ' ɐa ɔc ǝe ɟf ƃg ɥh ᴉi ɾj ʞk ɯm ɹr ʇt ʌv ʍw ʎy ðd þp ɓb ɗd ɖd ɛe ɣy ɦh ɨi ɫl ɭl ɱm ɲn ŋn ɳn ɵo ʂs ʈt ʉu ʋv ʐz ʑz' +
  // Armenian, Cherokee
  ' օo սu ոn հh ցg ꭺa ꮯc ꮪs' +
  // Latin letters with a hook to the left or below
  ' ᶀb ᶁd ᶂf ᶃg ᶄk ᶅl ᶆm ᶇn ᶈp ᶉr ᶊs ᶌv ᶍx ᶎz ᶏa ᶑd ᶒe ᶓe ᶖi ᶗo ᶙu' +
  // Coptic
  ' ⲁa ⲃb ⲅg ⲇd ⲉe ⲏh ⲓi ⲕk ⲙm ⲛn ⲟo ⲣp ⲥc ⲧt ⲩy ⲭx' +
  // Canadian syllabics
  ' ᗩa ᗷb ᑕc ᗪd ᖴf ᕼh ᒍj ᒪl ᗰm ᑎn ᑭp ᑫq ᖇr ᔕs ᑌu ᐯv ᗯw ᙭x ᘔz' +
  // Signs of currencies
  ' ฿b ₿b ₵c ₲g ₭k ₤l ₺l ₦n ₱p ₽p ₮t ₩w';

function readPrototypes(): Map<string, string> {
  const lines = readFileSync(new URL('../data/confusables.txt', import.meta.url), 'utf8').split('\n');
  const rows = lines.map((line) => line.split('\t') as [prototype: string, characters?: string]);
  const prototypes = rows.flatMap(([prototype, characters = '']) =>
    // UTS #39 takes m for a look-alike of rn; here it is the other way round.
    Array.from(characters, (char): [string, string] => [char, prototype.replaceAll('rn', 'm')]),
  );
  return new Map([...prototypes, ...emblems()]);
}

/** Letters in black circles and squares, and flags' letters, which have no decomposition. */
function emblems(): [string, string][] {
  return [0x1f150, 0x1f170, 0x1f1e6].flatMap((first) =>
    Array.from({ length: 26 }, (_, nth): [string, string] => [
      String.fromCodePoint(first + nth),
      String.fromCharCode(65 + nth),
    ]),
  );
}

/** By the character as it stands: case matters, as `Н` looks like H and `н` does not. */
export const PROTOTYPES: ReadonlyMap<string, string> = readPrototypes();

/** Braille in the order of the alphabet. */
const BRAILLE = '⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵';

/** By the folded letter. */
export const CONFUSABLES: ReadonlyMap<string, string> = new Map([
  ...PAIRS.split(' ').map((pair) => [pair.slice(0, -1), pair.slice(-1)] as const),
  ...Array.from(BRAILLE, (dots, nth) => [dots, 'abcdefghijklmnopqrstuvwxyz'.charAt(nth)] as const),
]);
