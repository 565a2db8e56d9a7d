/** Which function answers which route, as data. What is missing here is missing in the twin too. */
import { signalsBasePath } from '../shared/config/names.ts';

export type FunctionName =
  | 'audit'
  | 'requests'
  | 'native'
  | 'uploads'
  | 'cache'
  | 'quota'
  | 'consumers'
  | 'credentials'
  | 'tokens'
  | 'documents';
/** Functions without a route. */
export type BackgroundName = 'sweep' | 'keepalive';
export type Route = { readonly method: string; readonly path: string; readonly function: FunctionName };

export const routes: readonly Route[] = [
  { method: 'ANY', path: `${signalsBasePath}/{proxy+}`, function: 'native' },
  { method: 'POST', path: '/v1/uploads', function: 'uploads' },
  { method: 'GET', path: '/v1/uploads/{uploadId}', function: 'uploads' },
  { method: 'DELETE', path: '/v1/uploads/{uploadId}', function: 'uploads' },
  { method: 'POST', path: '/v1/uploads/{uploadId}/forward', function: 'uploads' },
  { method: 'GET', path: '/v1/quota', function: 'quota' },
  { method: 'GET', path: '/v1/quota/bookings', function: 'quota' },
  { method: 'POST', path: '/v1/quota/bookings', function: 'quota' },
  { method: 'DELETE', path: '/v1/quota/bookings/{bookingId}', function: 'quota' },
  { method: 'GET', path: '/v1/requests/{requestId}', function: 'requests' },
  { method: 'GET', path: '/v1/audit', function: 'audit' },
  { method: 'GET', path: '/v1/me', function: 'consumers' },
  { method: 'GET', path: '/v1/consumers', function: 'consumers' },
  { method: 'POST', path: '/v1/consumers', function: 'consumers' },
  { method: 'GET', path: '/v1/consumers/{consumerId}', function: 'consumers' },
  { method: 'PATCH', path: '/v1/consumers/{consumerId}', function: 'consumers' },
  { method: 'DELETE', path: '/v1/consumers/{consumerId}', function: 'consumers' },
  { method: 'GET', path: '/v1/consumers/{consumerId}/keys', function: 'consumers' },
  { method: 'POST', path: '/v1/consumers/{consumerId}/keys', function: 'consumers' },
  { method: 'DELETE', path: '/v1/consumers/{consumerId}/keys/{keyId}', function: 'consumers' },
  { method: 'GET', path: '/v1/credentials', function: 'credentials' },
  { method: 'POST', path: '/v1/credentials', function: 'credentials' },
  { method: 'PATCH', path: '/v1/credentials/{credentialId}', function: 'credentials' },
  { method: 'DELETE', path: '/v1/credentials/{credentialId}', function: 'credentials' },
  { method: 'GET', path: '/v1/me/token', function: 'tokens' },
  { method: 'DELETE', path: '/v1/me/token', function: 'tokens' },
  { method: 'POST', path: '/v1/me/token/links', function: 'tokens' },
  { method: 'GET', path: '/v1/tokens', function: 'tokens' },
  { method: 'DELETE', path: '/v1/tokens/{tokenId}', function: 'tokens' },
  { method: 'GET', path: '/oauth/start', function: 'tokens' },
  { method: 'POST', path: '/oauth/start', function: 'tokens' },
  { method: 'GET', path: '/oauth/callback', function: 'tokens' },
  { method: 'POST', path: '/oauth/callback', function: 'tokens' },
  { method: 'GET', path: '/oauth/callback.js', function: 'tokens' },
  { method: 'GET', path: '/oauth/page.css', function: 'tokens' },
  { method: 'GET', path: '/v1/cache', function: 'cache' },
  { method: 'POST', path: '/v1/cache/purges', function: 'cache' },
  ...['/health', '/openapi.json', '/docs', '/docs/{proxy+}'].flatMap((path) =>
    ['GET', 'HEAD'].map((method): Route => ({ method, path, function: 'documents' })),
  ),
];

/** The routes that browsers ask before a page of another origin may call one of `/v1`. A route for ANY has OPTIONS already. */
export const preflightRoutes: readonly Route[] = routes
  .filter(({ path }, index) => path.startsWith('/v1/') && routes.findIndex((route) => route.path === path) === index)
  .map(({ path, function: name }) => ({ method: 'OPTIONS', path, function: name }));

/**
 * How big each function is and how long it may run. API Gateway streams an answer for 15 minutes at most, Lambda runs as
 * long at most; a download above 10 MB is slowed to 2 MB/s (developer guide, response streaming).
 */
export const functionSizes: Readonly<
  Record<FunctionName | BackgroundName, { readonly memoryMiB: number; readonly timeoutSeconds: number }>
> = {
  native: { memoryMiB: 1024, timeoutSeconds: 900 },
  uploads: { memoryMiB: 1024, timeoutSeconds: 900 },
  cache: { memoryMiB: 512, timeoutSeconds: 29 },
  quota: { memoryMiB: 512, timeoutSeconds: 29 },
  consumers: { memoryMiB: 512, timeoutSeconds: 29 },
  credentials: { memoryMiB: 512, timeoutSeconds: 29 },
  requests: { memoryMiB: 512, timeoutSeconds: 29 },
  audit: { memoryMiB: 512, timeoutSeconds: 29 },
  tokens: { memoryMiB: 512, timeoutSeconds: 29 },
  // A run of at most 240 s, and the touches that it has begun.
  keepalive: { memoryMiB: 512, timeoutSeconds: 300 },
  // Two runs of at most 25 s, 30 s apart.
  sweep: { memoryMiB: 512, timeoutSeconds: 58 },
  documents: { memoryMiB: 512, timeoutSeconds: 29 },
};
