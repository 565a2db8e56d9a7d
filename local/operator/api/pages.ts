/** Follows the pages of a list. */
import { UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';
import { NoAnswer } from './failures.ts';
import { jsonSchemaOf } from './json-schema.ts';
import type { CommandRequest } from './request.ts';
import type { Ask } from './stage-client.ts';

export type Entry = {
  readonly type: string;
  readonly id: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly meta?: Readonly<Record<string, unknown>>;
};
type Page = {
  readonly data: readonly Entry[];
  readonly links?: { readonly next?: string };
  readonly meta?: Readonly<Record<string, unknown>>;
};

export const defaultMost = 1_000;
/** Pages may be empty, so their number has a bound of its own. */
const mostPages = 500;
const pageEntries = 100;

/** @throws UsageError */
export const toMost = (text: string | undefined): number => {
  if (text === undefined) return defaultMost;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new UsageError('--most takes a number of entries, from 1 to 9999999.');
};

/** Large pages take fewer requests. Every list of the facade gives 100 entries on a page. */
const withPageSize = ({ route }: Command, request: CommandRequest): CommandRequest => {
  const parameters = Object.keys((route.query && jsonSchemaOf(route.query).properties) ?? {});
  const name = parameters.find((one) => one === 'page[limit]' || one === 'page[size]');
  return name === undefined ? request : { ...request, query: [...request.query, [name, String(pageEntries)]] };
};

/**
 * Only the query of the link is used: the stage may be called by another address than its own links have, and the key goes to no address that
 * an answer names.
 */
const queryOfNext = (next: string | undefined): CommandRequest['query'] | undefined => {
  if (next === undefined) return undefined;
  return [...new URL(next, 'https://facade.invalid').searchParams];
};

export type PageOfEntries = {
  readonly entries: readonly Entry[];
  readonly meta: Readonly<Record<string, unknown>>;
  /** Whether there is more that is not read, because of a bound. */
  readonly isCut: boolean;
};

/** Page by page, `most` entries at most. @throws Refused | NoAnswer, also after some pages. */
export async function* readPages(
  ask: Ask,
  command: Command,
  request: CommandRequest,
  most: number,
): AsyncGenerator<PageOfEntries> {
  let current: CommandRequest = withPageSize(command, request);
  let left = most;
  for (let pages = 1; ; pages += 1) {
    const { document } = await ask({ ...current, repetition: 'harmless' });
    const { data, links, meta = {} } = document as Page;
    if (!Array.isArray(data)) throw new NoAnswer('The answer is no list.');
    const entries = data.slice(0, left);
    const query = queryOfNext(links?.next);
    left -= entries.length;
    const isLast = query === undefined && entries.length === data.length;
    yield { entries, meta, isCut: !isLast && (left === 0 || pages === mostPages) };
    if (query === undefined || left === 0 || pages === mostPages) return;
    if (String(query) === String(current.query)) throw new NoAnswer('A page of the list leads to itself.');
    current = { ...current, query };
  }
}
