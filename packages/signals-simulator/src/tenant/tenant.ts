/** Everything one tenant holds. A reset replaces the whole object; nothing outside keeps a part of it. */
import type { Clock } from '../clock.ts';
import type { Json } from '../json.ts';
import type { Switches } from '../options.ts';
import type { Random } from '../random.ts';
import { plainExtras, type SearchExtras } from '../search/extras.ts';
import type { Attribute, Fragment } from './attributes.ts';
import { type Behaviour, defaultBehaviour } from './behaviour.ts';
import type { Drawing } from './drawings.ts';
import { createEntityStore, type EntityStore } from './entity-store.ts';
import { createHistory, type History } from './history.ts';
import { createInventory, type Inventory } from './inventory.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createMaterials, type Materials } from './materials.ts';
import type { Entity, FieldDefinition } from './model.ts';
import { createNotifications, type Notifications } from './notifications.ts';
import { createPeople, type People } from './people.ts';
import type { PlateSet } from './plates.ts';
import type { Table } from './table.ts';
import { createTokens, type Tokens } from './tokens.ts';

export interface Share {
  readonly id: string;
  readonly userId: string | undefined;
  readonly groupId: string | undefined;
  canRead: boolean;
  canWrite: boolean;
  hasFullControl: boolean;
}

export interface Comment {
  readonly id: string;
  readonly entityId: string;
  readonly userId: string;
  readonly text: string;
  readonly createdAtMillis: number;
}

export interface Relationship {
  readonly id: string;
  readonly type: string;
  readonly targetId: string;
  readonly createdBy: string;
  readonly createdAtMillis: number;
}

/** As `attributes.ado` shows it (client-shapes S22). */
export type AdoKind = { readonly id: string; readonly baseType: string; readonly adoName: string };

export interface TablePart {
  readonly id: string;
  readonly name: string;
}

export interface LayoutPage {
  readonly id: string;
  name: string;
  /** Children put here; `undefined` on the first page, which holds all others. */
  childIds: string[] | undefined;
}

/** One call of the API as the audit log keeps it. */
type AuditEntry = { readonly [name: string]: string | number };

export interface Tenant {
  readonly clock: Clock;
  readonly random: Random;
  readonly switches: Switches;
  readonly behaviour: Behaviour;
  readonly jobs: Jobs;
  readonly entities: EntityStore;
  readonly people: People;
  readonly tokens: Tokens;
  readonly history: History;
  readonly notifications: Notifications;
  readonly tables: Map<string, Table>;
  /** Layers of hierarchical tables and variants of variations tables, whose rows are tables `<id>/<part>`. */
  readonly tableParts: Map<string, TablePart[]>;
  readonly plates: Map<string, PlateSet>;
  /** Objects that are read and written whole: monomers, enumerators, layouts. */
  readonly objects: Map<string, { [name: string]: Json }>;
  readonly drawings: Map<string, Drawing>;
  /** The last confirmation of a sample by an outside system. */
  readonly externalDigests: Map<string, string>;
  /** Hidden column keys by table id. */
  readonly hiddenColumns: Map<string, Set<string>>;
  /** Who a task is assigned to, by task id. */
  readonly assignments: Map<string, string>;
  /** Tasks that a todo list shows though they live elsewhere. */
  readonly linkedTasks: Map<string, readonly string[]>;
  /** The kind of an admin-defined object, by entity id. */
  readonly ados: Map<string, AdoKind>;
  readonly materials: Materials;
  readonly inventory: Inventory;
  /** Job id by file id of a materials export. */
  readonly exportFiles: Map<string, string>;
  readonly attributes: Map<string, Attribute>;
  readonly fragments: { readonly salts: Map<string, Fragment>; readonly solvates: Map<string, Fragment> };
  /** Users that SCIM has deleted: disabled, and unknown to it. */
  readonly scimDeleted: Set<string>;
  readonly associations: Map<string, Json[]>;
  /** Notebooks that only their owner, administrators and those they are shared with may read. */
  readonly privateNotebooks: Set<string>;
  /** Templates that number their instances; a name given beside them is refused. */
  readonly autoNumbered: Set<string>;
  readonly pages: Map<string, LayoutPage[]>;
  readonly complianceHashes: Map<string, string>;
  readonly audit: AuditEntry[];
  readonly shares: Map<string, Share[]>;
  readonly comments: Map<string, Comment[]>;
  readonly relationships: Map<string, Relationship[]>;
  /** Fields that a new entity of a type starts with when no template gives others. */
  readonly defaultFields: Map<string, readonly FieldDefinition[]>;
  /** Parts that topics add to the search index. */
  searchExtras: SearchExtras;
  /** A decimal id that no other call has given. */
  nextNumber(): string;
  lastNumber(): number;
}

export interface TenantSettings {
  readonly clock: Clock;
  readonly random: Random;
  readonly switches: Switches;
  readonly keys: Readonly<Record<string, string>>;
  readonly behaviour?: Partial<Behaviour>;
  /** The last id that `nextNumber` gave. */
  readonly lastNumber?: number | undefined;
}

/** An empty tenant. */
export const createTenant = ({ clock, random, switches, keys, ...settings }: TenantSettings): Tenant => {
  let lastNumber = settings.lastNumber ?? 1000;
  const people = createPeople(keys);
  const behaviour = { ...defaultBehaviour(), ...settings.behaviour };
  return {
    clock,
    random,
    switches,
    behaviour,
    jobs: createJobs(clock, behaviour),
    entities: createEntityStore(clock, random),
    people,
    tokens: createTokens(clock, random, people),
    history: createHistory(clock),
    notifications: createNotifications(clock),
    tables: new Map(),
    tableParts: new Map(),
    plates: new Map(),
    objects: new Map(),
    drawings: new Map(),
    externalDigests: new Map(),
    hiddenColumns: new Map(),
    assignments: new Map(),
    linkedTasks: new Map(),
    ados: new Map(),
    materials: createMaterials(),
    inventory: createInventory(),
    exportFiles: new Map(),
    attributes: new Map(),
    fragments: { salts: new Map(), solvates: new Map() },
    scimDeleted: new Set(),
    associations: new Map(),
    privateNotebooks: new Set(),
    autoNumbered: new Set(),
    pages: new Map(),
    complianceHashes: new Map(),
    audit: [],
    shares: new Map(),
    comments: new Map(),
    relationships: new Map(),
    defaultFields: new Map(),
    searchExtras: plainExtras,
    nextNumber() {
      lastNumber += 1;
      return String(lastNumber);
    },
    lastNumber: () => lastNumber,
  };
};

/** Records a change that a user made: new digest and times, and a line in the history. */
export const changed = (tenant: Tenant, entity: Entity, userId: string, action: string, detail = ''): void => {
  tenant.entities.touch(entity, userId);
  tenant.history.record(entity, action, userId, detail);
};

/** Does the work on an entity's name, description and fields whole or not at all. */
export const allOrNothing = (tenant: Tenant, entity: Entity, work: () => void): void => {
  const { name, description } = entity;
  const fields = entity.fields.map((field) => ({ ...field }));
  try {
    work();
  } catch (cause) {
    tenant.entities.rename(entity, name);
    entity.description = description;
    entity.fields = fields;
    throw cause;
  }
};
