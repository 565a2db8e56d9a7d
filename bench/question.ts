/** What a file in questions/ exports: one question about speed, and a run that answers it with tables of figures. */

export type Question = {
  /** Names the question on the command line and its file of results. */
  readonly name: string;
  readonly title: string;
  /** The question itself, in a sentence. */
  readonly asks: string;
};

export type RunOptions = {
  /** A few samples only: shows that the run works, tells nothing about speed. */
  readonly quick: boolean;
  /** Told what is being done, a line at a time. */
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
  /** What happened, as against how long it took: these a test may compare. */
  readonly counts: Readonly<Record<string, number>>;
};

export type QuestionModule = {
  readonly question: Question;
  readonly run: (options: RunOptions) => Promise<Result>;
};
