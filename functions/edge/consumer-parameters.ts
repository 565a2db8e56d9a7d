/** Query parameters and headers that the routes of /v1/consumers read. */
import { ConsumerId } from '../../shared/consumers/consumer.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Query } from '../../shared/native/native-path.ts';
import type { Headers } from '../../shared/upstream/upstream.ts';

const defaultPageSize = 20;
const mostPageSize = 100;

const lastOf = (pairs: Query | Headers, wanted: string): string | undefined =>
  pairs.findLast(([name]) => name === wanted)?.[1];

const invalid = (parameter: string, detail: string): AppError =>
  new AppError('REQUEST_INVALID', { detail, source: { parameter } });

/** Where a page begins, and how long it is. @throws AppError REQUEST_INVALID. */
export const readPage = (query: Query): { readonly after: string | undefined; readonly limit: number } => {
  const limit = lastOf(query, 'page[limit]') ?? String(defaultPageSize);
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > mostPageSize)
    throw invalid('page[limit]', `page[limit] is a whole number from 1 to ${mostPageSize}.`);
  const after = lastOf(query, 'page[after]');
  if (after !== undefined && !ConsumerId.safeParse(after).success)
    throw invalid('page[after]', 'Follow links.next of the page before.');
  return { after, limit: Number(limit) };
};

/** The version that If-Match names; undefined = any. @throws AppError REQUEST_INVALID. */
export const readIfMatch = (headers: Headers): number | undefined => {
  const value = lastOf(headers, 'if-match')?.trim();
  if (value === undefined || value === '*') return undefined;
  const version = /^"(\d{1,15})"$/.exec(value)?.[1];
  if (version !== undefined) return Number(version);
  throw new AppError('REQUEST_INVALID', {
    detail: 'If-Match holds the ETag of the consumer as it was read, such as "3".',
    source: { header: 'If-Match' },
  });
};
