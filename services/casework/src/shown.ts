// From rows to what the contract shows: times as text, and no member where a column is null.

export type Shown<Row> = { [Name in keyof Row as null extends Row[Name] ? never : Name]: ShownValue<Row[Name]> } & {
  [Name in keyof Row as null extends Row[Name] ? Name : never]?: ShownValue<NonNullable<Row[Name]>>;
};
type ShownValue<Value> = Value extends Date ? string : Value;

/** @param row columns by the names of the contract; a column that the contract requires is never null */
export function shown<Row extends object>(row: Row): Shown<Row> {
  const members = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(
    members.map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  ) as Shown<Row>;
}
