/**
 * Lists requests of one consumer or of all, newest first. Each consumer has one partition for each hour, so the list goes back
 * hour by hour and merges the consumers of an hour. A page ends when it is full, or when much was read for it. A page of an hour reads
 * each of its consumers once, so at most 2,000 consumers are merged: of more, an hour is listed by groups, each newest first.
 */
import type { RequestRecord } from '../exchange/decision.ts';
import { dayMillis, hourMillis } from '../time/units.ts';
import { beforeInstant, type ListedRequest, type RequestStore } from './request-store.ts';

export type RequestFilter = {
  /** Undefined = all consumers. */
  readonly consumerId: string | undefined;
  /** Which of all consumers that ever had this id; absent = all of them. */
  readonly incarnation?: string | undefined;
  readonly fromMillis: number;
  readonly untilMillis: number;
  readonly status?: string | undefined;
  readonly code?: string | undefined;
  readonly operation?: string | undefined;
};

export type RequestPage = {
  readonly entries: readonly ListedRequest[];
  /** Where the next page begins; undefined = there is none. */
  readonly next?: RequestCursor;
};

export type RequestCursor = {
  /** Position in the list. */
  readonly before: string;
  /** The last consumer of the groups of this hour that are done; empty = none is. */
  readonly after: string;
};

/** Bounds of one page: so that a filter that fits nothing ends in time. */
const mostReads = 400;
const mostExamined = 5_000;
/** Consumers that are asked at once. */
const atOnce = 20;
/** Consumers whose entries are merged: far more than a tenant's limit lets call in an hour. */
const usuallyMerged = 2_000;
/** The fewest entries that are read of a consumer at once. */
const fewestRead = 3;

const hasStatus = (wanted: string | undefined, { status }: RequestRecord): boolean =>
  wanted === undefined || wanted === String(status) || wanted === `${Math.floor(status / 100)}xx`;

const isOf = (entry: ListedRequest, { incarnation }: RequestFilter): boolean => {
  const owner = 'record' in entry ? entry.record : entry.sum;
  return incarnation === undefined || (owner.incarnation ?? '') === incarnation;
};

/** Sums of hits have no status, code or operation: a list that names one of these has none. */
const isWanted = (entry: ListedRequest, filter: RequestFilter): boolean => {
  const { status, code, operation } = filter;
  if (!isOf(entry, filter)) return false;
  if (!('record' in entry)) return [status, code, operation].every((wanted) => wanted === undefined);
  const { record } = entry;
  return (
    hasStatus(status, record) &&
    (code === undefined || record.errorCode === code) &&
    (operation === undefined || record.operation === operation)
  );
};

/** Consumers of an hour that are merged. Those behind them, by id, are the next group. */
type Group = { readonly consumers: readonly string[]; readonly isLast: boolean };

const groupOf = async (
  store: RequestStore,
  filter: RequestFilter,
  hourStart: number,
  after: string,
  mostMerged: number,
): Promise<Group> => {
  const all =
    filter.consumerId === undefined
      ? await store.consumersOn(hourStart - (hourStart % dayMillis))
      : [filter.consumerId];
  const left = all.filter((consumerId) => consumerId > after);
  return { consumers: left.slice(0, mostMerged), isLast: left.length <= mostMerged };
};

/** What one consumer has in one hour, read bit by bit. */
type Lane = { readonly consumerId: string; buffer: ListedRequest[]; isAtEnd: boolean };

/** Counts what one page reads. */
type Effort = { reads: number; examined: number };

/** @param opened reads that each page of this hour needs, however many: else a page of many consumers would end where it began. */
const isSpent = ({ reads, examined }: Effort, opened = 0): boolean =>
  reads - opened >= mostReads || examined >= mostExamined;

type Hour = { readonly startMillis: number; readonly before: string; readonly chunk: number };

const fill = async (store: RequestStore, lane: Lane, hour: Hour, effort: Effort): Promise<void> => {
  effort.reads += 1;
  const read = await store.list(lane.consumerId, hour.startMillis, hour.before, hour.chunk);
  lane.buffer = [...read];
  lane.isAtEnd = read.length < hour.chunk;
};

const openLanes = async (store: RequestStore, consumers: readonly string[], hour: Hour, effort: Effort) => {
  const lanes: Lane[] = consumers.map((consumerId) => ({ consumerId, buffer: [], isAtEnd: false }));
  for (let start = 0; start < lanes.length; start += atOnce)
    await Promise.all(lanes.slice(start, start + atOnce).map((lane) => fill(store, lane, hour, effort)));
  return lanes;
};

const newestOf = (lanes: readonly Lane[]): Lane | undefined => {
  let newest: Lane | undefined;
  for (const lane of lanes)
    if (lane.buffer[0] && (!newest?.buffer[0] || lane.buffer[0].position > newest.buffer[0].position)) newest = lane;
  return newest;
};

/** The entries of one hour, newest first. */
async function* entriesOf(store: RequestStore, consumers: readonly string[], hour: Hour, effort: Effort) {
  const lanes = await openLanes(store, consumers, hour, effort);
  for (let lane = newestOf(lanes); lane; lane = newestOf(lanes)) {
    const entry = lane.buffer.shift() as ListedRequest;
    if (lane.buffer.length === 0 && !lane.isAtEnd) await fill(store, lane, { ...hour, before: entry.position }, effort);
    effort.examined += 1;
    yield entry;
  }
}

const earlier = (one: string, other: string): string => (one < other ? one : other);

/** The hour that ends with this position. */
const hourBefore = (position: string): number => {
  const lastMillis = Number(position.slice(0, 13)) - (position.length === 14 ? 1 : 0);
  return lastMillis - (lastMillis % hourMillis);
};

/**
 * @param cursor where the page begins; undefined = at the newest.
 * @param size entries on a page. A page may have fewer, and still a next one.
 * @param mostMerged consumers of an hour whose entries are merged.
 */
export const listRequests = async (
  store: RequestStore,
  filter: RequestFilter,
  size: number,
  cursor?: RequestCursor,
  mostMerged = usuallyMerged,
): Promise<RequestPage> => {
  const effort: Effort = { reads: 0, examined: 0 };
  const entries: ListedRequest[] = [];
  const oldest = beforeInstant(filter.fromMillis);
  const newest = beforeInstant(filter.untilMillis);
  let { before: position, after } = cursor ?? { before: newest, after: '' };
  position = earlier(position, newest);
  while (position > oldest) {
    const startMillis = hourBefore(position);
    const { consumers, isLast } = await groupOf(store, filter, startMillis, after, mostMerged);
    // A lane is read in bits that make one page together, so that many consumers cost little more than one.
    const chunk = Math.max(fewestRead, Math.ceil((size + 1) / Math.max(1, consumers.length)));
    for await (const entry of entriesOf(store, consumers, { startMillis, before: position, chunk }, effort)) {
      if (entry.position < oldest) break;
      if (entries.length === size || isSpent(effort, consumers.length))
        return { entries, next: { before: position, after } };
      position = entry.position;
      if (isWanted(entry, filter)) entries.push(entry);
    }
    // The next group begins where this hour does, and not where this group ended.
    position = isLast ? beforeInstant(startMillis) : earlier(beforeInstant(startMillis + hourMillis), newest);
    after = isLast ? '' : (consumers.at(-1) as string);
    if (isSpent(effort) && position > oldest) return { entries, next: { before: position, after } };
  }
  return { entries };
};
