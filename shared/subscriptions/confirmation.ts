/** Proof that a consumer reads a queue: a code that was put into it and is given back. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors/app-error.ts';
import type { Confirmation } from './subscription.ts';

const validMillis = 3_600_000;
const mostWrongCodes = 5;
/** Nobody shall fill a stranger's queue. */
const mostCodes = 10;
const pauseMillis = 30_000;

const hashOf = (code: string): string =>
  createHash('sha256').update(`signals-facade-confirmation:${code}`).digest('hex');

/** 80 random bits. */
const createCode = (): string => randomBytes(10).toString('hex');

/** A new code, in place of the one before. @throws AppError CONFIRMATION_REFUSED when too many were sent, or one just now. */
export const nextCode = (
  before: Confirmation | undefined,
  nowMillis: number,
): { readonly code: string; readonly confirmation: Confirmation } => {
  if (before && before.sent >= mostCodes)
    throw new AppError('CONFIRMATION_REFUSED', {
      detail: `${mostCodes} codes were sent to this queue. Delete the subscription and make another.`,
    });
  if (before && nowMillis < before.sentAtMillis + pauseMillis)
    throw new AppError('CONFIRMATION_REFUSED', {
      detail: 'A code was sent less than 30 s ago. Look for it in the queue, or ask again later.',
    });
  const code = createCode();
  return {
    code,
    confirmation: {
      codeHash: hashOf(code),
      expiresAtMillis: nowMillis + validMillis,
      wrongCodes: 0,
      sentAtMillis: nowMillis,
      sent: (before?.sent ?? 0) + 1,
    },
  };
};

/** Whether a code may be looked at, and whether it is the right one. Every comparison takes the same time. */
export const checkCode = (
  { codeHash, expiresAtMillis, wrongCodes }: Confirmation,
  code: string,
  nowMillis: number,
): 'right' | 'wrong' | 'over' => {
  const isRight = timingSafeEqual(Buffer.from(hashOf(code), 'hex'), Buffer.from(codeHash, 'hex'));
  if (nowMillis >= expiresAtMillis || wrongCodes >= mostWrongCodes) return 'over';
  return isRight ? 'right' : 'wrong';
};

/** Type of the event that carries a code. Its form is that of every other message: one CloudEvent. */
const confirmationType = 'signals-facade.subscription.confirmation';

/** Body of the message that carries a code. @param source `/signals-facade/<stage>`. */
export const confirmationMessage =
  (source: string, nowMillis: () => number) =>
  ({ id }: { readonly id: string }, code: string): string =>
    JSON.stringify({
      specversion: '1.0',
      id: `${id}-${randomBytes(6).toString('hex')}`,
      source,
      type: confirmationType,
      subject: `subscriptions/${id}`,
      time: new Date(nowMillis()).toISOString(),
      datacontenttype: 'application/json',
      data: { subscriptionId: id, code, confirmAt: `/v1/subscriptions/${id}/confirmation` },
    });
