/** Deliveries in about 30 bytes each, so that twenty of them leave an item of the ledger below one kilobyte. */
import { type Delivery, outcomes } from '../ledger.ts';
import { createByteReader, createByteWriter } from './byte-stream.ts';

const version = 1;

/** Bits of the byte that each delivery begins with; the lowest three are its outcome. */
const shortSubscription = 8;
const uuidMessage = 16;
const textMessage = 32;
const withReason = 64;
const before = 128;

/** Ids of subscriptions: 16 digits of base 36 are 83 bits. */
const subscriptionId = /^sub-[a-z0-9]{16}$/;
const subscriptionBytes = 11;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const packSubscription = (id: string): Buffer => {
  const value = [...id.slice(4)].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
  return Buffer.from(value.toString(16).padStart(2 * subscriptionBytes, '0'), 'hex');
};
const unpackSubscription = (bytes: Buffer): string =>
  `sub-${BigInt(`0x${bytes.toString('hex')}`)
    .toString(36)
    .padStart(16, '0')}`;

const packUuid = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const unpackUuid = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Times are whole milliseconds. */
export const packDeliveries = (deliveries: readonly Delivery[]): Buffer => {
  const out = createByteWriter();
  const baseMillis = deliveries[0]?.atMillis ?? 0;
  out.byte(version);
  out.whole(baseMillis);
  for (const { subscriptionId: id, outcome, atMillis, messageId, reason } of deliveries) {
    const isShort = subscriptionId.test(id);
    const isUuid = messageId !== undefined && uuid.test(messageId);
    out.byte(
      outcomes.indexOf(outcome) +
        (isShort ? shortSubscription : 0) +
        (isUuid ? uuidMessage : 0) +
        (messageId !== undefined && !isUuid ? textMessage : 0) +
        (reason === undefined ? 0 : withReason) +
        (atMillis < baseMillis ? before : 0),
    );
    if (isShort) out.raw(packSubscription(id));
    else out.text(id);
    out.whole(Math.abs(atMillis - baseMillis));
    if (isUuid) out.raw(packUuid(messageId));
    else if (messageId !== undefined) out.text(messageId);
    if (reason !== undefined) out.text(reason);
  }
  return out.taken();
};

/** @throws RangeError for bytes of another version, or that were cut. */
export const unpackDeliveries = (bytes: Uint8Array): Delivery[] => {
  const from = createByteReader(bytes);
  if (from.byte() !== version) throw new RangeError('deliveries were stored by another version of the facade');
  const baseMillis = from.whole();
  const deliveries: Delivery[] = [];
  while (!from.isAtEnd()) {
    const bits = from.byte();
    const has = (bit: number): boolean => (bits & bit) !== 0;
    const outcome = outcomes[bits & 7];
    if (outcome === undefined) throw new RangeError('a delivery has an unknown outcome');
    const id = has(shortSubscription) ? unpackSubscription(from.raw(subscriptionBytes)) : from.text();
    const distanceMillis = from.whole();
    const messageId = has(uuidMessage) ? unpackUuid(from.raw(16)) : has(textMessage) ? from.text() : undefined;
    deliveries.push({
      subscriptionId: id,
      outcome,
      atMillis: baseMillis + (has(before) ? -distanceMillis : distanceMillis),
      ...(messageId === undefined ? {} : { messageId }),
      ...(has(withReason) ? { reason: from.text() } : {}),
    });
  }
  return deliveries;
};
