/** What becomes of answers of the upstream that a kind has no use for. */
import { Readable } from 'node:stream';
import type { CallAnswer } from './kind.ts';

export const release = ({ body }: CallAnswer): void => {
  if (body instanceof Readable) body.destroy();
};

/** Answers that a later try may change are thrown as errors: the step is tried again. */
export const unexpected = (what: string, answer: CallAnswer): Error => {
  release(answer);
  return new Error(`${what}: the upstream answered with ${answer.status}`);
};
