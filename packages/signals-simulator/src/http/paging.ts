/** Offset paging: bounds, slices, and the `first`, `prev`, `next` links of a list. */
import { badRequest } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Call } from './call.ts';

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

export interface PageBounds {
  readonly defaultLimit?: number;
  readonly maxLimit?: number;
  readonly maxOffset?: number;
}

const wholeNumber = (text: string, name: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`${name} must be a whole number.`);
  return Number(text);
};

/** Reads `page[limit]` (1 to 100, default 20, unless `bounds` say otherwise) and `page[offset]`. @throws 400 outside the bounds. */
export const readPage = (call: Call, bounds: PageBounds = {}): Page => {
  const maxLimit = bounds.maxLimit ?? 100;
  const maxOffset = bounds.maxOffset ?? (call.tenant.switches.listOffsetCap ? 5000 : Number.MAX_SAFE_INTEGER);
  const limitText = call.query.get('page[limit]');
  const offsetText = call.query.get('page[offset]');
  const limit = limitText === null ? (bounds.defaultLimit ?? 20) : wholeNumber(limitText, 'page[limit]');
  const offset = offsetText === null ? 0 : wholeNumber(offsetText, 'page[offset]');
  if (limit < 1 || limit > maxLimit) throw badRequest(`page[limit] must be from 1 to ${maxLimit}.`);
  if (offset > maxOffset) throw badRequest(`page[offset] must be from 0 to ${maxOffset}.`);
  return { offset, limit };
};

export interface Slice<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
}

/** One page out of a lazy sequence; reads one item beyond it to know whether there are more. */
export const slicePage = <T>(source: Iterable<T>, page: Page): Slice<T> => {
  const items: T[] = [];
  let index = 0;
  for (const item of source) {
    if (index >= page.offset + page.limit) return { items, hasMore: true };
    if (index >= page.offset) items.push(item);
    index += 1;
  }
  return { items, hasMore: false };
};

/** The address of this request without paging, as the tenant would write it: brackets raw, values encoded. */
const addressWith = (call: Call, page: Page): string => {
  const others = [...call.query].filter(([name]) => name !== 'page[offset]' && name !== 'page[limit]');
  const query = [
    ...others.map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
    `page[offset]=${page.offset}`,
    `page[limit]=${page.limit}`,
  ];
  return `${call.base}${call.path}?${query.join('&')}`;
};

/** `next` and `prev` are absent at the ends; there is no `last`. */
export const pageLinks = (call: Call, page: Page, hasMore: boolean): JsonObject => ({
  self: addressWith(call, page),
  first: addressWith(call, { ...page, offset: 0 }),
  ...(page.offset > 0 ? { prev: addressWith(call, { ...page, offset: Math.max(0, page.offset - page.limit) }) } : {}),
  ...(hasMore ? { next: addressWith(call, { ...page, offset: page.offset + page.limit }) } : {}),
});

/** Links of an answer that is not paged. */
export const selfLinks = (call: Call): JsonObject => {
  const query = [...call.query].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return { self: `${call.base}${call.path}${query === '' ? '' : `?${query}`}` };
};

/** A paged list of any resources. */
export const pagedDocument = (call: Call, page: Page, slice: Slice<Json>, more: JsonObject = {}): Json => ({
  links: pageLinks(call, page, slice.hasMore),
  data: slice.items,
  ...more,
});
