/** One page of the search for closed experiments. */
import { Readable } from 'node:stream';
import * as z from 'zod';
import { JobFailure } from '../../exports/job-failure.ts';
import type { CallAnswer } from '../../exports/kind.ts';
import { readJson } from '../../exports/read-json.ts';
import type { Cursor } from './backfill-record.ts';

/** Few, because a closing that comes meanwhile waits for the PDFs of a page at most. */
const hitsOfPage = 50;
/** The tenant refuses an offset above 5,000, and a step of an execution keeps 256 KiB, the ids that were seen included. */
const mostOffset = 4_000;

/** One call to the tenant with the rights of the service account, as background. A body that is a stream must be read or destroyed. */
export type SearchCall = (call: {
  readonly method: 'POST';
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}) => Promise<CallAnswer>;

export type Hit = { readonly eid: string; readonly digest: string | undefined };
export type Found = {
  readonly hits: readonly Hit[];
  readonly cursor: Cursor;
  readonly isLast: boolean;
  readonly total: number | undefined;
};

const Hits = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string().min(1).max(250),
      attributes: z.looseObject({ createdAt: z.iso.datetime({ offset: true }), digest: z.string().optional() }),
    }),
  ),
  meta: z
    .looseObject({ total: z.number().int().optional(), 'query-timed-out': z.boolean().optional() })
    .optional()
    .catch(undefined),
});

/**
 * Words are compared without case where the mode is not `keyword`, and how the search spells a state is not documented. What is found and
 * not closed is seen by its order.
 */
const closedExperiments = (createdAt: string | undefined) => ({
  $and: [
    { $match: { field: 'type', value: 'experiment', mode: 'keyword' } },
    { $match: { field: 'isTemplate', value: false } },
    {
      $or: [{ $match: { field: 'state', value: 'closed' } }, { $match: { field: 'state', value: 'archived' } }],
    },
    ...(createdAt === undefined ? [] : [{ $gte: { field: 'createdAt', value: createdAt, as: 'date' } }]),
  ],
});

const pathOf = (offset: number): string =>
  `/entities/search?page[offset]=${offset}&page[limit]=${hitsOfPage}&sort=createdAt&fields[entity]=eid,createdAt,digest`;

const readPage = async (answer: CallAnswer): Promise<z.infer<typeof Hits>> => {
  const { status, body } = answer;
  if (status !== 200 && body instanceof Readable) body.destroy();
  // What the tenant refuses now it refuses again. Other answers may be better later.
  if (status >= 400 && status < 500 && status !== 408 && status !== 429)
    throw new JobFailure('FACADE_FAILED', `The tenant refused the search for closed experiments with ${status}.`);
  if (status !== 200) throw new Error(`the search: the upstream answered with ${status}`);
  const page = Hits.safeParse(await readJson(answer));
  if (page.success) return page.data;
  throw new JobFailure('FACADE_FAILED', 'The tenant answered the search with hits that have no id or no createdAt.');
};

/**
 * The search begins again at the time of the last hit, so that hits with one time are not lost at the end of a page. Where a whole page has
 * one time, it passes over half of it: hits that leave the result meanwhile move the others by as many.
 */
const nextOf = (before: Cursor, hits: z.infer<typeof Hits>['data']): Cursor => {
  const last = hits.at(-1);
  if (!last) return before;
  const { createdAt } = last.attributes;
  const same = hits.filter((hit) => Date.parse(hit.attributes.createdAt) === Date.parse(createdAt)).map(({ id }) => id);
  const isSameTime = before.createdAt !== undefined && Date.parse(before.createdAt) === Date.parse(createdAt);
  if (!isSameTime) return { createdAt, seen: same, offset: 0 };
  const seen = [...new Set([...before.seen, ...same])];
  return { createdAt: before.createdAt, seen, offset: before.offset + Math.ceil(hits.length / 2) };
};

/**
 * A page that is not full is the last one only when the tenant says so, too: it may show fewer hits than were asked for.
 * @throws JobFailure when it shows none of those that it says there are.
 */
const isLastPage = ({ data, meta }: z.infer<typeof Hits>, { offset, createdAt }: Cursor): boolean => {
  if (data.length >= hitsOfPage) return false;
  const total = meta?.total ?? 0;
  if (offset + data.length >= total) return true;
  if (data.length > 0) return false;
  const since = createdAt === undefined ? '' : ` that were created at ${createdAt} or later`;
  throw new JobFailure(
    'FACADE_FAILED',
    `The tenant says that there are ${total} closed experiments${since}, and shows none behind the first ${offset}.`,
  );
};

/** @throws JobFailure for a search that cannot be gone on with; other errors may be repeated. */
export const searchClosed = async (call: SearchCall, cursor: Cursor): Promise<Found> => {
  if (cursor.offset > mostOffset)
    throw new JobFailure(
      'FACADE_FAILED',
      `More than ${mostOffset} closed experiments were created at ${cursor.createdAt}.`,
    );
  const body = Buffer.from(JSON.stringify({ query: closedExperiments(cursor.createdAt) }));
  const headers = [['content-type', 'application/json']] as const;
  const page = await readPage(await call({ method: 'POST', path: pathOf(cursor.offset), headers, body }));
  const { data, meta } = page;
  if (meta?.['query-timed-out']) throw new Error('the search: the upstream has not looked at everything in its time');
  const seen = new Set(cursor.seen);
  return {
    hits: data.filter(({ id }) => !seen.has(id)).map(({ id, attributes }) => ({ eid: id, digest: attributes.digest })),
    cursor: nextOf(cursor, data),
    isLast: isLastPage(page, cursor),
    total: cursor.createdAt === undefined ? meta?.total : undefined,
  };
};
