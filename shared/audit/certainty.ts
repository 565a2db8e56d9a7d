/** Decides whether a failed call can have changed anything. */
import { AppError } from '../errors/app-error.ts';
import { type ErrorCode, errorCatalogue } from '../errors/catalogue.ts';

/** Refusals with a status of 5xx: the upstream refused the credential, or was not called. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'CREDENTIAL_UNAVAILABLE',
  'AUDIT_UNAVAILABLE',
  'IDEMPOTENCY_UNAVAILABLE',
]);

/** True if it is certain that nothing was carried out: the facade refused, or the upstream refused the credential. */
export const changedNothing = (error: unknown): boolean =>
  error instanceof AppError &&
  (error.facts.sent === false || errorCatalogue[error.code].status < 500 || refusals.has(error.code));
