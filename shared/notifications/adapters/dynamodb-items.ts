/** What the items of the ledger say beside the notification itself. */
import type { Dispatched, EntityHead } from '../ledger.ts';
import { createByteReader, createByteWriter } from './byte-stream.ts';
import { packDeliveries, unpackDeliveries } from './pack-deliveries.ts';

/** Bytes, as DynamoDB gives them. */
export type Dispatch = Uint8Array;

export const packDispatched = ({ sequence, isLate, deliveries }: Dispatched): Buffer => {
  const out = createByteWriter();
  out.byte(isLate ? 1 : 0);
  out.whole(sequence);
  return Buffer.concat([out.taken(), packDeliveries(deliveries)]);
};

export const unpackDispatched = (bytes: Dispatch): Dispatched => {
  const from = createByteReader(bytes);
  const isLate = from.byte() === 1;
  const sequence = from.whole();
  return { sequence, isLate, deliveries: unpackDeliveries(from.rest()) };
};

/** `head` is JSON but for the deliveries, which are most of it. */
export const toHeadItem = ({ version, current, ...rest }: EntityHead): { version: number; head: Buffer } => {
  const { id, sequence, deliveries = [] } = current ?? {};
  const out = createByteWriter();
  out.text(JSON.stringify({ ...rest, ...(current ? { current: { id, sequence } } : {}) }));
  return { version, head: Buffer.concat([out.taken(), packDeliveries(deliveries)]) };
};

export const fromHeadItem = (item: Readonly<Record<string, unknown>>): EntityHead => {
  const from = createByteReader(item.head as Uint8Array);
  const { current, ...head } = JSON.parse(from.text());
  const deliveries = unpackDeliveries(from.rest());
  return { version: item.version as number, ...head, ...(current ? { current: { ...current, deliveries } } : {}) };
};
