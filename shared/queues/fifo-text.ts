import { createHash } from 'node:crypto';

/** What SQS takes as message group or deduplication id: letters, digits and punctuation, 128 at most (API reference, SendMessage). */
const allowed = /^[!-~]{1,128}$/;

/** The text as message group or deduplication id: itself where SQS takes it, else its hash. */
export const toFifoText = (text: string): string =>
  allowed.test(text) ? text : createHash('sha256').update(text).digest('hex');
