/** Sort keys of pending deliveries and dead letters: entity after entity, each in its order. */
import { createHash } from 'node:crypto';
import type { DeadLetter, PendingDelivery } from '../pending.ts';

/** Below every character that an escaped text has. */
const separator = ' ';
/** A sort key has 1,024 bytes at most (DynamoDB constraints), and two of these. */
const longestPlain = 300;
/** An entity's id may hold any text: what is not plain is escaped, so that no entity is the beginning of another. */
const toKeyText = (text: string): string => {
  const plain = encodeURIComponent(text.toWellFormed());
  return plain.length <= longestPlain ? plain : `sha256-${createHash('sha256').update(text).digest('hex')}`;
};

export const entityPrefix = (entity: string): string => `${toKeyText(entity)}${separator}`;

const toDigits = (sequence: number): string => String(sequence).padStart(20, '0');

export const pendingKey = ({ entity, sequence, eventId, copy }: PendingDelivery): string =>
  [entityPrefix(entity) + toDigits(sequence), toKeyText(eventId), ...(copy === undefined ? [] : [copy])].join(
    separator,
  );

export const deadKey = ({ entity, sequence, eventId }: DeadLetter): string =>
  [entityPrefix(entity) + toDigits(sequence), toKeyText(eventId)].join(separator);

/** Behind each key of the entity, and before those of the next. */
export const afterEntity = (entity: string): string => `${entityPrefix(entity)}~`;
