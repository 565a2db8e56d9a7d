/** Lists and data sources that the facade serves to the tenant, and the ports of what they are kept in. */
import type { Sealed } from '../credentials/envelope.ts';
import type { HookHeader } from '../notifications/hook-header.ts';
import type { Field } from './field.ts';

/** Of a list or source: a part of the address that an administrator enters in Signals. */
export const namePattern = /^[a-z][a-z0-9-]{0,62}$/;
const kinds = ['list', 'source'] as const;
export type Kind = (typeof kinds)[number];

/** A header that the facade sends to the system of record. Its value is sealed for one origin. */
export type OutboundHeader = {
  readonly name: string;
  readonly origin: string;
  readonly sealed: Sealed;
  readonly setAtMillis: number;
};

type Common = {
  readonly name: string;
  /**
   * Goes up with each write, from the time of creation in milliseconds: a definition that is made anew under the same name has none of the
   * versions of the one before.
   */
  readonly version: number;
  /** The header by which a call is known to come from the tenant. */
  readonly caller: HookHeader;
  readonly fields: readonly Field[];
  /** Name of the field that tells items or records apart. */
  readonly key: string;
  readonly header?: OutboundHeader | undefined;
  /** How long a copy is served without asking again. */
  readonly freshSeconds: number;
  /** How old a copy may be that is served while the system of record is slow or fails. */
  readonly staleSeconds: number;
  readonly createdAtMillis: number;
  readonly changedAtMillis: number;
};

type Origin =
  /** Items that administrators put. */
  | { readonly kind: 'table' }
  /** An object of the bucket of lists. */
  | { readonly kind: 'csv'; readonly object: string }
  | { readonly kind: 'url'; readonly url: string };

export type ListDefinition = Common & { readonly kind: 'list'; readonly origin: Origin };
export type SourceDefinition = Common & {
  readonly kind: 'source';
  /** Templates of addresses (url-template.ts). A source without one of the latter two refuses such writes. */
  readonly urls: { readonly read: string; readonly create?: string | undefined; readonly update?: string | undefined };
};
export type Definition = ListDefinition | SourceDefinition;

/** Signals takes no more lists of a tenant (developer guide, 06). The same bound is kept for sources. */
export const mostOfKind = 200;

/** A list whose items may be there still: it was being removed then. */
export type Removal = Pick<ListDefinition, 'name' | 'createdAtMillis'> & { readonly notedAtMillis: number };

/** Port: the definitions. */
export interface DefinitionStore {
  /** As last written. */
  read(kind: Kind, name: string): Promise<Definition | undefined>;
  /** All of a kind, in the order of their names. */
  list(kind: Kind): Promise<readonly Definition[]>;
  /** Writes in place of what has this version; 0 = of nothing. @returns false if another version is there, and then writes nothing. */
  write(definition: Definition, insteadOf: number): Promise<boolean>;
  /** @returns false if another version is there, and then removes nothing. */
  remove(definition: Pick<Definition, 'kind' | 'name' | 'version'>): Promise<boolean>;
  /** Keeps a note of it, in place of an older one of the same list. */
  noteRemoval(removal: Removal): Promise<void>;
  /** All notes. */
  removals(): Promise<readonly Removal[]>;
  forgetRemoval(removal: Removal): Promise<void>;
}

/** What was read from a system of record, as it is served. */
export type Copy = { readonly text: string; readonly storedAtMillis: number };

/** Port: copies of what was served, and the items of lists that administrators put. */
export interface CopyStore {
  /** Whole, or undefined. A copy that is older than its life may be there still. */
  read(key: string): Promise<Copy | undefined>;
  /** Replaces the copy under this key at once. @param lifeSeconds it may be gone afterwards; undefined = it stays. */
  write(key: string, copy: Copy, lifeSeconds: number | undefined): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Port: CSV files that operators put into the bucket of lists. */
export interface CsvFiles {
  /** Undefined: there is no such object, or it may not be read. @throws AppError RECORDS_UNREADABLE for one that is too large. */
  read(object: string): Promise<Uint8Array | undefined>;
}
