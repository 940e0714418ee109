import { namesIn } from '@detente/testkit';
import { test } from 'tap';

const name = 'Zyzzyva Quorlane';
const others = ['Harbour Works', 'Northlight'];

function find(text: string): string[] {
  return namesIn(Buffer.from(text), [name, ...others]);
}

test('a name is found in every encoding that a reader of the wire would think of', (t) => {
  const shown = `said of ${name} that`;
  for (let shift = 0; shift < 3; shift++) {
    const bytes = Buffer.from('x'.repeat(shift) + shown);
    t.same(find(bytes.toString('base64url')), [name], `base64url at alignment ${shift}`);
    t.same(find(`{"b":"${bytes.toString('base64')}"}`), [name], `base64 at alignment ${shift}`);
    t.same(find(`~${Buffer.from(bytes.toString('base64url')).toString('base64url')}~`), [name], 'within base64url');
  }
  t.same(find(`abcde${Buffer.from(shown).toString('base64url')}`), [name], 'base64url behind other letters');
  t.same(find(shown.toUpperCase()), [name], 'in capitals');
  t.same(find(shown.replaceAll('y', '\\u0079')), [name], 'escaped as in JSON');
  t.same(find(`/search?q=${encodeURIComponent(name)}`), [name], 'escaped as in an address');
  t.same(find('Zyzzyva Qu\r\n1f\r\norlane'), [name], 'across two chunks of an answer');
  t.same(find('Zyzzyva, and Quorlane'), [], 'and nothing else is');
  t.end();
});
