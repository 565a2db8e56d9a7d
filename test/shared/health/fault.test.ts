/** What a failed check says: what cannot be reached and why, and nothing of the error's own text. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { faultSentence, naming } from '../../../shared/health/fault.ts';

const named = (name: string, facts: object = {}): Error => Object.assign(new Error('secret-text'), { name, ...facts });
const sentenceOf = (cause: unknown): Promise<string> =>
  naming('the table of the quota', Promise.reject(cause)).then(() => 'none', faultSentence);

describe('a check that fails', () => {
  it.each([
    [named('ProvisionedThroughputExceededException'), 'AWS throttles it'],
    [named('ThrottlingException'), 'AWS throttles it'],
    [named('AccessDeniedException'), 'the facade has no right to it'],
    [named('ResourceNotFoundException'), 'it is not there'],
    [named('AWS.SimpleQueueService.NonExistentQueue'), 'it is not there'],
    [named('DisabledException'), 'its key is disabled'],
    [named('TimeoutError'), 'it does not answer'],
    [named('Error', { code: 'ECONNREFUSED' }), 'it does not answer'],
    [named('SomethingElse'), 'it failed'],
    ['no error at all', 'it failed'],
  ])('names the kind of %s', async (cause, kind) => {
    const wanted = `The table of the quota cannot be reached: ${kind}.`;
    expect(await sentenceOf(cause)).toBe(wanted);
    // A store wraps the error of its client.
    expect(await sentenceOf(new AppError('QUOTA_UNAVAILABLE', { cause, detail: 'secret-text' }))).toBe(wanted);
  });

  it('says so of a fault without a name, and ends at causes in a circle', () => {
    const circle = named('Error');
    circle.cause = circle;
    expect(faultSentence(circle)).toBe('What the check looks at cannot be reached: it failed.');
  });

  it('gives back what did not fail', async () => {
    expect(await naming('x', Promise.resolve(7))).toBe(7);
  });
});
