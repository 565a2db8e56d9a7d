/**
 * The tenant's report about one file of a library. No source shows where in it the link `nextExport` stands, so it is looked for at each
 * place that JSON:API has for links. Only its parameter `startAfter` is used.
 */
import * as z from 'zod';

const Link = z.union([z.string(), z.looseObject({ href: z.string() })]).nullish();
const Links = z.looseObject({ nextExport: Link }).optional();
const Related = z.looseObject({ links: z.looseObject({ self: Link, related: Link }).optional() }).optional();

const Report = z.looseObject({
  links: Links,
  data: z.looseObject({
    links: Links,
    relationships: z.looseObject({ nextExport: Related }).optional(),
    attributes: z.looseObject({
      status: z.string(),
      count: z.number().int().nonnegative().nullish(),
      total: z.number().int().nonnegative().nullish(),
      lastAssetId: z.string().nullish(),
      nextExport: Link,
      error: z.looseObject({ description: z.string().nullish() }).nullish(),
    }),
  }),
});

export type ReportFacts =
  | { readonly outcome: 'working' | 'failed' | 'nothing' | 'broken' }
  | {
      readonly outcome: 'ready';
      readonly assets: number | undefined;
      /** Assets of the library, as the first report of the chain counts them. */
      readonly total: number | undefined;
      /** Name of the asset after which the next file begins. */
      readonly next: string | undefined;
    };

/** The chain before this report. */
type Before = { readonly assets: number; readonly total: number | undefined };

const hrefOf = (link: z.infer<typeof Link>): string | undefined => (typeof link === 'object' ? link?.href : link);

const startAfterOf = (link: string): string | undefined => {
  const [, query = ''] = link.split('?');
  return new URLSearchParams(query).get('startAfter') ?? undefined;
};

/**
 * `broken`: more is to come, and nothing says after which asset. Without the link, the first report's `total` says whether more is to
 * come: what the later ones count is not documented. @throws ZodError for a document that is no report.
 */
export const readReport = (document: unknown, before: Before): ReportFacts => {
  const { links, data } = Report.parse(document);
  const { status, count, total, lastAssetId, nextExport, error } = data.attributes;
  if (status === 'FAILED') return { outcome: error?.description === 'Nothing to export.' ? 'nothing' : 'failed' };
  if (status !== 'COMPLETED') return { outcome: 'working' };
  const related = data.relationships?.nextExport?.links;
  const link = [data.links?.nextExport, nextExport, links?.nextExport, related?.related, related?.self]
    .map(hrefOf)
    .find((one) => one !== undefined);
  const all = before.total ?? total ?? undefined;
  const hasMore = link !== undefined || before.assets + (count ?? 0) < (all ?? 0);
  const last = lastAssetId === '' || lastAssetId === null ? undefined : lastAssetId;
  const next = hasMore ? ((link && startAfterOf(link)) ?? last) : undefined;
  if (hasMore && next === undefined) return { outcome: 'broken' };
  return { outcome: 'ready', assets: count ?? undefined, total: all, next };
};
