/** Port: the store of decisions about requests, and of how often the cache answered. */
import type { RequestRecord } from '../exchange/decision.ts';

/** How often the cache answered a consumer in one minute. */
export type HitSum = {
  readonly consumerId: string;
  /** Which of all consumers that ever had this id. */
  readonly incarnation?: string | undefined;
  readonly minuteMillis: number;
  readonly hits: number;
};

/** A record, or a sum of hits, where it stands in the list of its consumer. */
export type ListedRequest = { readonly position: string } & (
  | { readonly record: RequestRecord }
  | { readonly sum: HitSum }
);

/** Positions are ordered by time and no two are alike, whatever the consumers, so a page of all consumers can end between two. */
const positionOf = (millis: number, name: string): string => `${String(millis).padStart(13, '0')}#${name}`;
export const recordPosition = ({
  startedAtMillis,
  requestId,
}: Pick<RequestRecord, 'startedAtMillis' | 'requestId'>): string => positionOf(startedAtMillis, requestId);
export const sumPosition = ({ minuteMillis, consumerId, incarnation }: Omit<HitSum, 'hits'>): string =>
  positionOf(minuteMillis, `hits-${consumerId}${incarnation === undefined ? '' : `-${incarnation}`}`);
/** Before everything that began at this instant or later. */
export const beforeInstant = (millis: number): string => positionOf(millis, '');

export interface RequestStore {
  /**
   * Stores one decision in the hour of its consumer, possibly beyond its `deleteAtSeconds`. What exists stays: the first decision
   * counts, so a write may be repeated.
   */
  put(record: RequestRecord): Promise<void>;
  /**
   * The decision as first stored, expired or not; undefined if there is none.
   * @param consumerId where it is looked for; undefined = with every consumer of its day.
   */
  read(requestId: string, consumerId?: string): Promise<RequestRecord | undefined>;
  /**
   * Adds to the hits of a minute. The same write may be repeated at once: it is recognised by `writeId`, unless another
   * instance wrote in between.
   */
  addHits(sum: HitSum, writeId: string, deleteAtSeconds: number): Promise<void>;
  /** Says that the consumer has something stored on this day (its first instant). May be repeated. */
  noteConsumer(consumerId: string, dayStartMillis: number): Promise<void>;
  /** The consumers of this day. */
  consumersOn(dayStartMillis: number): Promise<readonly string[]>;
  /**
   * What the consumer has in the hour that begins at `hourStartMillis`, before `before`, newest first; at most `limit`, fewer
   * only at the end. The last second may be missing.
   */
  list(consumerId: string, hourStartMillis: number, before: string, limit: number): Promise<readonly ListedRequest[]>;
}
