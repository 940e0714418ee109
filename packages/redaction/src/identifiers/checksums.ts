// Check digits and letters, by the standards that define them.

/** ISO/IEC 7812-1: cards, and several countries' numbers. */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, nth = 0; at >= 0; at--, nth++) {
    const digit = digits.charCodeAt(at) - 48;
    sum += nth % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** The sum of digits times weights; what goes beyond the weights does not count. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * (digits.charCodeAt(at) - 48), 0);
}

/** The rest of a long decimal number. */
export function rest(digits: string, modulus: number): number {
  let left = 0;
  for (let at = 0; at < digits.length; at++) left = (left * 10 + digits.charCodeAt(at) - 48) % modulus;
  return left;
}

/** ISO 7064 MOD 97-10 as IBAN has it: letters are 10 to 35. */
export function isMod97(text: string): boolean {
  const digits = Array.from(text, (char) => Number.parseInt(char, 36)).join('');
  return rest(digits, 97) === 1;
}

/** ISO 7064 MOD 11,10, the check digit last. */
export function isMod11And10(digits: string): boolean {
  let product = 10;
  for (let at = 0; at < digits.length - 1; at++) {
    const sum = (digits.charCodeAt(at) - 48 + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === digits.charCodeAt(digits.length - 1) - 48;
}

const TURN = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PERMUTE = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff's, the check digit last. */
export function isVerhoeff(digits: string): boolean {
  let check = 0;
  for (let at = digits.length - 1, nth = 0; at >= 0; at--, nth++) {
    const permuted = PERMUTE[nth % 8]!.charCodeAt(digits.charCodeAt(at) - 48) - 48;
    check = TURN[check]!.charCodeAt(permuted) - 48;
  }
  return check === 0;
}

/** Whether there is such a day; a year of two digits is of this or the last century. */
export function isDay(year: string, month: string, day: string): boolean {
  const [y, m, d] = [Number(year.length === 2 ? `20${year}` : year), Number(month), Number(day)];
  if (year.length === 4 && (y < 1850 || y > 2100)) return false;
  return m >= 1 && m <= 12 && d >= 1 && d <= new Date(Date.UTC(y, m, 0)).getUTCDate();
}

/** The digits of a text. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

const VIN_VALUES = new Map(
  Array.from('ABCDEFGHJKLMNPRSTUVWXYZ', (letter, at) => [letter, Number('12345678123457923456789'.charAt(at))]),
);
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** 49 CFR 565.15, GB 16735: the ninth of seventeen, X for ten. */
export function isVin(vin: string): boolean {
  const sum = VIN_WEIGHTS.reduce((all, weight, at) => {
    const sign = vin.charAt(at);
    return all + weight * (VIN_VALUES.get(sign) ?? Number(sign));
  }, 0);
  return '0123456789X'.charAt(sum % 11) === vin.charAt(8);
}
