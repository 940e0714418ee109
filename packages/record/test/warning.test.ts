// What may be warned of: severity 4 and above, disclosed up to green.
import { test } from 'tap';
import { issueRecord, type Severity, verifyWarning, WARNING_SEVERITY } from '../src/index.ts';
import { expectation, fullFields, input, signer } from './sample.ts';

/** A record of a severity, as far as a level discloses it. */
function presented(severity: Severity | null, level: number): string {
  const { token, lengths } = issueRecord(input({ fields: { ...fullFields, severity } }), signer);
  return token.slice(0, lengths[level]);
}

const of = (level: number): Severity => ({ level, axes: { people: level, safeguards: 0, reach: 0 } }) as Severity;

test('a record of severity 4 and above is a warning, at clear and at green', (t) => {
  t.equal(WARNING_SEVERITY, 4);
  for (const severity of [4, 5, 6, 7])
    for (const level of [1, 2])
      t.match(verifyWarning(presented(of(severity), level), expectation), { severity, level });
  t.end();
});

test('what is less grave, is not rated, does not say so or says more is none', (t) => {
  for (const severity of [of(3), of(0), 'unrated' as const, null])
    t.throws(() => verifyWarning(presented(severity, 2), expectation), { code: 'warning_severity' });
  t.throws(
    () => verifyWarning(presented(of(7), 0), expectation),
    { code: 'warning_severity' },
    'the signed part alone',
  );
  for (const level of [3, 4, 5])
    t.throws(() => verifyWarning(presented(of(7), level), expectation), { code: 'warning_level', params: { level } });
  t.throws(() => verifyWarning(presented(of(7), 2), { ...expectation, iss: 'https://other.example' }));
  t.end();
});
