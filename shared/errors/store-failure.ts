/**
 * Failures of stores. A store that refuses, is too slow or cannot be reached is not a fault of the facade's code: the
 * caller gets 503 with that store's code, and the log gets the cause.
 */
import * as z from 'zod';
import { AppError } from './app-error.ts';

/** Codes of stores whose failure ends a request. */
export type StoreCode =
  | 'ARCHIVE_UNAVAILABLE'
  | 'AUDIT_UNAVAILABLE'
  | 'CACHE_UNAVAILABLE'
  | 'CONSUMERS_UNAVAILABLE'
  | 'CREDENTIAL_STORE_UNAVAILABLE'
  | 'EXPORTS_UNAVAILABLE'
  | 'KEY_SERVICE_UNAVAILABLE'
  | 'LISTS_UNAVAILABLE'
  | 'NOTIFICATIONS_UNAVAILABLE'
  | 'QUEUES_UNAVAILABLE'
  | 'QUOTA_UNAVAILABLE'
  | 'REGISTRATIONS_UNAVAILABLE'
  | 'REQUESTS_UNAVAILABLE'
  | 'SUBSCRIPTIONS_UNAVAILABLE'
  | 'TOKENS_UNAVAILABLE'
  | 'UPLOADS_UNAVAILABLE';

/** The Retry-After of such a failure. Most outages of a table are throttling, which ends within seconds. */
export const storeRetrySeconds = 5;

/** Errors of JavaScript and of schemas come from wrong code or data, unless a client made them from an answer. */
export const isFault = (error: unknown): boolean => {
  if (error instanceof z.ZodError) return true;
  const isOfLanguage = [TypeError, RangeError, ReferenceError, SyntaxError].some((type) => error instanceof type);
  return isOfLanguage && !('$metadata' in (error as object));
};

const toStoreError = (code: StoreCode, error: unknown): unknown =>
  error instanceof AppError || isFault(error)
    ? error
    : new AppError(code, {
        detail: `A store of the facade refused, or did not answer in time. Try again in ${storeRetrySeconds} s. Read before you repeat a write: it may have been carried out.`,
        retryAfterSeconds: storeRetrySeconds,
        cause: error,
      });

type Method = (...parameters: never[]) => unknown;

/**
 * Wraps a store: its methods fail with the store's code. Errors that have a code, and faults of the facade's own code,
 * pass unchanged.
 * @param store an object of functions that return promises, such as an adapter.
 */
export const namingFailures = <Store extends object>(code: StoreCode, store: Store): Store => {
  const named = Object.entries(store).map(([name, method]) => [
    name,
    async (...parameters: never[]): Promise<unknown> => {
      try {
        return await (method as Method)(...parameters);
      } catch (error) {
        throw toStoreError(code, error);
      }
    },
  ]);
  return Object.fromEntries(named) as Store;
};
