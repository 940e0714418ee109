// Letters that look like Latin ones: the commonest of Unicode's confusables (UTS #39), after lower-casing and decomposition.
const PAIRS =
  // Cyrillic
  'аa вb сc ԁd еe һh іi јj кk ӏl мm оo рp ԛq гr ѕs тt ѵv ԝw хx уy ьb пn иu' +
  // Greek
  ' αa βb εe ηn ιi κk νv οo ρp τt υu χx γy' +
  // Latin letters of their own, and look-alikes
  ' ıi ɑa ɡg ɩi ʟl ɴn ʀr ʏy ꜱs ꞓc øo łl đd ħh ŧt ƒf ɪi ᴀa ʙb ᴄc ᴅd ᴇe ɢg ʜh ᴊj ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz' +
  // Armenian, Cherokee
  ' օo սu ոn հh ցg ꭺa ꮯc ꮪs';

export const CONFUSABLES: ReadonlyMap<string, string> = new Map(
  PAIRS.split(' ').map((pair) => [pair.slice(0, -1), pair.slice(-1)] as const),
);
