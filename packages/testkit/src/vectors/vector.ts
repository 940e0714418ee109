// What every file of test vectors is made of.

/** A case says what goes in under the names that the section uses; `expected` is the result, or `{ refused: code }`. */
export type Case = { name: string; expected: unknown } & Record<string, unknown>;

export type VectorFile = {
  description: string;
  /** Of docs/protocol.md. */
  section: string;
  /** What all cases share. */
  given?: Record<string, unknown>;
  cases: Case[];
};
