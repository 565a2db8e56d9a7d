/** The export of a file in questions/: a question about speed, and a run that answers it with tables of figures. */

export type Question = {
  /** Names the question on the command line and its file of results. */
  readonly name: string;
  readonly title: string;
  /** The question itself, in a sentence. */
  readonly asks: string;
};

export type RunOptions = {
  /** A few samples only: it shows that the run works, but not the speed. */
  readonly quick: boolean;
  /** How long a load goes on; left out: as long as the question has it. Questions about single calls have no use for it. */
  readonly minutes?: number;
  /** Called with one line for each step. */
  readonly progress: (line: string) => void;
};

export type Column = { readonly key: string; readonly title: string; readonly digits?: number };

export type Table = {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, string | number>>[];
};

export type Result = {
  readonly tables: readonly Table[];
  /** Counts, in contrast to times. Tests may compare them. */
  readonly counts: Readonly<Record<string, number>>;
  /** Promises that the run has seen broken, a line each. Any makes the command end with 1. */
  readonly broken?: readonly string[];
};

export type QuestionModule = {
  readonly question: Question;
  readonly run: (options: RunOptions) => Promise<Result>;
};
