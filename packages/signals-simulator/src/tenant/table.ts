/** Rows and columns of every kind of table; which media and names they travel under is the topics' affair. */
import type { Json } from '../json.ts';
import type { FieldType } from './model.ts';

export interface Column {
  readonly key: string;
  readonly title: string;
  readonly type: FieldType;
  readonly options?: readonly string[];
  readonly units?: readonly string[];
  /** Kind of measure of a unit column. */
  readonly measure?: string;
  /** The attribute whose options an `attributeList` draws on. */
  readonly attributeId?: string;
  /** An `attributeList` that takes several options. */
  readonly isMulti?: boolean;
  readonly autotextListId?: string;
  readonly isExternalKey?: boolean;
  readonly isUserDefined?: boolean;
  isHidden?: boolean;
}

export interface Row {
  readonly id: string;
  /** Column key to content: `{value}`, `{values}`, `{display,…}`. */
  readonly cells: Map<string, Json>;
  /** Only in hierarchical tables. */
  readonly parentRowId?: string;
}

export interface Table {
  readonly columns: Column[];
  rows: Row[];
}
