/** Items of the cache table: their keys, and how an entry becomes an item and back. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Entry, Epochs } from '../entry.ts';
import { type EntryKey, type Flight, noFlight, type Tag } from '../store.ts';
import { isNarrow } from '../tags.ts';
import { openBody, sealBody } from './sealed-body.ts';
import type { BodySpill } from './spill.ts';
import { packBody, unpackBody } from './stored-body.ts';

/** An item may have 400 KiB with all its names; the rest is room for headers and the like. */
const mostInlineBytes = 350_000;

export const answerKey = ({ partition, id }: EntryKey) => ({ pk: partition, sk: `ANSWER#${id}` });
export const flightKey = ({ partition, id }: EntryKey) => ({ pk: partition, sk: `FLIGHT#${id}` });
export const tenantKey = (tenant: string) => ({ pk: `T#${tenant}`, sk: 'TENANT' });
export const tagKey = (tenant: string, tag: Tag) =>
  isNarrow(tag) ? { pk: `T#${tenant}#${tag}`, sk: 'TAG' } : tenantKey(tenant);

/** Names of a tag's counters inside its item. `lapsed` counts write marks that expired. */
export const counterName = (tag: Tag, kind: 'hard' | 'soft' | 'lapsed'): string =>
  isNarrow(tag) ? kind : `${kind}:${tag}`;
/** The write mark of one writer: for a narrow tag the instant at which it expires, in the tenant's item a `Mark`. */
export const writerName = (writerId: string): string => `writer:${writerId}`;

/** If an item has too many marks, those that expire within this time of each other share one set of tags. */
const sharedMarkMillis = 10_000;
/** The marks that expire at this instant or shortly before. Each may expire late by this much. */
export const sharedMarkName = (untilMillis: number): string => `marks:${Math.ceil(untilMillis / sharedMarkMillis)}`;
/** When the marks of this attribute expire; undefined if it holds no marks. */
export const sharedMarkUntilMillis = (name: string): number | undefined =>
  name.startsWith('marks:') ? Number(name.slice('marks:'.length)) * sharedMarkMillis : undefined;

export type Item = Readonly<Record<string, unknown>>;

const AnswerItem = z.object({
  head: z.string(),
  coding: z.enum(['zstd', 'identity']),
  sha256: z.string(),
  body: z.instanceof(Uint8Array).optional(),
  /** Name of the object that holds the body, and the key that opens it. */
  object: z.string().optional(),
  objectKey: z.instanceof(Uint8Array).optional(),
});
type AnswerItem = z.infer<typeof AnswerItem>;

/**
 * Longest life of an answer whose body lies in an object. The bucket expires objects after a day, at the next midnight (S3
 * user guide, lifecycle: days are rounded up), so no answer outlives its body.
 */
const mostObjectMillis = 86_400_000;

const inObject = async (id: string, bytes: Uint8Array, spill: BodySpill) => {
  const object = `${id}/${randomUUID()}`;
  const { sealed, key: objectKey } = sealBody(bytes);
  await spill.put(object, sealed);
  return { object, objectKey };
};

/** The item for an entry. A large body is written to S3 first, so that no item names an object that does not exist. */
export const toAnswerItem = async (key: EntryKey, entry: Entry, spill: BodySpill): Promise<Item> => {
  const { body, ...head } = entry;
  const packed = packBody(body);
  const text = JSON.stringify(head);
  const fits = packed.bytes.byteLength + Buffer.byteLength(text) <= mostInlineBytes;
  const mostMillis = fits ? Number.POSITIVE_INFINITY : entry.requestedAtMillis + mostObjectMillis;
  return {
    ...answerKey(key),
    head: text,
    coding: packed.coding,
    sha256: packed.sha256,
    ...(fits ? { body: packed.bytes } : await inObject(key.id, packed.bytes, spill)),
    fence: entry.fence,
    ...(entry.ancestors ? { ancestors: entry.ancestors } : {}),
    deleteAtSeconds: Math.ceil(Math.min(entry.deleteAtMillis, mostMillis) / 1_000),
  };
};

/** Parses stored JSON; undefined if it is damaged. */
export const readJson = <Value>(text: string): Value | undefined => {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
};

/** The object that holds the body of an item, if it is in S3. */
export const objectOf = (item: Item | undefined): string | undefined =>
  typeof item?.object === 'string' ? item.object : undefined;

const fetchBody = async ({ object, objectKey }: AnswerItem, spill: BodySpill): Promise<Uint8Array | undefined> => {
  const sealed = object === undefined || objectKey === undefined ? undefined : await spill.get(object);
  return sealed && openBody({ sealed, key: objectKey as Uint8Array });
};

/** The entry of an item; undefined when its head or its bytes are gone or damaged. */
export const toEntry = async (item: Item | undefined, spill: BodySpill): Promise<Entry | undefined> => {
  if (!item) return undefined;
  const parsed = AnswerItem.safeParse(item);
  if (!parsed.success) return undefined;
  const { head, coding, sha256, body } = parsed.data;
  const entryHead = readJson<Omit<Entry, 'body'>>(head);
  if (!entryHead) return undefined;
  const bytes = body ?? (await fetchBody(parsed.data, spill));
  const unpacked = bytes && unpackBody({ bytes, coding, sha256 });
  return unpacked && { ...entryHead, body: unpacked };
};

/** The counters of a stored answer's tags at the time it was requested. */
export const epochsOfItem = (item: Item): Epochs => readJson<Pick<Entry, 'epochs'>>(String(item.head))?.epochs ?? {};

/** What the item of an answer says about its entity's ancestors. */
export const placeOf = ({ head }: Item) =>
  readJson<Pick<Entry, 'ancestors' | 'epochs' | 'requestedAtMillis' | 'stamp'>>(String(head));

const FlightItem = z.object({
  fence: z.number(),
  leaseUntilMillis: z.number(),
  basis: z.string(),
  outcome: z.string().optional(),
});

export const toFlight = (item: Item | undefined): Flight => {
  if (!item) return noFlight;
  const { outcome, ...flight } = FlightItem.parse(item);
  return { ...flight, outcome: outcome === undefined ? undefined : readJson(outcome) };
};
