/** The index's words and tags of an entity, computed once and kept until the entity changes. */

import type { Json } from '../json.ts';
import type { Entity, Field, FieldType } from '../tenant/model.ts';
import type { IndexEntry, Plain, Tag, TagShape } from './index-entry.ts';

const keptTexts = 100_000;
const cutTexts = new Map<string, readonly string[]>();

const cut = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Words as the index cuts them: at every sign that is no letter or digit, and at capitals inside a word. Kept, since cutting is slow. */
export const wordsOf = (text: string): readonly string[] => {
  const known = cutTexts.get(text);
  if (known !== undefined) return known;
  const words = cut(text);
  if (cutTexts.size >= keptTexts) cutTexts.clear();
  if (text.length < 200) cutTexts.set(text, words);
  return words;
};

const wordNumbers = new Map<string, number>();
const numberedWords: string[] = [];

/** The word's number; the first asker, a query too, gives it one. */
export const numberOfWord = (word: string): number => {
  const known = wordNumbers.get(word);
  if (known !== undefined) return known;
  wordNumbers.set(word, numberedWords.length);
  return numberedWords.push(word) - 1;
};

const numbersOf = (words: readonly string[]): number[] => words.map(numberOfWord);

const none: readonly number[] = [];

/** The one list that holds something, when no other does: most entities have words in their name only. */
const joined = (...lists: readonly (readonly number[])[]): readonly number[] => {
  const filled = lists.filter(({ length }) => length > 0);
  return filled.length > 1 ? filled.flat() : (filled[0] ?? none);
};

/** A test of words by their numbers, which looks at each word once. */
export const testOfWords = (holds: (word: string) => boolean): ((number: number) => boolean) => {
  const known = new Uint8Array(numberedWords.length);
  const look = (number: number) => {
    const answer = holds(numberedWords[number] ?? '');
    known[number] = answer ? 2 : 1;
    return answer;
  };
  return (number) => {
    const answer = known[number] ?? 0;
    return answer === 0 ? look(number) : answer === 2;
  };
};

const numericTypes: ReadonlySet<FieldType> = new Set(['number', 'integer', 'unit', 'formula']);

const plain = (value: Json): Plain => (typeof value === 'object' ? JSON.stringify(value) : (value as Plain));

/** The tag that a field becomes; decimals are doubles, whole-number fields integers. */
const tagOfField = (field: Field): Tag | undefined => {
  const values = (field.values ?? [field.value ?? '']).filter((value) => value !== '' && value !== null).map(plain);
  if (values.length === 0) return undefined;
  const { type } = field.definition;
  if (numericTypes.has(type))
    return {
      type: type === 'integer' ? 'integer' : 'double',
      values: values.map((value) => Number.parseFloat(String(value))),
    };
  if (type === 'datetime') return { type: 'date', values: values.map((value) => Date.parse(String(value))) };
  if (type === 'boolean') return { type: 'boolean', values: values.map((value) => value === true || value === 'true') };
  const [only] = values;
  return values.length === 1 ? textTag(String(only)) : { type: 'text', values: values.map(String) };
};

const keptTags = 10_000;
const textTags = new Map<string, Tag>();

/** Texts that many entities share, such as the options of a list, share one tag. */
const textTag = (value: string): Tag => {
  const known = textTags.get(value);
  if (known !== undefined) return known;
  const tag: Tag = { type: 'text', values: [value] };
  if (textTags.size < keptTags) textTags.set(value, tag);
  return tag;
};

const tagsOf = (entity: Entity): Map<string, Tag> => {
  const tags = new Map<string, Tag>([['fields.Name', { type: 'text', values: [entity.name] }]]);
  if (entity.description !== '') tags.set('fields.Description', { type: 'text', values: [entity.description] });
  for (const field of entity.fields) {
    const name = `fields.${field.definition.name}`;
    const tag = tags.has(name) ? undefined : tagOfField(field);
    if (tag !== undefined) tags.set(name, tag);
  }
  return tags;
};

const shapes = new Map<string, TagShape>();

const shapeOf = (tags: ReadonlyMap<string, Tag>): TagShape => {
  const list = [...tags].map(([name, { type }]) => [name, type] as const);
  const key = JSON.stringify(list);
  const known = shapes.get(key);
  if (known !== undefined) return known;
  const shape = { tags: list, places: new Map(list.map(([name], place) => [name, place])) };
  shapes.set(key, shape);
  return shape;
};

const createEntry = (entity: Entity): IndexEntry => {
  const nameWords = numbersOf(cut(entity.name));
  const descriptionWords = entity.description === '' ? none : numbersOf(cut(entity.description));
  const fieldWords = entity.fields.flatMap(({ value }) =>
    value === undefined || value === '' ? [] : numbersOf(wordsOf(String(value))),
  );
  const tags = tagsOf(entity);
  return {
    name: entity.name,
    description: entity.description,
    nameWords,
    descriptionWords,
    words: joined(nameWords, descriptionWords, fieldWords),
    shape: shapeOf(tags),
    tags: [...tags.values()],
  };
};

/** The entity's entry, made anew after a change. */
export const entryOf = (entity: Entity): IndexEntry => {
  const known = entity.indexEntry;
  if (known !== undefined && known.name === entity.name && known.description === entity.description) return known;
  const entry = createEntry(entity);
  entity.indexEntry = entry;
  return entry;
};
