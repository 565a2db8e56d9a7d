/** Purges and write marks in the cache table: counters, with one update for each item. */
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionHeld } from '../../storage/conditional-write.ts';
import type { Clock } from '../../time/clock.ts';
import type { Epoch } from '../entry.ts';
import { longestKeepMillis } from '../make-entry.ts';
import { type ListedRecord, lapsedShare, type Tag } from '../store.ts';
import { isNarrow } from '../tags.ts';
import {
  counterName,
  type Item,
  sharedMarkName,
  sharedMarkUntilMillis,
  tagKey,
  tenantKey,
  writerName,
} from './dynamodb-items.ts';

/** A tag's item is kept longer than any answer that recorded its counters. */
export const tagKeepSeconds = (2 * longestKeepMillis) / 1_000;

/**
 * Most expired marks that one update removes: an expression has 4 KB at most, and every look-up reads the whole item.
 */
const mostTidied = 100;
/** Above this number of marks of single writers, further marks are grouped, so that the item stays small. */
const mostOwnMarks = 50;

type Key = { readonly pk: string; readonly sk: string };
type Changes = {
  readonly add?: Readonly<Record<string, number | ReadonlySet<string>>>;
  readonly set?: Item;
  readonly remove?: readonly string[];
};
/** A mark in the tenant's item, which holds all wide tags. */
type Mark = { readonly untilMillis: number; readonly tags: readonly Tag[] };

type NamedMark = Mark & { readonly name: string };
/** Whether this is the mark of a single writer. */
const isOwn = (name: string): boolean => name.startsWith(writerName(''));

export const numberOf = (item: Item | undefined, name: string): number => {
  const value = item?.[name];
  return typeof value === 'number' ? value : 0;
};

const listedIn = (item: Item, tag: Tag): Pick<Epoch, 'listed'> => {
  const count = numberOf(item, 'listed');
  if (count === 0 || !isNarrow(tag)) return {};
  return { listed: { count, stamp: { editedAtMillis: numberOf(item, 'listedAt'), own: String(item.listedAs) } } };
};

/** The marks in the item of a tag, by the names of their attributes. */
const marksIn = (item: Item, narrow: Tag | undefined): NamedMark[] =>
  Object.entries(item).flatMap(([name, value]) => {
    const sharedUntilMillis = sharedMarkUntilMillis(name);
    if (sharedUntilMillis !== undefined)
      return { name, untilMillis: sharedUntilMillis, tags: [...(value as Set<Tag>)] };
    if (!isOwn(name)) return [];
    return narrow === undefined
      ? { name, ...(value as Mark) }
      : { name, untilMillis: typeof value === 'number' ? value : 0, tags: [narrow] };
  });

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

export type TagOptions = {
  readonly tableName: string;
  readonly tenant: string;
  readonly clock: Clock;
  /** Called with failures that a later change of the same item repairs. */
  readonly onFailure?: (what: string, error: unknown) => void;
};

export const createTags = (client: DynamoDBDocumentClient, options: TagOptions) => {
  const { tableName, tenant, clock, onFailure = () => {} } = options;
  const update = async (Key: Key, changes: Changes, condition?: string, values: Item = {}): Promise<Item> => {
    const expression = expressionOf(changes);
    const request = { TableName: tableName, Key, ...expression, ReturnValues: 'ALL_NEW' as const };
    const conditional = {
      ConditionExpression: condition,
      ExpressionAttributeValues: { ...expression.ExpressionAttributeValues, ...values },
    };
    const command = new UpdateCommand(condition === undefined ? request : { ...request, ...conditional });
    return (await client.send(command)).Attributes ?? {};
  };

  /** Expired marks become a counter, so that items do not grow. The effective counter of the tag does not change. */
  const tidy = async (key: Key, item: Item, narrow: Tag | undefined): Promise<void> => {
    const lapsed = marksIn(item, narrow)
      .filter(({ untilMillis }) => untilMillis <= clock.nowMillis())
      .slice(0, mostTidied);
    if (lapsed.length === 0) return;
    const add: Record<string, number> = {};
    for (const tag of lapsed.flatMap(({ tags }) => tags)) {
      const name = counterName(tag, 'lapsed');
      add[name] = (add[name] ?? 0) + 1;
    }
    // If two instances do this at once, the mark counts twice, which only purges once more. A failure is repaired by
    // the next change.
    const tidied = update(key, { add, remove: lapsed.map(({ name }) => name) });
    await tidied.catch((error: unknown) => onFailure('tidying of marks', error));
  };

  /**
   * Puts the mark of this writer among the shared ones, which nobody takes away: the end of the write does not end them, and
   * they count as a purge too many. Only its writer may: another could lose a mark that was made anew meanwhile.
   */
  const share = async (key: Key, { name, untilMillis, tags }: NamedMark): Promise<void> => {
    await update(key, { add: { [sharedMarkName(untilMillis)]: new Set(tags) }, remove: [name] });
  };

  const keeping = (): Item => ({ deleteAtSeconds: Math.ceil(clock.nowMillis() / 1_000) + tagKeepSeconds });

  const change = async (narrow: Tag | undefined, changes: Changes): Promise<Item> => {
    const key = narrow === undefined ? tenantKey(tenant) : tagKey(tenant, narrow);
    const set = { ...changes.set, ...(narrow === undefined ? {} : keeping()) };
    const item = await update(key, { ...changes, set });
    await tidy(key, item, narrow);
    return item;
  };

  const mark = async (narrow: Tag | undefined, changes: Changes, marked: NamedMark): Promise<void> => {
    const item = await change(narrow, changes);
    if (Object.keys(item).filter(isOwn).length <= mostOwnMarks) return;
    await share(narrow === undefined ? tenantKey(tenant) : tagKey(tenant, narrow), marked);
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

  /** Only a later stamp, or the same one again, replaces the one known. */
  const noteOne = async ({ tag, stamp: { editedAtMillis, own } }: ListedRecord): Promise<void> => {
    const noted = update(
      tagKey(tenant, tag),
      { add: { listed: 1 }, set: { listedAt: editedAtMillis, listedAs: own, ...keeping() } },
      'attribute_not_exists(listed) OR listedAt < :at OR (listedAt = :at AND listedAs = :own)',
      { ':at': editedAtMillis, ':own': own },
    );
    if (!(await conditionHeld(noted))) await purge([tag], 'soft');
  };

  return {
    purge,
    noteListed: async (records: readonly ListedRecord[]): Promise<void> => {
      await Promise.all(records.map(noteOne));
    },

    /** The count of a tag in its item, as it is at an instant, now unless told. */
    epochOf(item: Item = {}, tag: Tag, atMillis = clock.nowMillis()): Epoch {
      const gone = marksIn(item, isNarrow(tag) ? tag : undefined).filter(
        ({ untilMillis, tags }) => untilMillis <= atMillis && tags.includes(tag),
      );
      const lapsed = numberOf(item, counterName(tag, 'lapsed')) + gone.length;
      return {
        hard: numberOf(item, counterName(tag, 'hard')) + lapsedShare * lapsed,
        soft: numberOf(item, counterName(tag, 'soft')),
        ...listedIn(item, tag),
      };
    },

    /** Until when a narrow tag is being written, by its item; 0 = it is not, at that instant. */
    writtenUntilMillis: (item: Item = {}, tag: Tag, atMillis: number): number =>
      Math.max(0, ...marksIn(item, tag).flatMap(({ untilMillis }) => (untilMillis > atMillis ? [untilMillis] : []))),

    async beginWrite(tags: readonly Tag[], writerId: string, untilMillis: number): Promise<void> {
      const { narrow, wide } = once(tags);
      const name = writerName(writerId);
      const ofWide: Mark = { untilMillis, tags: wide };
      await Promise.all([
        ...(wide.length > 0 ? [mark(undefined, { set: { [name]: ofWide } }, { name, ...ofWide })] : []),
        ...narrow.map((tag) => {
          const changes = { add: counting([tag], 'hard'), set: { [name]: untilMillis } };
          return mark(tag, changes, { name, untilMillis, tags: [tag] });
        }),
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
