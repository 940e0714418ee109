// What a database is asked, counted: tests hold the number of statements against a bound, never the time.

import type { Asker, Database, Transaction } from '@detente/store/database';

/** @returns a database that counts every statement but BEGIN and COMMIT */
export function countQueries(inner: Database): { database: Database; asked: { count: number } } {
  const asked = { count: 0 };
  const counting = <A extends Asker>(asker: A): A =>
    new Proxy(asker, {
      get(target, name, receiver) {
        if (name === 'query' || name === 'execute') asked.count += 1;
        return Reflect.get(target, name, receiver);
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
