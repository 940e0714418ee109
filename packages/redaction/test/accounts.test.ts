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
