/** Whether a call that failed can have changed anything. */
import { AppError } from '../errors/app-error.ts';
import { type ErrorCode, errorCatalogue } from '../errors/catalogue.ts';

/** Refusals with a status of 5xx: the upstream has refused the credential, or was never asked. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'CREDENTIAL_UNAVAILABLE',
  'AUDIT_UNAVAILABLE',
  'IDEMPOTENCY_UNAVAILABLE',
]);

/** True when nothing was carried out for certain: refused by the facade or, as to the credential, by the upstream. */
export const changedNothing = (error: unknown): boolean =>
  error instanceof AppError &&
  (error.facts.sent === false || errorCatalogue[error.code].status < 500 || refusals.has(error.code));
