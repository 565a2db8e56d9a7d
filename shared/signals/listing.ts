/** Listings of a Signals tenant: reading a page, and where the next one begins. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { parseShallow } from '../json/nesting.ts';

/** Resources nest about 10 levels; 16 MiB of brackets would keep a run from its work. */
const mostLevels = 100;

export const ListingLinks = z.looseObject({ next: z.string().nullish() }).optional();

/** @throws AppError UPSTREAM_UNREADABLE with this detail. */
export const readListing = <Schema extends z.ZodType>(
  schema: Schema,
  body: Uint8Array,
  detail: string,
): z.output<Schema> => {
  try {
    return schema.parse(parseShallow(body, mostLevels));
  } catch (cause) {
    throw new AppError('UPSTREAM_UNREADABLE', { detail, cause });
  }
};

type Page = { readonly data: readonly unknown[]; readonly links?: z.output<typeof ListingLinks> };

/**
 * Where the next page begins: at the offset in its link or, where that tells none, after this page. A page that is short may
 * have a next one all the same: only a missing link ends a list. Where there are no links at all, a short page must do.
 */
export const nextOffsetOf = (
  { data, links }: Page,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): number | undefined => {
  const after = offset + data.length;
  if (!links) return data.length < limit ? undefined : after;
  if (typeof links.next !== 'string' || links.next === '') return undefined;
  const query = links.next.slice(links.next.indexOf('?') + 1);
  const stated = Number(new URLSearchParams(query).get('page[offset]') ?? Number.NaN);
  return Number.isInteger(stated) && stated > offset ? stated : after;
};
