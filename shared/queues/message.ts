/** The outcome of a queue's message, and the port that carries it out. */
import { AppError } from '../errors/app-error.ts';
import { errorCatalogue } from '../errors/catalogue.ts';

export type MessageOutcome =
  | { readonly kind: 'done' }
  /**
   * It is received again after `afterSeconds`; by default after a time that grows with each receive. `leastSeconds` is what the failure
   * says: the first pause, and the least of the later ones.
   */
  | { readonly kind: 'retry'; readonly afterSeconds?: number; readonly leastSeconds?: number; readonly reason: string }
  /** It goes to the dead-letter queue with its reason, and is not retried. */
  | { readonly kind: 'dead-letter'; readonly reason: string };

export const done: MessageOutcome = { kind: 'done' };

/** A message as it was received, for the dead-letter queue. */
export type Letter = {
  readonly messageId: string;
  readonly body: string;
  /** Message group of a FIFO queue. */
  readonly group?: string | undefined;
  readonly attributes: Readonly<Record<string, LetterAttribute>>;
  readonly traceHeader?: string | undefined;
};
export type LetterAttribute = {
  readonly dataType: string;
  readonly text?: string | undefined;
  readonly bytes?: Uint8Array | undefined;
};

/** Port: what can be done to a message that was received, beside deleting it. */
export interface MessageCare {
  /** Hides the message from receivers for `seconds` from now. @throws when it is not known to be hidden. */
  hide(receiptHandle: string, seconds: number): Promise<void>;
  /** Puts a copy with its reason into the dead-letter queue. @throws when it is not known to be there. */
  keep(letter: Letter, reason: string): Promise<void>;
}

/** The outcome of a failure: a failure that no retry can correct is a dead letter, and an unknown one is retried. */
export const outcomeOfError = (error: unknown): MessageOutcome => {
  if (!(error instanceof AppError)) return { kind: 'retry', reason: error instanceof Error ? error.name : 'unknown' };
  const { code, facts } = error;
  if (!errorCatalogue[code].retryable) return { kind: 'dead-letter', reason: code };
  const { retryAfterSeconds } = facts;
  return {
    kind: 'retry',
    reason: code,
    ...(retryAfterSeconds === undefined ? {} : { leastSeconds: retryAfterSeconds }),
  };
};
