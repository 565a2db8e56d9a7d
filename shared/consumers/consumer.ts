/** Consumers: the applications that call the facade, their keys and what they may do. */
import { createHash, randomBytes } from 'node:crypto';
import type { Operation, ScopeKind } from '../catalogue/operation.ts';
import type { Consumer, OidcClient } from '../exchange/consumer.ts';
import { toKey } from './key-format.ts';

/** A consumer that was found, and when the key or client that identified it expires. */
export type FoundConsumer = {
  readonly consumer: Consumer;
  /** Id of the key, where a key identified it. */
  readonly keyId?: string | undefined;
  readonly expiresAtMillis?: number | undefined;
};

/** Whether a key, or what one has identified, has not expired. */
export const isAlive = ({ expiresAtMillis }: Pick<FoundConsumer, 'expiresAtMillis'>, nowMillis: number): boolean =>
  expiresAtMillis === undefined || expiresAtMillis > nowMillis;

/** Port: the registry of consumers. */
export interface ConsumerRegistry {
  /** The consumer that has the key with this hash, as last written; undefined if no consumer has it. */
  findByKeyHash(keyHash: string): Promise<FoundConsumer | undefined>;
  /** The consumer that this client's tokens identify, as last written; undefined if there is none. */
  findByOidcClient(client: OidcClient): Promise<FoundConsumer | undefined>;
  /**
   * Writes the consumer, replacing one with the same id, and adds the key. Safe to repeat.
   * @throws AppError KEYS_FULL if it has two other keys.
   */
  save(consumer: Consumer, keyHash: string): Promise<void>;
}

/** A new facade key: 256 random bits in a form that secret scanners can find. It is shown once and never stored. */
export const createKey = (): string => toKey(randomBytes(32));

/** Names a key in lists and logs. It is random, so it reveals nothing about the key. */
export const createKeyId = (): string => `key-${randomBytes(6).toString('hex')}`;

/**
 * Distinguishes a consumer from earlier ones with the same id, whose people's tokens it must not get. No id has this
 * form.
 */
export const createIncarnation = (): string => `c_${randomBytes(12).toString('hex')}`;

/**
 * The form in which keys are stored and looked up. A plain SHA-256 is enough for a secret of 256 random bits: there is
 * nothing to guess. Looking up by hash also avoids a comparison whose time could reveal something.
 */
export const hashKey = (key: string): string =>
  createHash('sha256').update(`signals-facade-key:${key}`, 'utf8').digest('hex');

type Grouped = Pick<Operation, 'group'> & { readonly scopePrefix?: string | undefined };

/** A group as scopes name it: `entities` of the first upstream, `tissuemaps/images` of another one. */
export const groupInScopes = ({ group, scopePrefix }: Grouped): string =>
  scopePrefix === undefined ? group : `${scopePrefix}/${group}`;

/** The scope that an operation needs, as errors and documents name it. */
export const scopeOf = (operation: Operation): string => `${groupInScopes(operation)}:${operation.scope}`;

/** Prefix of the upstream (empty = the first one), and group within it. */
const partsOfGroup = (group: string): readonly [prefix: string, name: string] => {
  const slash = group.indexOf('/');
  return [group.slice(0, Math.max(0, slash)), group.slice(slash + 1)];
};

const isStar = (group: string): boolean => partsOfGroup(group)[1] === '*';

/** Whether the group of a scope stands for a group. `*` stands for all groups of its own upstream, and never for another's. */
export const coversGroup = (scopeGroup: string, group: string): boolean =>
  scopeGroup === group || (isStar(scopeGroup) && partsOfGroup(scopeGroup)[0] === partsOfGroup(group)[0]);

/**
 * Groups that administer the facade, show what others do, or end everybody's tokens in the tenant. `*` does not cover
 * them: a scope must name them.
 */
export const adminGroups: readonly string[] = [
  'consumers',
  'credentials',
  'tokens',
  'audit',
  'requests',
  'cache-admin',
  'quota-admin',
  'subscriptions',
  'notifications',
  'notifications-admin',
  'exports',
  'archive',
  'archive-admin',
  'archive-holds',
  'lists',
  'tenant-tokens',
];

/** Whether a scope names the kind, and the group or any of its upstream. */
const names = (scope: string, wantedGroup: string, wantedKind: string): boolean => {
  const [group = '', kind] = scope.split(':');
  return coversGroup(group, wantedGroup) && (kind === '*' || kind === wantedKind);
};

const covers = (scopes: readonly string[], wantedGroup: string, wantedKind: string): boolean =>
  scopes.some(
    (scope) =>
      names(scope, wantedGroup, wantedKind) &&
      !(isStar(scope.split(':')[0] ?? '') && adminGroups.includes(wantedGroup)),
  );

/** In `userAttributed`, `*` stands for every group of its upstream, those that administer included. */
const isMarked = ({ userAttributed = [] }: Consumer, group: string, kind: string): boolean =>
  userAttributed.some((mark) => names(mark, group, kind));

/**
 * Whether one of the consumer's scopes covers a group and a kind. `*` covers every group except those that administer.
 */
export const holdsScope = (consumer: Consumer, wantedGroup: string, wantedKind: ScopeKind): boolean =>
  covers(consumer.scopes, wantedGroup, wantedKind);

/** The scopes of `scopes` that the consumer does not hold, and so must not grant. */
export const scopesBeyond = (consumer: Consumer, scopes: readonly string[]): string[] =>
  scopes.filter((scope) => {
    const [group = '', kind = ''] = scope.split(':');
    return !covers(consumer.scopes, group, kind);
  });

const overlap = (one: string, other: string): boolean => {
  const [[group = '', kind = ''], [otherGroup = '', otherKind = '']] = [one.split(':'), other.split(':')];
  const sameKind = kind === otherKind || kind === '*' || otherKind === '*';
  return sameKind && (coversGroup(group, otherGroup) || coversGroup(otherGroup, group));
};

/**
 * The members of `marks` (as in `userAttributed`) without which the consumer may do some of the operations that they
 * stand for.
 */
export const marksBeyond = (consumer: Consumer, marks: readonly string[]): string[] =>
  marks.filter((mark) => {
    const [group = '', kind = ''] = mark.split(':');
    return consumer.scopes.some((scope) => overlap(scope, mark)) && !isMarked(consumer, group, kind);
  });

/** Whether one of the consumer's scopes covers the operation. */
export const mayCall = (consumer: Consumer, operation: Operation): boolean =>
  holdsScope(consumer, groupInScopes(operation), operation.scope);

/** Whether the operation must go upstream as a person. */
export const needsPerson = (consumer: Consumer, operation: Operation): boolean =>
  isMarked(consumer, groupInScopes(operation), operation.scope);
