/** Lists that the tenant reads: from items in a table, from a CSV file in a bucket, or from a system of record. */
import { AppError } from '../errors/app-error.ts';
import { readCsvItems } from './csv-items.ts';
import type { ListDefinition } from './definition.ts';
import { checkItems, type ItemFault, type ListItem, mostTextCharacters, toListText } from './items.ts';
import type { Background, Served } from './read-through.ts';
import { isRecord } from './record.ts';
import { callFor, copyKey, failed, isSuccess, readJsonAnswer, type ServingParts, unreadable } from './serving.ts';

/** Signals waits for a list for 30 s. The start of a function and the stores need some of it. */
const mostMillis = 20_000;
const mostBytes = 16 * 1_048_576;

const noItems = '{"data":[]}';
const tooLong = `As JSON, the items have more than ${mostTextCharacters} characters.`;

const placeOf = ({ index, field }: ItemFault): string =>
  [index === undefined ? 'The list' : `item ${index}`, ...(field === undefined ? [] : [field])].join(', ');

export const itemFaultText = (fault: ItemFault): string => `${placeOf(fault)}: ${fault.detail}.`;

/** An answer is the document that Signals reads, or its items alone. */
const itemsIn = (answer: unknown): unknown => (isRecord(answer) ? answer.data : answer);

/** The items that administrators put are kept under this key, without an end. */
export const itemsKey = ({ name, createdAtMillis }: Pick<ListDefinition, 'name' | 'createdAtMillis'>): string =>
  `list/${name}/items/${createdAtMillis}`;

export const createLists = ({ copies, csvFiles, readThrough, ...caller }: ServingParts) => {
  const call = callFor(caller);

  const fromUrl = async (list: ListDefinition, url: string) => {
    const answer = await call(list, { method: 'GET', url, mostBytes, mostMillis });
    if (!isSuccess(answer)) throw failed(answer);
    return checkItems(itemsIn(readJsonAnswer(answer)), list);
  };

  const fromFile = async (list: ListDefinition, object: string) => {
    const bytes = await csvFiles.read(object);
    if (!bytes) throw unreadable(`The bucket of lists has no object ${object}.`);
    return readCsvItems(bytes, list);
  };

  const fromTable = async (list: ListDefinition) => {
    const kept = await copies.read(itemsKey(list));
    return { items: kept ? (JSON.parse(kept.text).data as ListItem[]) : [], faults: [] };
  };

  /** The items as they are now. @throws AppError RECORDS_UNREADABLE for a list that is not as declared. It is never cut. */
  const read = async (list: ListDefinition): Promise<readonly ListItem[]> => {
    const { origin } = list;
    const { items, faults } =
      origin.kind === 'url'
        ? await fromUrl(list, origin.url)
        : origin.kind === 'csv'
          ? await fromFile(list, origin.object)
          : await fromTable(list);
    const [first] = faults;
    if (first) throw unreadable(`The list is not as declared. ${itemFaultText(first)}`);
    return items;
  };

  return {
    read,
    /** @throws AppError as `read`, and what the system of record throws, where there is no copy that may be served. */
    async serve(list: ListDefinition, background: Background): Promise<Served> {
      if (list.origin.kind === 'table') {
        const kept = await copies.read(itemsKey(list));
        return { text: kept?.text ?? noItems, state: 'fresh', ageSeconds: 0 };
      }
      const ask = async (): Promise<string> => {
        const text = toListText(await read(list));
        if (text === undefined) throw unreadable(tooLong);
        return text;
      };
      return readThrough(copyKey(list, list.origin), list, ask, background);
    },
    /** Replaces the items of a list. @throws AppError REQUEST_INVALID, if the list takes its items from elsewhere, or they are too long. */
    async put(list: ListDefinition, items: readonly ListItem[], nowMillis: number): Promise<void> {
      if (list.origin.kind !== 'table')
        throw new AppError('REQUEST_INVALID', {
          detail: `The items of ${list.name} come from its origin. Only a list with the origin "table" takes items.`,
        });
      const text = toListText(items);
      if (text === undefined) throw new AppError('REQUEST_INVALID', { detail: tooLong });
      await copies.write(itemsKey(list), { text, storedAtMillis: nowMillis }, undefined);
    },
  };
};
export type Lists = ReturnType<typeof createLists>;
