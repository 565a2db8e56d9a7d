import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';

const codes: ReadonlySet<ErrorCode> = new Set(['TOO_MANY_REQUESTS', 'QUOTA_UNAVAILABLE']);

/** Whether a call was refused before it was sent, because others use the budget up. Such a call is no fault and no try. */
export const isForLater = (error: unknown): error is AppError => error instanceof AppError && codes.has(error.code);
