// Names that are written in other ways than the vault has them: encoded, broken, in another order, with a letter too much; and words that are
// no names.
import { test } from 'tap';
import { findTerms, protectedTerms } from '../src/index.ts';

const found = (text: string, vault: Parameters<typeof protectedTerms>[0] extends Iterable<infer V> ? V : never) =>
  findTerms(text, protectedTerms([vault])).map(({ start, end }) => text.slice(start, end));
const BRIX = { developer: ['Brixholm', '月之暗面'] };

test('a name by the numbers of its characters', async (t) => {
  for (const text of [
    '66 114 105 120 104 111 108 109',
    '0x42 0x72 0x69 0x78 0x68 0x6f 0x6c 0x6d',
    '0102, 0162, 0151, 0170, 0150, 0157, 0154, 0155',
    '0100001001110010011010010111100001101000011011110110110001101101',
    '\\102\\162\\151\\170\\150\\157\\154\\155',
    '\\50\\102\\162\\151\\170\\150\\157\\154\\155\\41',
    'chr(66)+chr(114)+chr(105)+chr(120)+chr(104)+chr(111)+chr(108)+chr(109)',
    'char(66) || char(114) || char(105) || char(120) || char(104) || char(111) || char(108) || char(109)',
    'String.fromCharCode(66,114,105,120,104,111,108,109)',
    '[char]0x42+[char]0x72+[char]0x69+[char]0x78+[char]0x68+[char]0x6f+[char]0x6c+[char]0x6d',
    "['66', '114', '105', '120', '104', '111', '108', '109']",
    '\\42 \\72 \\69 \\78 \\68 \\6f \\6c \\6d',
    'U+0042 U+0072 U+0069 U+0078 U+0068 U+006F U+006C U+006D',
    '42/72/69/78/68/6f/6c/6d',
    '6708 4e4b 6697 9762',
    '67084e4b66979762',
    '08674b4e97666297',
    'U+6708U+4E4BU+6697U+9762',
  ]) {
    t.equal(found(`so ${text} said`, BRIX).length, 1, text);
  }
  t.strictSame(found('on 2016-11-12, 66 of 114, 105 and 120 people; v66.114.105', BRIX), []);
});

test('base64 of UTF-16, and base64 that is broken by blanks or stands in strings', async (t) => {
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  for (const text of [
    utf16('Brixholm').toString('base64'),
    utf16('月之暗面').swap16().toString('base64'),
    'QnJpeG hvbG0=',
    "'QnJpe'\n'Ghvb'\n'G0='",
    '"QnJpeGhv" + "bG0="',
    'VGhlIHZ lbmRvciwgQn JpeGhvbG0 sIHdhcyB0b2xkIG9uIE1vbmRheQ==',
  ]) {
    t.equal(found(`see ${text} now`, BRIX).length, 1, text);
  }
});

test('a name in lines that have marks before them, and letters that have numbers', async (t) => {
  const listed = (label: (nth: number) => string) => Array.from('Brixholm', (letter, nth) => label(nth) + letter);
  const base64 = 'eHggQnJpeGhvbG0geHg=';
  for (const text of [
    ...['> ', '>> ', '> > ', '| ', '# ', '* ', '// ', '  > '].flatMap((mark) =>
      [4, 7, 10].map((width) => base64.replace(new RegExp(`.{1,${width}}`, 'g'), `\n${mark}$&`)),
    ),
    '| eHggQnJ |\n| peGhvbG |\n| 0geHg= |',
    'Brix-\n    > holm',
    '> Brix\n> holm',
    listed((nth) => `${nth + 1}. `).join('\n'),
    listed((nth) => `${nth + 1}) `).join(', '),
    listed((nth) => `[${nth + 1}] `).join(' '),
    listed((nth) => `letter ${nth + 1}: `).join('; '),
    listed((nth) => `${'abcdefgh'.charAt(nth)}. `).join('\n'),
    listed((nth) => `${'i ii iii iv v vi vii viii'.split(' ')[nth]}) `).join('\n'),
    listed(() => '- ').join('\n'),
    'B1 r2 i3 x4 h5 o6 l7 m8',
  ])
    t.equal(found(`so\n${text}\nsaid`, BRIX).length, 1, text);
  t.strictSame(found('so\n- Brix\n- a holm\n1. Brix of\n2. holm', BRIX), []);
});

test('a name in Cyrillic or Greek by its letters, and one whose letters are drawn with signs', async (t) => {
  const vault = { developer: ['Brixholm', 'Kestrel Freight', 'Zephyrine Dynamics'], reporter: ['Elaine Herzberg'] };
  for (const text of [
    'бриксхолм',
    'БРИКСХОЛМ',
    'βριξχολμ',
    'Βριξχόλμ',
    'Кестрел Фрейгхт',
    'Кестрел-Фреигхт',
    'Зефирине Дынамицс',
    'Ελαινε Χερζβεργ',
    'б\u200bр\u200bи\u200bк\u200bс\u200bх\u200bо\u200bл\u200bм',
    'Br!><|-|()||v|',
    'Brix|-|olm',
    '|3|2!><|-|()|_|\\/|',
    '(|<estre|_ Freight)',
    'Zephyri/\\/e |)ynamics',
    'Ｂｒｉ＞＜ｈｏｌｍ',
    'K3s+r3l|Fr31gh+',
  ])
    t.equal(found(`so ${text} said`, vault).length, 1, text);
  t.strictSame(found('Бриксхолмский, x><y, f(a)[0] || {b}, <b>Br</b>', vault), []);
});

test('a name that is broken by markup or an end, glued, or has letters twice', async (t) => {
  t.strictSame(found('[Br](x)ixholm', BRIX), ['[Br](x)ixholm']);
  t.strictSame(found('Br[b]ix[/b]holm', BRIX), ['Br[b]ix[/b]holm']);
  t.strictSame(found('Br, ixholm said', BRIX), ['Br, ixholm']);
  t.strictSame(found('the unbrixholm, xbrixholmy', BRIX), ['brixholm', 'brixholm']);
  t.strictSame(found('BBrriixxhhoollmm, Brrrixholm', BRIX), ['BBrriixxhhoollmm', 'Brrrixholm']);
  t.strictSame(found('ɯloɥxᴉɹq and ⠃⠗⠊⠭⠓⠕⠇⠍', BRIX), ['ɯloɥxᴉɹq', '⠃⠗⠊⠭⠓⠕⠇⠍']);
  t.strictSame(found('Birxholm, brixhlom and 月暗之面', BRIX), ['Birxholm', 'brixhlom', '月暗之面']);
  t.strictSame(
    found('in the trial of a cigar', { developer: ['Trailx', 'Cigra'] }),
    [],
    'words are no names with letters swapped',
  );
});

test('a person in either order, with initials, and with fewer names than the vault has', async (t) => {
  const vault = { reporter: ['Li Wei', 'Zhang Minghao', 'Nguyen Van An', 'Maria Elena Garcia Lopez', '腾讯'] };
  t.strictSame(found('by Wei Li and Minghao Zhang, M. Zhang', vault), ['Wei Li', 'Minghao Zhang', 'M. Zhang']);
  t.strictSame(found('An Nguyen, Nguyen An, An Van Nguyen', vault), ['An Nguyen', 'Nguyen An', 'An Van Nguyen']);
  t.strictSame(found('Maria Garcia; Garcia Lopez, Maria Elena; M. E. Garcia Lopez', vault), [
    'Maria Garcia',
    'Garcia Lopez, Maria Elena',
    'M. E. Garcia Lopez',
  ]);
  t.strictSame(found('by teng2xun4 and Teng2 xun4', vault), ['teng2xun4', 'Teng2 xun4']);
});

test('a company in another order of its words, of words only where it has capitals', async (t) => {
  const vault = { developer: ['Kestrel Freight', 'Keolis North America', 'Silver AI'] };
  t.strictSame(found('Freight, Kestrel and FREIGHT KESTREL; north america keolis', vault), [
    'Freight, Kestrel',
    'FREIGHT KESTREL',
    'north america keolis',
  ]);
  t.strictSame(found('the freight kestrel of AI Silver', vault), []);
});

test('a company without what comes behind its name in other countries, and by half of its name where that is no other word', async (t) => {
  const vault = {
    customers: ['Kowalczyk Systemy Sp. z o.o.', 'Vantrix Pty Ltd', 'Orbelon S.p.A.', 'Müller & Söhne', '聯想集團'],
    deployer: ['Northwind Logistics', 'Johnson Controls', 'Washington Post', '中国科学院自动化研究所'],
    model: ['Qwen2.5', 'Target2'],
  };
  t.strictSame(found('Kowalczyk Systemy, Vantrix, Orbelon', vault), ['Kowalczyk Systemy', 'Vantrix', 'Orbelon']);
  t.strictSame(found('Mueller & Sohne, Muller und Soehne', vault), ['Mueller & Sohne', 'Muller und Soehne']);
  t.strictSame(found('Northwind of Johnson in Washington', vault), ['Northwind']);
  t.strictSame(found('联想集团 is Lenovo, 中科院自动化所', vault), ['联想集团', 'Lenovo', '中科院自动化所']);
  t.strictSame(found('Qwen met a target', vault), ['Qwen']);
});

test('words that sound like a name are none, however rare, and a syllable of a name alone is nobody', async (t) => {
  const vault = { reporter: ['王小明', '李明'], developer: ['矿视', '摆度科技'] };
  t.strictSame(found('这种矿石很重，他用摆渡车', vault), []);
  t.strictSame(found('a vase of the Ming dynasty beside Wang computers', vault), []);
});
