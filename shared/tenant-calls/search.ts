/** One page of the tenant's search. */
import * as z from 'zod';
import type { Tenant } from './ask-tenant.ts';
import { readAnswer } from './tenant-refusal.ts';

/** The tenant refuses pages beyond. */
export const mostOffset = 5_000;
export const mostOnPage = 100;

type Condition = Readonly<Record<string, unknown>>;

/** Equals the whole value: without `keyword`, the search compares words. */
export const is = (field: string, value: string): Condition => ({ $match: { field, value, mode: 'keyword' } });
/** The same for a tag: without `in` and `as` nothing is found, and no error says so. */
export const hasTag = (field: string, value: string): Condition => ({
  $match: { field, value, in: 'tags', as: 'text', mode: 'keyword' },
});
/** Without this, templates and the types of inventory items are found, too. */
export const isNoTemplate: Condition = { $match: { field: 'isTemplate', value: false } };
export const since = (field: string, value: string): Condition => ({ $gte: { field, value, as: 'date' } });
export const until = (field: string, value: string): Condition => ({ $lte: { field, value, as: 'date' } });

type Search = {
  readonly conditions: readonly Condition[];
  /** `IVT` finds inventory items; absent = the notebook, with its materials. A wrong source finds nothing. */
  readonly source?: 'IVT';
  /** Such as `-modifiedAt`. Hits of one instant are in the order of their names. */
  readonly sort?: string;
  readonly offset: number;
  readonly limit: number;
  /** True = not from the cache. */
  readonly isFresh?: boolean;
};

const Hits = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string().min(1),
      attributes: z.looseObject({
        name: z.string(),
        description: z.string().nullish(),
        createdAt: z.string(),
        modifiedAt: z.string(),
        digest: z.string().nullish(),
        tags: z.record(z.string(), z.unknown()).nullish(),
      }),
    }),
  ),
  // Without the total, nothing says whether there is another page.
  meta: z.looseObject({
    total: z.number().int(),
    'query-reached-limit': z.boolean().nullish(),
    'query-timed-out': z.boolean().nullish(),
  }),
});
export type Hit = z.output<typeof Hits>['data'][number];

export type SearchPage = {
  readonly hits: readonly Hit[];
  /** Of all pages. */
  readonly total: number;
  /** The offset of the page behind this one; undefined = there is none, or no offset reaches it. */
  readonly nextOffset: number | undefined;
  /** True = the pages do not hold everything: the search ended early, or has more hits than offsets reach. */
  readonly isTruncated: boolean;
  /** True = the search ended before it had looked at everything, so that the page may lack hits. */
  readonly endedEarly: boolean;
};

/**
 * Where the page behind this one begins, and whether there is more than the pages of this size reach, which begin at `offset`.
 * @param total of all pages, or one more than this page reaches where only that is known.
 */
export const pagesBehind = (
  { offset, limit }: { readonly offset: number; readonly limit: number },
  total: number,
): Pick<SearchPage, 'nextOffset' | 'isTruncated'> => {
  const next = offset + limit;
  const lastOffset = offset + Math.floor((mostOffset - offset) / limit) * limit;
  return { nextOffset: next < total && next <= mostOffset ? next : undefined, isTruncated: total > lastOffset + limit };
};

/** Nothing says how the tenant orders what a sort leaves open: a hit might be on two pages, and another on none. */
const inFull = (sort: string): string => (/^-?name$/.test(sort) ? sort : `${sort},name`);

/** @throws AppError as `readAnswer` does. */
export const search = async (tenant: Tenant, asked: Search): Promise<SearchPage> => {
  const { conditions, source, sort, offset, limit, isFresh = false } = asked;
  const parameters = [
    `page[offset]=${offset}`,
    `page[limit]=${limit}`,
    ...(sort === undefined ? [] : [`sort=${inFull(sort)}`]),
    ...(source === undefined ? [] : [`source=${source}`]),
  ];
  const answer = await tenant.ask({
    method: 'POST',
    path: `/entities/search?${parameters.join('&')}`,
    document: { query: { $and: conditions } },
    mediaType: 'application/json',
    isFresh,
  });
  const { data, meta } = readAnswer(answer, Hits);
  const { total } = meta;
  const { nextOffset, isTruncated } = pagesBehind(asked, total);
  const endedEarly = meta['query-reached-limit'] === true || meta['query-timed-out'] === true;
  return {
    hits: data,
    total,
    nextOffset: data.length > 0 ? nextOffset : undefined,
    isTruncated: endedEarly || isTruncated,
    endedEarly,
  };
};

/** Fields by their names, from tags such as `fields.Barcode` and `materials.Purity`. */
export const fieldsOf = ({ attributes: { tags } }: Hit): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(tags ?? {}).flatMap(([name, value]) => {
      const found = /^(?:fields|materials)\.(.+)$/s.exec(name);
      return found ? [[found[1] as string, value] as const] : [];
    }),
  );
