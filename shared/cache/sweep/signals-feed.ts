/** ChangeFeed over `GET /entities` of a Signals tenant. */
import * as z from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { headerValue } from '../../upstream/upstream.ts';
import { parseHttpDate } from '../http/http-date.ts';
import type { Answer } from '../make-entry.ts';
import type { ChangeFeed, FeedQuery } from './sweep.ts';

/** Asks the tenant by `GET` for a path and query below the base path, as background work of the facade itself. */
export type Ask = (pathAndQuery: string) => Promise<Answer & { readonly body: Uint8Array }>;

const Listing = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Templates are listed too: an answer about one looks like any other. The listing leaves the trashed out by itself. */
const optionsOf = (trashed: boolean): string =>
  ['template', 'nontemplate', ...(trashed ? ['trashed', 'trashedAncestor'] : [])].join(',');

const queryOf = ({ sinceMillis, types, trashed, offset, limit }: FeedQuery): string =>
  new URLSearchParams({
    includeOptions: optionsOf(trashed),
    ...(types ? { includeTypes: types.join(',') } : {}),
    // Second precision: rounded down, so that nothing of that second is missed.
    start: `${new Date(sinceMillis).toISOString().slice(0, 19)}.000Z`,
    include: 'owner',
    'page[offset]': String(offset),
    'page[limit]': String(limit),
  }).toString();

/** @throws AppError REQUEST_INVALID for a 400 of the tenant, UPSTREAM_UNREADABLE for any other answer that is no listing. */
export const createSignalsFeed = (ask: Ask): ChangeFeed => ({
  async list(query) {
    const { status, headers, body } = await ask(`/entities?${queryOf(query)}`);
    if (status === 400) throw new AppError('REQUEST_INVALID', { detail: 'The tenant refused the listing of changes.' });
    if (status !== 200) throw new AppError('UPSTREAM_UNREADABLE', { detail: `The tenant answered ${status}.` });
    const { data } = Listing.parse(JSON.parse(Buffer.from(body).toString('utf8')));
    return {
      eids: data.map(({ id }) => id),
      tenantMillis: parseHttpDate(headerValue(headers, 'date'), Date.now()),
    };
  },
});
