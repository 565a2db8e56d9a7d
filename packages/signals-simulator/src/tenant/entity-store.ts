/** All entities of the tenant with the indexes that keep every listing quick at 100,000 of them. */
import type { Clock } from '../clock.ts';
import { conflict } from '../errors.ts';
import type { Random } from '../random.ts';
import { createEditLog } from './edit-log.ts';
import type { Entity } from './model.ts';

export type NewEntity = Pick<Entity, 'id' | 'type' | 'name' | 'createdBy'> & Partial<Entity>;

export interface EntityStore {
  get(id: string): Entity | undefined;
  /** Adds an entity under its parent; the parent's digest and times change. @throws 409 when the name is taken. */
  create(entity: NewEntity): Entity;
  /** Adds without touching the parent, for building the demo tenant. */
  load(entity: NewEntity): Entity;
  /** A change by a user: new digest, new edit time here and on every ancestor. */
  touch(entity: Entity, userId: string): void;
  /** @throws 409 when a sibling of the type has the name. */
  rename(entity: Entity, name: string): void;
  move(entity: Entity, parentId: string | undefined, userId: string): void;
  trash(entity: Entity, userId: string): void;
  restore(entity: Entity, userId: string): void;
  /** Forgets the entity altogether. */
  remove(entity: Entity): void;
  childrenOf(id: string): readonly Entity[];
  /** Puts a child at a place among its siblings. */
  place(entity: Entity, index: number): void;
  /** Parent first, then its parent, up to the root. */
  ancestorsOf(entity: Entity): Entity[];
  hasTrashedAncestor(entity: Entity): boolean;
  newestFirst(types: readonly string[]): Iterable<Entity>;
  /** In order of creation. */
  ofType(type: string): Iterable<Entity>;
  types(): readonly string[];
  all(): Iterable<Entity>;
  size(): number;
  nextDigest(): string;
  /** After loading: edit times rise from children to parents, and the edit log follows the times. */
  settle(): void;
  /** Ids in the order of their last change, and children in the order of their siblings. */
  order(): { readonly editOrder: string[]; readonly childOrder: string[] };
  /** After loading, in place of `settle`: the orders that `order` gave. */
  restoreOrder(editOrder: readonly string[], childOrder: readonly string[]): void;
}

const nameKey = (entity: Pick<Entity, 'parentId' | 'type' | 'name'>) =>
  `${entity.parentId ?? ''}\n${entity.type}\n${entity.name}`;

/** Orphans are in no notebook, so nothing says that their names must differ; templates neither. */
const mustBeUnique = (entity: Pick<Entity, 'parentId' | 'isTemplate' | 'type'>) =>
  !entity.isTemplate && (entity.parentId !== undefined || entity.type === 'journal');

export const createEntityStore = (clock: Clock, random: Random): EntityStore => {
  const byId = new Map<string, Entity>();
  const byType = new Map<string, Map<string, Entity>>();
  const children = new Map<string, Entity[]>();
  const names = new Map<string, string>();
  const log = createEditLog();
  /** Trashed entities with children; mostly none, which spares every listing a walk up the tree. */
  const trashedParents = new Set<string>();
  /** All their descendants by flag; undefined until first needed. */
  let underTrash: Set<Entity> | undefined;
  let flagged: ReadonlySet<Entity> = new Set();

  const nextDigest = () => String(10_000_000 + random.below(89_999_999));
  const changeDigest = (entity: Entity) => {
    const previous = entity.digest;
    do entity.digest = nextDigest();
    while (entity.digest === previous);
  };
  const parentOf = (entity: Entity) => (entity.parentId === undefined ? undefined : byId.get(entity.parentId));

  const claimName = (entity: Entity) => {
    if (!mustBeUnique(entity) || entity.isTrashed) return;
    const holder = names.get(nameKey(entity));
    if (holder !== undefined && holder !== entity.id)
      throw conflict(`An entity of type ${entity.type} named "${entity.name}" already exists here.`);
    names.set(nameKey(entity), entity.id);
  };
  const releaseName = (entity: Entity) => {
    if (names.get(nameKey(entity)) === entity.id) names.delete(nameKey(entity));
  };

  const ancestorsOf = (entity: Entity): Entity[] => {
    const ancestors: Entity[] = [];
    for (let parent = parentOf(entity); parent !== undefined && ancestors.length < 64; parent = parentOf(parent))
      ancestors.push(parent);
    return ancestors;
  };

  const stamp = (entity: Entity, nowMillis: number) => {
    entity.editedAtMillis = nowMillis;
    log.touch(entity);
  };
  /** "Modified" cascades upwards; the digest of an ancestor does not. */
  const touch = (entity: Entity, userId: string) => {
    const nowMillis = clock.nowMillis();
    changeDigest(entity);
    entity.indexEntry = undefined;
    entity.editedBy = userId;
    stamp(entity, nowMillis);
    for (const ancestor of ancestorsOf(entity)) stamp(ancestor, nowMillis);
  };

  const attach = (entity: Entity) => {
    if (entity.parentId === undefined) return;
    const siblings = children.get(entity.parentId);
    if (siblings === undefined) children.set(entity.parentId, [entity]);
    else siblings.push(entity);
    if (byId.get(entity.parentId)?.isTrashed === true) trashedParents.add(entity.parentId);
    if (trashedParents.has(entity.parentId) || byId.get(entity.parentId)?.isUnderTrash === true) underTrash = undefined;
  };
  const collectUnder = (id: string, found: Set<Entity>) => {
    for (const child of children.get(id) ?? []) {
      found.add(child);
      collectUnder(child.id, found);
    }
  };
  const flagUnderTrash = () => {
    const found = new Set<Entity>();
    for (const id of trashedParents) collectUnder(id, found);
    for (const entity of flagged) entity.isUnderTrash = false;
    for (const entity of found) entity.isUnderTrash = true;
    flagged = found;
    underTrash = found;
  };
  const detach = (entity: Entity) => {
    const siblings = entity.parentId === undefined ? undefined : children.get(entity.parentId);
    const index = siblings?.indexOf(entity) ?? -1;
    if (siblings !== undefined && index >= 0) siblings.splice(index, 1);
  };
  const touchParent = (entity: Entity, userId: string) => {
    const parent = parentOf(entity);
    if (parent !== undefined) touch(parent, userId);
  };

  const load = (given: NewEntity): Entity => {
    const nowMillis = clock.nowMillis();
    const entity: Entity = {
      description: '',
      state: undefined,
      createdAtMillis: nowMillis,
      editedAtMillis: given.createdAtMillis ?? nowMillis,
      editedBy: given.createdBy,
      ownerId: given.createdBy,
      parentId: undefined,
      digest: nextDigest(),
      isTemplate: false,
      isSystemTemplate: false,
      isTrashed: false,
      templateId: undefined,
      fields: [],
      starredBy: [],
      content: undefined,
      sequence: 0,
      ...given,
      isUnderTrash: false,
      indexEntry: undefined,
    };
    claimName(entity);
    byId.set(entity.id, entity);
    if (entity.isTrashed && children.has(entity.id)) {
      trashedParents.add(entity.id);
      underTrash = undefined;
    }
    const sameType = byType.get(entity.type);
    if (sameType === undefined) byType.set(entity.type, new Map([[entity.id, entity]]));
    else sameType.set(entity.id, entity);
    attach(entity);
    log.add(entity);
    return entity;
  };

  return {
    get: (id) => byId.get(id),
    load,
    create(given) {
      const entity = load(given);
      touchParent(entity, given.createdBy);
      return entity;
    },
    touch,
    rename(entity, name) {
      if (name === entity.name) return;
      const renamed = { ...entity, name };
      claimName(renamed);
      releaseName(entity);
      entity.name = name;
    },
    move(entity, parentId, userId) {
      if (parentId === entity.parentId) return;
      const moved = { ...entity, parentId };
      claimName(moved);
      releaseName(entity);
      touchParent(entity, userId);
      detach(entity);
      underTrash = undefined;
      entity.parentId = parentId;
      attach(entity);
      touch(entity, userId);
      touchParent(entity, userId);
    },
    trash(entity, userId) {
      releaseName(entity);
      entity.isTrashed = true;
      underTrash = undefined;
      if ((children.get(entity.id)?.length ?? 0) > 0) trashedParents.add(entity.id);
      touch(entity, userId);
      touchParent(entity, userId);
    },
    restore(entity, userId) {
      entity.isTrashed = false;
      underTrash = undefined;
      trashedParents.delete(entity.id);
      claimName(entity);
      touch(entity, userId);
      touchParent(entity, userId);
    },
    remove(entity) {
      releaseName(entity);
      detach(entity);
      underTrash = undefined;
      byId.delete(entity.id);
      byType.get(entity.type)?.delete(entity.id);
      log.remove(entity);
    },
    childrenOf: (id) => children.get(id) ?? [],
    place(entity, index) {
      const siblings = entity.parentId === undefined ? undefined : children.get(entity.parentId);
      if (siblings === undefined) return;
      detach(entity);
      siblings.splice(index < 0 ? siblings.length : index, 0, entity);
    },
    ancestorsOf,
    hasTrashedAncestor(entity) {
      if (underTrash === undefined) flagUnderTrash();
      return entity.isUnderTrash;
    },
    newestFirst: log.newestFirst,
    ofType: (type) => byType.get(type)?.values() ?? [],
    types: log.types,
    all: () => byId.values(),
    size: () => byId.size,
    nextDigest,
    order: () => ({
      editOrder: [...byId.values()].toSorted((a, b) => a.sequence - b.sequence).map(({ id }) => id),
      childOrder: [...byId.keys()].flatMap((id) => (children.get(id) ?? []).map((child) => child.id)),
    }),
    restoreOrder(editOrder, childOrder) {
      for (const entity of editOrder.flatMap((id) => byId.get(id) ?? [])) log.touch(entity);
      const places = new Map(childOrder.map((id, place) => [id, place]));
      const placeOf = ({ id }: Entity) => places.get(id) ?? 0;
      for (const siblings of children.values()) siblings.sort((a, b) => placeOf(a) - placeOf(b));
    },
    settle() {
      for (const entity of [...byId.values()].toReversed()) {
        const parent = parentOf(entity);
        if (parent !== undefined && parent.editedAtMillis < entity.editedAtMillis)
          parent.editedAtMillis = entity.editedAtMillis;
      }
      for (const entity of [...byId.values()].toSorted((a, b) => a.editedAtMillis - b.editedAtMillis))
        log.touch(entity);
    },
  };
};
