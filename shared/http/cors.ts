/**
 * Decides which web pages may call the facade from a browser, what they may send and what they may read (Fetch
 * standard, "CORS protocol"). A stage lists the origins; the default is none. No answer allows credentials, because a
 * facade key is a header and no API of the facade uses cookies.
 */
import * as z from 'zod';
import { commaList } from './comma-list.ts';
import { isLoopbackName } from './loopback.ts';

/** No `*`, and no quote: API Gateway's own answers hold an origin in quotes. */
const hostForm = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;

/** Whether a text is an origin exactly as a browser sends it: https, or http on the page's own machine. */
export const isPageOrigin = (text: string): boolean => {
  const url = URL.parse(text);
  if (url?.origin !== text || !hostForm.test(url.hostname)) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url.hostname));
};

/** Origins that a stage names, as a comma list or a list; each once. */
export const CorsOrigins = z
  .preprocess(
    commaList,
    z.array(z.string().refine(isPageOrigin, 'must be origins such as https://app.example.com')).max(20),
  )
  .transform((origins) => [...new Set(origins)]);

/** Starts of paths that no page of another origin calls: pages for people, the documents, and what the tenant calls. */
const notForPages = [
  '/oauth/',
  '/actions/',
  '/docs',
  '/me',
  '/ops',
  '/health',
  '/openapi.json',
  '/asyncapi.json',
  '/hooks/',
  '/lists/',
  '/sources/',
];

/** Whether pages of other origins may call `path`. */
export const isForPages = (path: string): boolean => !notForPages.some((start) => path.startsWith(start));

/** Every method that the facade accepts. A page may send GET, HEAD and POST without a preflight. */
export const allowedMethods = 'GET, HEAD, POST, PUT, PATCH, DELETE';

/**
 * The request headers that pages may send, because the facade reads them or sends them to the upstream. A stage may add
 * names.
 */
export const allowedHeaders: readonly string[] = [
  'Accept',
  'Accept-Language',
  'Authorization',
  'Cache-Control',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Language',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-Modified-Since',
  'If-None-Match',
  'If-Range',
  'If-Unmodified-Since',
  'Prefer',
  'Range',
  'X-Api-Key',
  'X-On-Behalf-Of',
];

/** The headers of answers that a page may read, besides those that every page may (Fetch standard, "CORS-safelisted"). */
export const exposedHeaders: readonly string[] = [
  'Accept-Ranges',
  'Age',
  'Allow',
  'Cache-Status',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Location',
  'Content-Range',
  'Date',
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'WWW-Authenticate',
  'X-Acting-As',
  'X-Amzn-Remapped-Content-Length',
  'X-Amzn-Remapped-Date',
  'X-Amzn-Remapped-WWW-Authenticate',
  'X-Request-Id',
];

/** How long a browser keeps the answer to a preflight: as long as Chromium does at most. */
export const preflightSeconds = 7_200;
