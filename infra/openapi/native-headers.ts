/** Header fields of every answer that the native pipeline gives: to native operations, and to forwarded uploads. */
import type { Json } from './native-api.ts';

export const nativeHeaders: Json = {
  'X-Request-Id': { $ref: '#/components/headers/RequestId' },
  'X-Acting-As': { $ref: '#/components/headers/ActingAs' },
  'Cache-Status': { $ref: '#/components/headers/CacheStatus' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
  RateLimit: { $ref: '#/components/headers/RateLimit' },
};
