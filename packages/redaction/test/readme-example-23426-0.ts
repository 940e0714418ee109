import { leakCheck, neutralNames, protectedTerms, pseudonyms, scrub } from '@detente/redaction';

const index = protectedTerms([
  { developer: ['youtube'], deployer: ['keolis-north-america'] },
  { deployer: ['google'] },
]);
const report = { title: 'Google’s YouTube Kids App Presents Inappropriate Content' };
// A node takes `pseudonym(secret, kind, name)` of @detente/keys.
const { fields } = scrub(
  report,
  index,
  pseudonyms((kind) => (kind === 'developer' ? 'A7F3' : '0B51')),
);
console.log(fields.title); // Deployer 0B51’s Developer A7F3 Kids App Presents Inappropriate Content
console.log(scrub({ title: 'by Google' }, index, neutralNames).fields.title); // by a deployer
console.log(leakCheck(fields, index)); // []
console.log(leakCheck({ title: 'by G\u200boogle' }, index)); // [{ at: '/title', start: 3, end: 10, kind: 'deployer' }]
