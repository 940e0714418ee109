// What is asked and verified, counted: tests hold the number against a bound, never the time.

import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { Asker, Database, Transaction } from '@detente/store/database';

/** @returns a database that counts every statement but BEGIN and COMMIT, and the rows that come back */
export function countQueries(inner: Database): { database: Database; asked: { count: number; rows: number } } {
  const asked = { count: 0, rows: 0 };
  const counting = <A extends Asker>(asker: A): A =>
    new Proxy(asker, {
      get(target, name, receiver) {
        if (name === 'query' || name === 'execute') asked.count += 1;
        if (name !== 'query') return Reflect.get(target, name, receiver);
        return async (...question: Parameters<Asker['query']>) => {
          const rows = await target.query(...question);
          asked.rows += rows.length;
          return rows;
        };
      },
    });
  const database: Database = {
    now: counting(inner.now),
    read: (ask) => inner.read((reader) => ask(counting(reader))),
    write: (change, options) => inner.write((tx) => change(counting<Transaction>(tx)), options),
    close: () => inner.close(),
  };
  return { database, asked };
}

/** Counts the signatures that this process verifies, by node:crypto and by WebCrypto, until the test ends. */
export function countVerifications(t: { teardown(end: () => unknown): unknown }): { count: number } {
  const counted = { count: 0 };
  const { verify, webcrypto } = crypto;
  const subtle = webcrypto.subtle.verify;
  crypto.verify = ((...all: Parameters<typeof verify>) => {
    counted.count += 1;
    return verify(...all);
  }) as typeof verify;
  webcrypto.subtle.verify = function (...all) {
    counted.count += 1;
    return subtle.apply(this, all);
  };
  syncBuiltinESMExports();
  t.teardown(() => {
    Object.assign(crypto, { verify });
    webcrypto.subtle.verify = subtle;
    syncBuiltinESMExports();
  });
  return counted;
}
