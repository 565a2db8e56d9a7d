/** The index's entry of an entity. */

export type Plain = string | number | boolean;
export const tagTypes = ['text', 'date', 'integer', 'double', 'boolean'] as const;
export type TagType = (typeof tagTypes)[number];

export interface Tag {
  readonly type: TagType;
  readonly values: readonly Plain[];
}

/** Names and types of an entity's tags; entities with the same ones share the object, so that they are counted together. */
export interface TagShape {
  readonly tags: readonly (readonly [name: string, type: TagType])[];
  /** Place of each name in the list. */
  readonly places: ReadonlyMap<string, number>;
}

export interface IndexEntry {
  readonly name: string;
  readonly description: string;
  /** Numbers of the words, as `numberOfWord` gives them: a scan compares numbers much faster than texts. */
  readonly nameWords: readonly number[];
  readonly descriptionWords: readonly number[];
  /** Words of name, description and fields. */
  readonly words: readonly number[];
  readonly shape: TagShape;
  /** In the order of the shape. */
  readonly tags: readonly Tag[];
}
