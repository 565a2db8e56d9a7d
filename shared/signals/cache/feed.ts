/** ChangeFeed over `GET /entities` of a Signals tenant. */
import * as z from 'zod';
import { AppError } from '../../errors/app-error.ts';
import type { AskUpstream, ChangeFeed, FeedQuery, ListedChange } from '../../exchange/cache-rules.ts';
import { headerValue } from '../../http/headers.ts';
import { parseHttpDate } from '../../time/http-date.ts';
import { ListingLinks, nextOffsetOf, readListing } from '../listing.ts';
import { stampOf } from './stamp.ts';

/** What is of another type than it should be is left out: the id alone is needed. */
const text = z.string().optional().catch(undefined);
const Attributes = z.object({ state: text, createdAt: text, editedAt: text }).optional().catch(undefined);

const Relationships = z
  .object({ ancestors: z.object({ data: z.array(z.object({ id: z.string() })) }) })
  .optional()
  .catch(undefined);

const Listing = z.object({
  data: z.array(z.looseObject({ id: z.string(), attributes: z.unknown().optional(), relationships: Relationships })),
  links: ListingLinks,
});
type Listing = z.infer<typeof Listing>;

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

const instantOf = (time: string | undefined): number | undefined => {
  const millis = Date.parse(time ?? '');
  return Number.isNaN(millis) ? undefined : millis;
};

const toChange = (resource: Listing['data'][number]): ListedChange => {
  const attributes = Attributes.parse(resource.attributes);
  return {
    eid: resource.id,
    state: attributes?.state,
    createdAtMillis: instantOf(attributes?.createdAt),
    editedAtMillis: instantOf(attributes?.editedAt),
    stamp: stampOf(resource),
    ancestors: resource.relationships?.ancestors.data.map(({ id }) => id),
  };
};

/** @throws AppError REQUEST_INVALID for a 400 of the tenant, UPSTREAM_UNREADABLE for any other answer that is no listing. */
export const createSignalsFeed = (ask: AskUpstream): ChangeFeed => ({
  async list(query) {
    const { status, headers, body, principal } = await ask(`/entities?${queryOf(query)}`);
    if (status === 400) throw new AppError('REQUEST_INVALID', { detail: 'The tenant refused the listing of changes.' });
    if (status !== 200) throw new AppError('UPSTREAM_UNREADABLE', { detail: `The tenant answered ${status}.` });
    const listing = readListing(Listing, body, 'The tenant answered 200 with no listing.');
    return {
      eids: listing.data.map(({ id }) => id),
      changes: listing.data.map(toChange),
      nextOffset: nextOffsetOf(listing, query),
      principal,
      tenantMillis: parseHttpDate(headerValue(headers, 'date'), Date.now()),
    };
  },
});
