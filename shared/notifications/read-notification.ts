/**
 * Reads native notifications leniently. The guide and the specification of the upstream disagree about `comment` and about the
 * type of the entity, so neither is looked at: what counts is the id, the type and the entity.
 */
import { nestsDeeperThan } from '../json/nesting.ts';
import { clockSkewMillis, type Notification } from './notification.ts';

/** Input that is no notification, or is not known to be one. */
export type Malformed = { readonly reason: string };
export const isMalformed = (read: object): read is Malformed => 'reason' in read;

/** The deepest native document nests about 10 levels. */
const mostLevels = 100;
const mostIdUnits = 256;
/** Escaped, it is in the sort key of an index, which has 1,024 bytes at most (DynamoDB constraints): one that is longer could never be kept. */
const mostEscapedId = 900;
const mostEntityUnits = 512;
const mostTypeUnits = 100;

/** The member itself, not one that every object inherits. */
const member = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name)
        ? (at as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );

/** Characters that no attribute of a CloudEvent may have (1.0.2, type system, String). */
const forbidden = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

const isText = (value: unknown, mostUnits: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= mostUnits && !forbidden.test(value);

/** Ids are texts in every document seen; a number is taken for one. */
const idText = (value: unknown): unknown => (Number.isSafeInteger(value) ? String(value) : value);

/** In the document's order of trust. `attributes.eid` is left out: everywhere else it is the id of an entity. */
const idOf = (resource: unknown): string | undefined =>
  [member(resource, 'id'), member(resource, 'attributes', 'id')]
    .map(idText)
    .find((id): id is string => isText(id, mostIdUnits) && encodeURIComponent(id).length <= mostEscapedId);

/** What cannot be read, or is later than a clock can be wrong, counts as the time of receipt: a year 9999 would make all others late. */
const createdAtOf = (resource: unknown, receivedAtMillis: number): number => {
  const createdAt = member(resource, 'attributes', 'createdAt');
  const millis = typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN;
  return millis >= 0 && millis <= receivedAtMillis + clockSkewMillis ? millis : receivedAtMillis;
};

export type Receipt = {
  readonly origin: Notification['origin'];
  readonly receivedAtMillis: number;
};

/** @param document `{data: {…}}`, or the resource alone. */
export const readNotification = (
  document: unknown,
  { origin, receivedAtMillis }: Receipt,
): Notification | Malformed => {
  const data = member(document, 'data');
  const resource = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : document;
  const id = idOf(resource);
  if (id === undefined) return { reason: 'it has no id' };
  const type = member(resource, 'attributes', 'type');
  if (!isText(type, mostTypeUnits)) return { reason: 'it has no type' };
  const eid = member(resource, 'relationships', 'entity', 'data', 'id');
  // A push may be cut, so that one without an entity is not trusted: the pull brings it again. What is pulled is the record itself.
  if (!isText(eid, mostEntityUnits) && origin !== 'pull') return { reason: 'it names no entity' };
  const entity = isText(eid, mostEntityUnits) ? eid : `notification:${id}`;
  return {
    id,
    type,
    entity,
    createdAtMillis: createdAtOf(resource, receivedAtMillis),
    receivedAtMillis,
    origin,
    document,
  };
};

/** @param bytes the body of a push. */
export const readPush = (
  bytes: Uint8Array,
  receivedAtMillis: number,
  origin: 'push' | 'mirror' = 'push',
): Notification | Malformed => {
  if (nestsDeeperThan(bytes, mostLevels)) return { reason: `it nests deeper than ${mostLevels} levels` };
  let document: unknown;
  try {
    // A byte order mark is dropped; bytes that are no UTF-8 become U+FFFD.
    document = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return { reason: 'it is no JSON' };
  }
  return readNotification(document, { origin, receivedAtMillis });
};
