// What a bench answers with.

/** One figure, with whatever says how it came about. */
export type Row = { name: string; unit: string; ours: number } & Record<string, unknown>;

/** @param args of the command line behind the bench's name; @param say tells how far it is, one line at a time */
export type Bench = (args: readonly string[], say: (line: string) => void) => Promise<Row[]>;
