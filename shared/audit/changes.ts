/** The changes of an act, field by field, as the audit log stores them. */
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

export const Change = z.object({
  /** The record, if it is not the target of the act itself, such as a key of the consumer. */
  of: z.string().optional(),
  field: z.string(),
  /** Missing: the field or the record did not exist before. */
  old: z.json().optional(),
  /** Missing: the field or the record does not exist now. */
  new: z.json().optional(),
});
export type Change = z.infer<typeof Change>;

/** Fields of a record as administrators see them: never a secret or a hash of one. */
export type Facts = Readonly<Record<string, unknown>>;

/** An entry is an item of 400 KB at most (DynamoDB quotas). */
const longestValueCharacters = 4_000;

const toValue = (value: unknown): z.infer<typeof Change>['old'] => {
  const text = JSON.stringify(value);
  if (text === undefined) return undefined;
  return text.length > longestValueCharacters ? `${text.slice(0, longestValueCharacters)}…` : JSON.parse(text);
};

const member = (name: 'old' | 'new', value: unknown): object => {
  const kept = toValue(value);
  return kept === undefined ? {} : { [name]: kept };
};

/**
 * The fields that differ, in the order of their names.
 * @param before undefined = the record did not exist.
 * @param after undefined = it does not exist now.
 * @param of the record, if it is not the target of the act itself.
 */
export const changesBetween = (before: Facts | undefined, after: Facts | undefined, of?: string): Change[] => {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return fields
    .filter((field) => !isDeepStrictEqual(before?.[field], after?.[field]))
    .map((field) => ({
      ...(of === undefined ? {} : { of }),
      field,
      ...member('old', before?.[field]),
      ...member('new', after?.[field]),
    }));
};

/** The same for several records by name, in the order of their names. */
export const changesOfRecords = (
  before: Readonly<Record<string, Facts>>,
  after: Readonly<Record<string, Facts>>,
): Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .flatMap((of) => changesBetween(before[of], after[of], of));

/** What an act requests; long values are cut. */
export const toAsked = (asked: Facts): Record<string, NonNullable<Change['old']> | null> =>
  Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => {
      const kept = toValue(value);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
