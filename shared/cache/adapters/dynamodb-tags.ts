/** Purges and marks of writers in the cache table: counters, one update per item. */
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../time/clock.ts';
import type { Epoch } from '../entry.ts';
import { longestKeepMillis } from '../make-entry.ts';
import { isNarrow, lapsedShare, type Tag } from '../store.ts';
import { counterName, type Item, tagKey, tenantKey, writerName } from './dynamodb-items.ts';

/** A tag outlives every answer that remembers its count. */
export const tagKeepSeconds = (2 * longestKeepMillis) / 1_000;

type Key = { readonly pk: string; readonly sk: string };
type Changes = {
  readonly add?: Readonly<Record<string, number>>;
  readonly set?: Item;
  readonly remove?: readonly string[];
};
/** A mark in the tenant's item, which holds all wide tags. */
type Mark = { readonly untilMillis: number; readonly tags: readonly Tag[] };

export const numberOf = (item: Item | undefined, name: string): number => {
  const value = item?.[name];
  return typeof value === 'number' ? value : 0;
};

/** The marks in the item of a tag, by the names of their attributes. */
const marksIn = (item: Item, narrow: Tag | undefined): (Mark & { readonly name: string })[] =>
  Object.entries(item)
    .filter(([name]) => name.startsWith(writerName('')))
    .map(([name, value]) =>
      narrow === undefined
        ? { name, ...(value as Mark) }
        : { name, untilMillis: typeof value === 'number' ? value : 0, tags: [narrow] },
    );

const expressionOf = ({ add = {}, set = {}, remove = [] }: Changes) => {
  const names = [...new Set([...Object.keys(add), ...Object.keys(set), ...remove])];
  const alias = (name: string): string => `#n${names.indexOf(name)}`;
  const value = (name: string): string => `:v${names.indexOf(name)}`;
  const clause = (word: string, parts: readonly string[]): string =>
    parts.length > 0 ? `${word} ${parts.join(', ')}` : '';
  const values = Object.entries({ ...add, ...set }).map(([name, one]) => [value(name), one]);
  return {
    UpdateExpression: [
      clause(
        'ADD',
        Object.keys(add).map((name) => `${alias(name)} ${value(name)}`),
      ),
      clause(
        'SET',
        Object.keys(set).map((name) => `${alias(name)} = ${value(name)}`),
      ),
      clause('REMOVE', remove.map(alias)),
    ]
      .filter(Boolean)
      .join(' '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [alias(name), name])),
    ...(values.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(values) } : {}),
  };
};

type TagOptions = { readonly tableName: string; readonly tenant: string; readonly clock: Clock };

export const createTags = (client: DynamoDBDocumentClient, { tableName, tenant, clock }: TagOptions) => {
  const update = async (Key: Key, changes: Changes): Promise<Item> => {
    const request = { TableName: tableName, Key, ...expressionOf(changes), ReturnValues: 'ALL_NEW' as const };
    return (await client.send(new UpdateCommand(request))).Attributes ?? {};
  };

  /** Marks of writers that died go into a counter, so that items do not grow. The count of the tag stays what it was. */
  const tidy = async (key: Key, item: Item, narrow: Tag | undefined): Promise<void> => {
    const lapsed = marksIn(item, narrow).filter(({ untilMillis }) => untilMillis <= clock.nowMillis());
    if (lapsed.length === 0) return;
    const add: Record<string, number> = {};
    for (const tag of lapsed.flatMap(({ tags }) => tags)) {
      const name = counterName(tag, 'lapsed');
      add[name] = (add[name] ?? 0) + 1;
    }
    // Two that tidy at once count twice: a purge too many. One that fails leaves it to the next.
    await update(key, { add, remove: lapsed.map(({ name }) => name) }).catch(() => {});
  };

  const change = async (narrow: Tag | undefined, changes: Changes): Promise<void> => {
    const key = narrow === undefined ? tenantKey(tenant) : tagKey(tenant, narrow);
    const keeps = { deleteAtSeconds: Math.ceil(clock.nowMillis() / 1_000) + tagKeepSeconds };
    const set = { ...changes.set, ...(narrow === undefined ? {} : keeps) };
    await tidy(key, await update(key, { ...changes, set }), narrow);
  };

  const once = (tags: readonly Tag[]) => {
    const all = [...new Set(tags)];
    return { narrow: all.filter(isNarrow), wide: all.filter((tag) => !isNarrow(tag)) };
  };
  const counting = (tags: readonly Tag[], kind: 'hard' | 'soft') =>
    Object.fromEntries(tags.map((tag) => [counterName(tag, kind), 1]));

  const purge = async (tags: readonly Tag[], kind: 'hard' | 'soft'): Promise<void> => {
    const { narrow, wide } = once(tags);
    await Promise.all([
      ...(wide.length > 0 ? [change(undefined, { add: counting(wide, kind) })] : []),
      ...narrow.map((tag) => change(tag, { add: counting([tag], kind) })),
    ]);
  };

  return {
    purge,

    /** The count of a tag in its item, as it is at an instant, now unless told. */
    epochOf(item: Item = {}, tag: Tag, atMillis = clock.nowMillis()): Epoch {
      const gone = marksIn(item, isNarrow(tag) ? tag : undefined).filter(
        ({ untilMillis, tags }) => untilMillis <= atMillis && tags.includes(tag),
      );
      const lapsed = numberOf(item, counterName(tag, 'lapsed')) + gone.length;
      return {
        hard: numberOf(item, counterName(tag, 'hard')) + lapsedShare * lapsed,
        soft: numberOf(item, counterName(tag, 'soft')),
      };
    },

    /** Until when a narrow tag is being written, by its item. */
    writtenUntilMillis: (item: Item = {}, tag: Tag): number =>
      Math.max(0, ...marksIn(item, tag).map(({ untilMillis }) => untilMillis)),

    async beginWrite(tags: readonly Tag[], writerId: string, untilMillis: number): Promise<void> {
      const { narrow, wide } = once(tags);
      const name = writerName(writerId);
      const mark: Mark = { untilMillis, tags: wide };
      await Promise.all([
        ...(wide.length > 0 ? [change(undefined, { set: { [name]: mark } })] : []),
        ...narrow.map((tag) => change(tag, { add: counting([tag], 'hard'), set: { [name]: untilMillis } })),
      ]);
    },

    async endWrite(marked: readonly Tag[], writerId: string, touched: readonly Tag[]): Promise<void> {
      const marks = once(marked);
      const { narrow, wide } = once(touched);
      const remove = [writerName(writerId)];
      await Promise.all([
        purge(
          narrow.filter((tag) => !marks.narrow.includes(tag)),
          'hard',
        ),
        ...(marks.wide.length + wide.length > 0
          ? [change(undefined, { add: counting(wide, 'hard'), remove: marks.wide.length > 0 ? remove : [] })]
          : []),
      ]);
      await Promise.all(
        marks.narrow.map((tag) => change(tag, { add: narrow.includes(tag) ? counting([tag], 'hard') : {}, remove })),
      );
    },
  };
};
