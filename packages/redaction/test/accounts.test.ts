// User names, handles, and numbers by which somebody is kept.
import { test } from 'tap';
import { findIdentifiers } from '../src/findings.ts';

const accounts = (text: string) =>
  findIdentifiers(text).flatMap(({ start, end, kind }) => (kind === 'account' ? text.slice(start, end) : []));

test('a handle is told by its form, or by where it is one', (t) => {
  t.same(accounts('Contact Rahul (@rahul_sec91).'), ['@rahul_sec91']);
  t.same(accounts('Follow us on Instagram @lindakoch.'), ['@lindakoch']);
  t.same(accounts('Use @media and @param, or write to a@b_1.example or @types/node_1.'), []);
  t.end();
});

test('a user name is told by what it is called', (t) => {
  for (const text of ['username: jsmith', 'Login ID = kmatsuda', 'his WeChat ID is li_na88', 'GitHub handle: aoife-b'])
    t.same(accounts(text), [text.split(/(?: is|:| =) /).at(-1)], text);
  t.same(accounts('他的微信号是fanzd_88，用户名：wangwei'), ['fanzd_88', 'wangwei']);
  t.same(accounts('QQ号 123456789'), ['123456789']);
  t.same(accounts('The login page was down and the user name field empty.'), []);
  t.end();
});

test('a number is told by whose it is, and is no phone number or postcode', (t) => {
  t.same(accounts('Patient, MRN 00482913, was discharged.'), ['00482913']);
  t.same(accounts('employee ID 48213 and invoice no. 415-555-2671'), ['48213', '415-555-2671']);
  t.same(accounts('Case No. 23-cv-1234; booking reference QX7T4Z'), ['23-cv-1234', 'QX7T4Z']);
  t.same(accounts('病历号：20231145，订单号： 415-555-2671'), ['20231145', '415-555-2671']);
  t.same(accounts('In case 12 of 40 the order was late; version 2024 of the policy'), []);
  t.end();
});

test('years, dates and what is too short are none, however they are called', (t) => {
  for (const none of ['2024', '1999', '2024-03-05', '12.03.24', '5/3/2024', '12', 'a1', 'B7', 'pending'])
    t.same(accounts(`The claim no. ${none} was filed.`), [], none);
  for (const one of ['123', 'AB12', 'ab1c', '2024-03-05-7', 'CLM-2024-03-05', '20245', '12024', '2024-003-05', 'x_yz'])
    t.same(accounts(`The claim no. ${one} was filed.`), [one], one);
  t.end();
});

test('between what it is called and the number a word and signs may stand, and no other word', (t) => {
  for (const link of [' ', ': ', ' is ', ' was ', ' #', ' (', '="'])
    t.same(accounts(`The MRN${link}00482913 there`), ['00482913'], link);
  for (const link of [' printed ', ' ......', ' is not ', '. At '])
    t.same(accounts(`The MRN${link}00482913 there`), [], link);
  t.same(accounts('病历号为20231145，工号是B-7731'), ['20231145', 'B-7731']);
  t.same(accounts('他在20231145年工作，住在B-7731室'), []);
  const [found] = findIdentifiers('Ask @rahul_sec91.');
  t.match(found, { kind: 'account', confidence: 0.8, reason: 'form' });
  t.match(findIdentifiers('MRN 00482913')[0], { kind: 'account', confidence: 0.95, reason: 'cue' });
  t.end();
});

test('the number of a bank account goes with all its groups, and a docket as a whole', (t) => {
  t.same(accounts('银行账号 6217 0001 2345 6789 012'), ['6217 0001 2345 6789 012']);
  t.same(accounts('his account no. 1234-5678-9012 was charged'), ['1234-5678-9012']);
  t.same(accounts('case no. 3:24-cv-05811, at 3:24 pm'), ['3:24-cv-05811']);
  t.same(accounts('Doe v. X, No. 3:24-cv-05811-RS.'), ['3:24-cv-05811-RS']);
  t.end();
});

test('a folder tells whose it is, but where machines made it', (t) => {
  t.same(accounts('/home/jdoe/models/run.log and /Users/john.doe/x'), ['jdoe', 'john.doe']);
  t.same(accounts('C:\\Users\\jdoe\\x.txt, "C:\\\\Users\\\\anna"'), ['jdoe', 'anna']);
  t.same(accounts('/home/ubuntu/x, C:\\Users\\Public, example/home/page'), []);
  t.end();
});
