/** What becomes of answers of the upstream that a kind has no use for. */
import { Readable } from 'node:stream';
import { JobFailure } from './job-failure.ts';
import type { CallAnswer } from './kind.ts';

export const release = ({ body }: CallAnswer): void => {
  if (body instanceof Readable) body.destroy();
};

/** Answers that a later try may change are thrown as errors: the step is tried again. */
export const unexpected = (what: string, answer: CallAnswer): Error => {
  release(answer);
  return new Error(`${what}: the upstream answered with ${answer.status}`);
};

export const isGone = ({ status }: Pick<CallAnswer, 'status'>): boolean => status === 404 || status === 410;

/**
 * Goes on with the answer to the start of a job only when the tenant has accepted it.
 * @throws JobFailure when the thing is gone, or the tenant refuses to export it.
 */
export const checkStarted = (answer: CallAnswer, thing: 'entity' | 'library'): void => {
  const { status } = answer;
  if (status === 200 || status === 202) return;
  const error = unexpected('the start of the export', answer);
  if (isGone(answer)) throw new JobFailure('ENTITY_GONE', `The ${thing} is not there any more, or may not be read.`);
  if (status < 400 || status >= 500) throw error;
  throw new JobFailure('NOT_EXPORTABLE', `The tenant refused to export this ${thing} with these options (${status}).`);
};

/** The options of an export as parameters of the tenant. */
export const parametersOf = (options: object): [string, string][] =>
  Object.entries(options).map(([name, value]) => [name, String(value)]);
