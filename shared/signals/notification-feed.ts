/** NotificationFeed over `/notifications` of a Signals tenant. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { type Headers, headerValue } from '../http/headers.ts';
import type { FeedQuery, NotificationFeed } from '../notifications/pull.ts';
import { parseHttpDate } from '../time/http-date.ts';
import { ListingLinks, nextOffsetOf, readListing } from './listing.ts';

type Answer = { readonly status: number; readonly headers: Headers; readonly body: Uint8Array };
/** Gets a path and query below the base path, or changes it by PATCH. */
type AskOrPatch = (pathAndQuery: string, patch?: unknown) => Promise<Answer>;

const Listing = z.looseObject({
  data: z.array(z.unknown()),
  included: z.array(z.unknown()).optional(),
  links: ListingLinks,
});
type Listing = z.infer<typeof Listing>;

/** Type and id of what a resource names. */
const Reference = z.looseObject({ type: z.string(), id: z.string() });
const Related = z.looseObject({
  relationships: z.record(z.string(), z.looseObject({ data: z.unknown() }).catch({ data: undefined })),
});
const nameOf = (value: unknown): string | undefined => {
  const { data } = Reference.safeParse(value);
  return data && JSON.stringify([data.type, data.id]);
};

/** The notification as a push brings it: alone, with those included resources that it names. */
const toDocuments = ({ data, included = [] }: Listing): unknown[] => {
  const byName = new Map(included.map((resource) => [nameOf(resource), resource]));
  byName.delete(undefined);
  return data.map((resource) => {
    const relationships = Related.safeParse(resource).data?.relationships ?? {};
    const names = Object.values(relationships).map((relation) => nameOf(relation.data));
    const related = [...new Set(names)].flatMap((name) => (byName.has(name) ? [byName.get(name)] : []));
    return related.length > 0 ? { data: resource, included: related } : { data: resource };
  });
};

/** A list that does not advance would never end. */
const nextOffsetIn = (listing: Listing, query: FeedQuery): number | undefined => {
  const next = nextOffsetOf(listing, query);
  return next !== undefined && next > query.offset ? next : undefined;
};

/** Whole seconds, rounded so that nothing at an end is missed. */
const instant = (millis: number, round: (seconds: number) => number): string =>
  new Date(Math.max(0, round(millis / 1_000) * 1_000)).toISOString();

const queryOf = ({ fromMillis, untilMillis, status, offset, limit }: FeedQuery): string =>
  new URLSearchParams({
    status: status === 'all' ? 'dismissed,notdismissed' : 'notdismissed',
    ...(fromMillis === undefined ? {} : { from: instant(fromMillis, Math.floor) }),
    ...(untilMillis === undefined ? {} : { to: instant(untilMillis, Math.ceil) }),
    'page[offset]': String(offset),
    'page[limit]': String(limit),
  }).toString();

const dismissal = { data: [{ attributes: { name: 'isDismissed', value: 'true' } }] };

/** @throws AppError UPSTREAM_UNREADABLE for an answer that is not the one asked for. */
export const createSignalsNotificationFeed = (ask: AskOrPatch): NotificationFeed => ({
  async list(query) {
    const { status, headers, body } = await ask(`/notifications?${queryOf(query)}`);
    if (status !== 200) throw new AppError('UPSTREAM_UNREADABLE', { detail: `The tenant answered ${status}.` });
    const listing = readListing(Listing, body, 'The tenant answered with no list of notifications.');
    return {
      documents: toDocuments(listing),
      nextOffset: nextOffsetIn(listing, query),
      tenantMillis: parseHttpDate(headerValue(headers, 'date'), Date.now()),
    };
  },
  async dismiss(id) {
    const { status } = await ask(`/notifications/${encodeURIComponent(id)}`, dismissal);
    // One that the tenant has forgotten needs no mark.
    if (status !== 200 && status !== 204 && status !== 404)
      throw new AppError('UPSTREAM_UNREADABLE', { detail: `The tenant answered ${status} to a dismissal.` });
  },
});
