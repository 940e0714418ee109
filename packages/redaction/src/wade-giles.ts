// Syllables of Mandarin as they were written in Latin letters before pinyin, and still are in Taiwan: `Hsiao-ming` for Xiaoming.

/** Whole syllables. */
const SYLLABLES: Readonly<Record<string, string>> = {
  ...{ zhi: 'chih', chi: 'chih', shi: 'shih', ri: 'jih', zi: 'tzu', ci: 'tzu', si: 'ssu', er: 'erh', e: 'o' },
  ...{ yi: 'i', you: 'yu', yan: 'yen', yong: 'yung', ye: 'yeh', yue: 'yueh', ge: 'ko', ke: 'ko', he: 'ho' },
  ...{ gui: 'kuei', kui: 'kuei', guo: 'kuo', kuo: 'kuo', huo: 'huo', shuo: 'shuo' },
};

const INITIALS: Readonly<Record<string, string>> = {
  ...{ b: 'p', d: 't', g: 'k', j: 'ch', q: 'ch', x: 'hs', zh: 'ch', z: 'ts', c: 'ts', r: 'j' },
};

const FINALS: Readonly<Record<string, string>> = {
  ...{ ian: 'ien', ong: 'ung', iong: 'iung', ie: 'ieh', ue: 'ueh', ve: 'ueh', uo: 'o', v: 'u' },
};

/** @param syllable of pinyin, in small letters and without its tone, `v` for ü */
export function wadeGiles(syllable: string): string {
  const [, initial = '', final = ''] = /^([zcs]h|[^aeiouv]?)(.*)$/.exec(syllable) ?? [];
  return SYLLABLES[syllable] ?? (INITIALS[initial] ?? initial) + (FINALS[final] ?? final);
}
