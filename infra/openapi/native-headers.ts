/** Header fields of what the native pipeline answers: to native operations, and to forwarded uploads. */
import type { Json } from './native-api.ts';

/** How the budget stands: with answers, and with what the quota refuses. */
const rateLimit: Json = {
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
  RateLimit: { $ref: '#/components/headers/RateLimit' },
};
/** Of every answer and failure for which the tenant may have been called. */
export const actingAs: Json = { 'X-Acting-As': { $ref: '#/components/headers/ActingAs' } };

export const nativeHeaders: Json = {
  'X-Request-Id': { $ref: '#/components/headers/RequestId' },
  ...actingAs,
  'Cache-Status': { $ref: '#/components/headers/CacheStatus' },
  ...rateLimit,
};

/** Of a failure, beyond those that each failure has. */
export const nativeFailureHeaders = (status: number): Json => ({ ...actingAs, ...(status === 429 ? rateLimit : {}) });
