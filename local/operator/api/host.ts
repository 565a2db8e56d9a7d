/** What commands of the stage's API need of the machine that they run on. */
import type { Output } from './output.ts';

export type Host = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results only. */
  readonly stdout: Output;
  /** Everything else that a person reads. */
  readonly stderr: Output;
  /** Whether somebody can answer a question. */
  readonly canAsk: boolean;
  /** Whether standard output is a terminal, which keeps nothing. */
  readonly canShow: boolean;
  /** Asks without an echo, or reads standard input to its end. */
  readonly readSecret: (question: string) => Promise<string>;
  readonly readLine: (question: string) => Promise<string>;
  readonly fetch: typeof fetch;
  /** The base URL of a deployed stage. @throws UsageError when there is none. */
  readonly findStageUrl: (stage: string, region: string | undefined) => Promise<string>;
  readonly pause: (millis: number) => Promise<void>;
  readonly nowMillis: () => number;
  readonly newId: () => string;
};
