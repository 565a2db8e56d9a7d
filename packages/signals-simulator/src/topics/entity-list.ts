/** Listing entities by type, flags and time of change; the order (last changed first) is invented. */

import {
  entityListDocument,
  entityResource,
  includedUsers,
  includesOf,
  visibleChildren,
} from '../documents/entity-document.ts';
import { badRequest } from '../errors.ts';
import { type Call, checkNotTrashed, entityOf, type Routes } from '../http/call.ts';
import { readPage, selfLinks, slicePage } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { ownOf } from '../json.ts';
import { createReader } from '../tenant/access.ts';
import type { Entity } from '../tenant/model.ts';
import { childListParents } from '../tenant/types.ts';

const defaultTypes = ['journal', 'experiment', 'request'];

const listOf = (call: Call, name: string): string[] | undefined =>
  call.query
    .get(name)
    ?.split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');

type Test = (entity: Entity, call: Call) => boolean;

const isUnderTrash = (entity: Entity, call: Call) => call.tenant.entities.hasTrashedAncestor(entity);

const isSharedWith = (entity: Entity, call: Call) =>
  (call.tenant.shares.get(entity.id) ?? []).some(({ userId }) => userId === call.user.id);

/** Options of one row exclude each other; of several in a row, one must hold. `shared` finds nothing, as observed. */
const optionRows: readonly Readonly<Record<string, Test>>[] = [
  {
    mine: (entity, call) => entity.ownerId === call.user.id,
    other: (entity, call) => entity.ownerId !== call.user.id && !isSharedWith(entity, call),
    shared: () => false,
  },
  {
    trashed: (entity) => entity.isTrashed,
    untrashed: (entity, call) => !entity.isTrashed && !isUnderTrash(entity, call),
    trashedAncestor: (entity, call) => isUnderTrash(entity, call),
  },
  {
    starred: (entity, call) => entity.starredBy.includes(call.user.id),
    unstarred: (entity, call) => !entity.starredBy.includes(call.user.id),
  },
  { template: (entity) => entity.isTemplate, nontemplate: (entity) => !entity.isTemplate },
  { systemTemplate: (entity) => entity.isSystemTemplate, nonSystemTemplate: (entity) => !entity.isSystemTemplate },
];

const knownOptions = new Set(optionRows.flatMap((row) => Object.keys(row)));

const readOptions = (call: Call): readonly string[] => {
  const options = listOf(call, 'includeOptions') ?? [];
  for (const option of options)
    if (!knownOptions.has(option)) throw badRequest(`includeOptions does not know "${option}".`);
  if (options.includes('untrashed') && (options.includes('trashed') || options.includes('trashedAncestor')))
    throw badRequest('untrashed may not be mixed with trashed or trashedAncestor.');
  const saysTrash = options.some((option) => Object.hasOwn(optionRows[1] ?? {}, option));
  return saysTrash ? options : [...options, 'untrashed'];
};

const optionTest = (call: Call): ((entity: Entity) => boolean) => {
  const options = readOptions(call);
  const rows = optionRows
    .map((row) => options.flatMap((option) => ownOf(row, option) ?? []))
    .filter((tests) => tests.length > 0);
  const [first, ...others] = rows.map((tests): ((entity: Entity) => boolean) => {
    const [only] = tests;
    return tests.length === 1 && only !== undefined
      ? (entity) => only(entity, call)
      : (entity) => tests.some((test) => test(entity, call));
  });
  if (first === undefined) return () => true;
  return others.length === 0 ? first : (entity) => first(entity) && others.every((test) => test(entity));
};

/** Clients leave the zone out, and send its `+` unencoded, which arrives as a blank. A time without a zone is read as UTC. */
const withZone = (text: string): string => {
  const zoned = text.trim().replace(/ (?=\d\d:?\d\d$)/, '+');
  return /T[\d:.]+$/.test(zoned) ? `${zoned}Z` : zoned;
};

/** Second precision, as documented. */
const readSecond = (call: Call, name: string): number | undefined => {
  const text = call.query.get(name);
  if (text === null) return undefined;
  const millis = Date.parse(withZone(text));
  if (Number.isNaN(millis)) throw badRequest(`${name} must be an ISO time.`);
  return Math.floor(millis / 1000);
};

const timeTest = (call: Call): ((entity: Entity) => boolean) | undefined => {
  const start = readSecond(call, 'start');
  const end = readSecond(call, 'end');
  if (start === undefined && end === undefined) return undefined;
  return ({ editedAtMillis }) => {
    const second = Math.floor(editedAtMillis / 1000);
    return (start === undefined || second >= start) && (end === undefined || second <= end);
  };
};

const wantedTypes = (call: Call): readonly string[] => {
  const excluded = new Set(listOf(call, 'excludeTypes'));
  return (listOf(call, 'includeTypes') ?? defaultTypes).filter((type) => !excluded.has(type));
};

function* filtered(source: Iterable<Entity>, test: (entity: Entity) => boolean): Iterable<Entity> {
  for (const entity of source) if (test(entity)) yield entity;
}

const list = (call: Call) => {
  const page = readPage(call);
  const hasOptions = optionTest(call);
  const isInTime = timeTest(call);
  const canRead = createReader(call.tenant, call.user);
  const test = (entity: Entity) =>
    hasOptions(entity) && (isInTime === undefined || isInTime(entity)) && canRead(entity);
  const found = filtered(call.tenant.entities.newestFirst(wantedTypes(call)), test);
  return ok(entityListDocument(call, page, slicePage(found, page)));
};

const byCreation = (entities: readonly Entity[]) => entities.toSorted((a, b) => a.createdAtMillis - b.createdAtMillis);

const children = (call: Call) => {
  const entity = entityOf(call);
  if (!childListParents.has(entity.type)) throw badRequest(`${entity.type} has no children to list.`);
  const order = call.query.get('order');
  if (order !== null && order !== 'layout') throw badRequest('order can only be "layout".');
  if (order === 'layout' && entity.type !== 'experiment') throw badRequest('order=layout is for experiments.');
  const page = readPage(call);
  const all = visibleChildren(call, entity);
  const slice = slicePage(order === 'layout' ? all : byCreation(all), page);
  return ok(entityListDocument(call, page, slice, ['createdBy', 'editedBy', 'ancestors', 'owner']));
};

const ancestors = (call: Call) => {
  const found = call.tenant.entities.ancestorsOf(entityOf(call));
  const included = includedUsers(call, found, includesOf(call, ['createdBy', 'editedBy', 'owner']));
  return ok({
    links: selfLinks(call),
    data: found.map((ancestor) => entityResource(call, ancestor)),
    ...(included.length > 0 ? { included } : {}),
  });
};

const templateFields = (call: Call) => {
  const template = entityOf(call);
  if (!template.isTemplate) throw badRequest(`${template.id} is not a template.`);
  checkNotTrashed(call.tenant, template);
  return ok({
    links: selfLinks(call),
    data: template.fields.map(({ definition }) => ({
      type: 'field',
      id: definition.id,
      attributes: {
        id: definition.id,
        name: definition.name,
        type: definition.type,
        isRequired: definition.isRequired ?? false,
        ...(definition.options === undefined ? {} : { options: definition.options }),
      },
    })),
  });
};

export const entityListRoutes: Routes = {
  'GET /entities': list,
  'GET /entities/{eid}/children': children,
  'GET /entities/{eid}/ancestors': ancestors,
  'GET /entities/templates/{eid}/fields': templateFields,
};
