/** The plain records of a tenant. Instants are milliseconds since 1970; absent members are `undefined`. */
import type { Json } from '../json.ts';
import type { IndexEntry } from '../search/index-entry.ts';

export const fieldTypes = [
  'text',
  'number',
  'integer',
  'boolean',
  'datetime',
  'list',
  'multiSelect',
  'attributeList',
  'autotextList',
  'unit',
  'link',
  'multiLink',
  'externalLink',
  'ontologyList',
  'user',
  'structure',
  'html',
  'formula',
] as const;
export type FieldType = (typeof fieldTypes)[number];

export interface FieldDefinition {
  readonly id: string;
  readonly name: string;
  readonly type: FieldType;
  readonly options?: readonly string[];
  /** Kind of measure of a unit field: `mass`, `volume`, … */
  readonly measure?: string;
  /** The units that a unit field accepts, the base unit first. */
  readonly units?: readonly string[];
  readonly isRequired?: boolean;
  readonly canEdit?: boolean;
  readonly attributeId?: string;
}

export interface Field {
  readonly definition: FieldDefinition;
  value?: Json | undefined;
  values?: readonly Json[] | undefined;
}

/** Bytes of a file-like entity; large ones are made on the fly and never held whole. */
export interface Content {
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** The number that the bytes are made from; `undefined` when they are held. */
  readonly generatedFrom?: number;
  chunks(): Iterable<Uint8Array>;
}

export interface Entity {
  readonly id: string;
  readonly type: string;
  name: string;
  description: string;
  state: string | undefined;
  readonly createdAtMillis: number;
  editedAtMillis: number;
  readonly createdBy: string;
  editedBy: string;
  ownerId: string;
  parentId: string | undefined;
  digest: string;
  isTemplate: boolean;
  isSystemTemplate: boolean;
  isTrashed: boolean;
  /** In something trashed, at any height; the store keeps it. */
  isUnderTrash: boolean;
  readonly templateId: string | undefined;
  fields: Field[];
  starredBy: readonly string[];
  content: Content | undefined;
  /** Place in the edit log; larger means edited later. */
  sequence: number;
  /** The search's entry of the entity; every change drops it. */
  indexEntry: IndexEntry | undefined;
}

export interface User {
  readonly id: string;
  userName: string;
  email: string;
  firstName: string;
  lastName: string;
  country: string;
  organization: string;
  roleIds: readonly string[];
  isEnabled: boolean;
  readonly createdAtMillis: number;
  lastLoginAtMillis: number | undefined;
  alias: string;
}
