/** Search with operator trees, tags and terms. */
import { iso } from '../documents/entity-document.ts';
import { badRequest, SignalsError } from '../errors.ts';
import { bodyJson, type Call, optionalBodyJson, type Routes } from '../http/call.ts';
import { type Page, pageLinks, readPage, selfLinks } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { at, type Json, type JsonObject, numberOf, textOf } from '../json.ts';
import { firstOf } from '../search/best.ts';
import { entryOf } from '../search/entry.ts';
import type { TagShape, TagType } from '../search/index-entry.ts';
import { matching, readSource, runSearch } from '../search/run.ts';
import { orderOf } from '../search/sort.ts';
import { allTags, isSystemField, shownValue, systemReader, tagReader } from '../search/tags.ts';
import type { Entity } from '../tenant/model.ts';

const largestOffset = 5000;

const tagMap = (call: Call, entity: Entity): JsonObject => {
  const tags: { [name: string]: Json } = {};
  for (const [name, tag] of allTags(call.tenant, entity)) {
    const values = tag.values.map((value) => shownValue(tag, value));
    tags[name] = values.length === 1 ? (values[0] ?? null) : values;
  }
  return tags;
};

const selfOf = (call: Call, entity: Entity) => `${call.base}/entities/${entity.id}`;

/** Flatter than a fetched entity: ids for people, `modifiedAt` for `editedAt`, fields as `tags`. */
const hitAttributes = (call: Call, entity: Entity): JsonObject => ({
  id: entity.id,
  eid: entity.id,
  type: entity.type,
  name: entity.name,
  description: entity.description,
  createdBy: entity.createdBy,
  createdAt: iso(entity.createdAtMillis),
  editedBy: entity.editedBy,
  modifiedAt: iso(entity.editedAtMillis),
  digest: entity.digest,
  isTemplate: entity.isTemplate,
  owner: entity.ownerId,
  ...(entity.state === undefined ? {} : { state: entity.state }),
  tags: tagMap(call, entity),
});

const sparse = (attributes: JsonObject, fields: string | null): JsonObject => {
  if (fields === null) return attributes;
  const wanted = new Set(fields.split(','));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted.has(name)));
};

const hitResource = (call: Call, entity: Entity): Json => ({
  type: 'entity',
  id: entity.id,
  links: { self: selfOf(call, entity) },
  attributes: sparse(hitAttributes(call, entity), call.query.get('fields[entity]')),
  meta: { highlight: {} },
  relationships: { entity: { links: { self: selfOf(call, entity) }, data: { type: 'entity', id: entity.id } } },
});

const searchPage = (call: Call, options: Json | undefined): Page => {
  const page = readPage(call, { maxOffset: largestOffset });
  const limit = call.query.has('page[limit]') ? page.limit : (numberOf(at(options, 'limit')) ?? page.limit);
  const offset = call.query.has('page[offset]') ? page.offset : (numberOf(at(options, 'offset')) ?? page.offset);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw badRequest('limit must be from 1 to 100.');
  if (!Number.isInteger(offset) || offset < 0 || offset > largestOffset)
    throw badRequest('offset must be from 0 to 5000.');
  return { offset, limit };
};

const stopAfter = (call: Call, options: Json | undefined): number => {
  const given = call.query.get('stopAfterItems') ?? at(options, 'stop-after-items');
  if (given === null || given === undefined) return 1_000_000;
  const count = Number(given);
  if (!Number.isInteger(count) || count < 1 || count > 1_000_000)
    throw badRequest('stopAfterItems must be from 1 to 1000000.');
  return count;
};

const search = (call: Call) => {
  const body = bodyJson(call);
  const query = at(body, 'query');
  if (query === undefined) throw badRequest('query is required.');
  const options = at(body, 'options');
  const page = searchPage(call, options);
  const result = runSearch(call.tenant, {
    ...page,
    user: call.user,
    query,
    source: readSource(call.query.get('source')),
    order: orderOf(call.tenant, call.query.get('sort'), at(options, 'sort')),
    stopAfterItems: stopAfter(call, options),
  });
  return ok({
    links: pageLinks(
      call,
      page,
      page.offset + result.hits.length < result.total && page.offset + page.limit <= largestOffset,
    ),
    data: result.hits.map((entity) => hitResource(call, entity)),
    meta: {
      total: result.total,
      count: result.hits.length,
      'took-ms': 1 + Math.ceil(result.total / 1000),
      'query-reached-limit': result.hasReachedLimit,
      'query-timed-out': false,
    },
  });
};

const noConnected = (source: string) => {
  if (source === 'CONNECTED') throw badRequest('CONNECTED knows no tags and terms.');
  return source;
};

const everything: Json = { $not: [{ $match: { field: 'type', value: '', mode: 'keyword' } }] };

type TagCounts = Map<string, Map<TagType, number>>;

const addCount = (counts: TagCounts, name: string, type: TagType, count: number) => {
  const types = counts.get(name) ?? new Map<TagType, number>();
  types.set(type, (types.get(type) ?? 0) + count);
  counts.set(name, types);
};

/** Entities with the same tags are counted first, their tags afterwards. */
const countTags = (call: Call, entities: Iterable<Entity>): TagCounts => {
  const counts: TagCounts = new Map();
  const shapes = new Map<TagShape, number>();
  for (const entity of entities) {
    const { shape } = entryOf(entity);
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
    for (const [name, { type }] of call.tenant.searchExtras.allTags(entity)) addCount(counts, name, type, 1);
  }
  for (const [shape, count] of shapes) for (const [name, type] of shape.tags) addCount(counts, name, type, count);
  return counts;
};

/** An empty body makes the tenant time out: 504, at once here. */
const tags = (call: Call) => {
  const body = optionalBodyJson(call);
  const query = at(body, 'query');
  if (query === undefined && at(body, 'options') === undefined)
    throw new SignalsError(504, 'GatewayTimeout', 'Gateway timeout.', 'The search did not answer in time.');
  const source = noConnected(readSource(call.query.get('source')));
  const counts = countTags(call, matching(call.tenant, call.user, query ?? everything, source));
  const most = numberOf(at(body, 'options', 'count')) ?? 1000;
  const data = [...counts].slice(0, most).map(([name, types]) => ({
    type: 'tag',
    id: name,
    attributes: { tag: name, types: [...types].map(([type, count]) => ({ type, count })) },
  }));
  return ok({ links: selfLinks(call), data, meta: { total: counts.size, count: data.length } });
};

const termRelationships = (call: Call, term: string): JsonObject => {
  if (call.tenant.entities.get(term) !== undefined)
    return {
      relationships: {
        entity: { links: { self: `${call.base}/entities/${term}` }, data: { type: 'entity', id: term } },
      },
    };
  if (/^\d+$/.test(term) && call.tenant.people.users.has(term))
    return {
      relationships: { user: { links: { self: `${call.base}/users/${term}` }, data: { type: 'user', id: term } } },
    };
  return {};
};

const shownTerms = 100;

const terms = (call: Call) => {
  const body = bodyJson(call);
  const field = textOf(at(body, 'field'));
  if (field === undefined) throw badRequest('field is required.');
  const source = noConnected(readSource(call.query.get('source')));
  const isTag = at(body, 'in') === 'tags';
  const readSystem = isSystemField(field) ? systemReader(field) : () => [];
  const readTag = tagReader(call.tenant, field);
  const counts = new Map<string, number>();
  let allCount = 0;
  for (const entity of matching(call.tenant, call.user, at(body, 'query') ?? everything, source)) {
    const values = isTag ? (readTag(entity)?.values ?? []) : readSystem(entity, call.tenant);
    for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
    allCount += values.length;
  }
  const ranked = firstOf(
    [...counts],
    shownTerms,
    ([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : a > b ? 1 : 0),
  );
  const shownCount = ranked.reduce((sum, [, count]) => sum + count, 0);
  const data = ranked.map(([term, count]) => ({
    type: 'term',
    id: term,
    attributes: { term, count },
    ...termRelationships(call, term),
  }));
  return ok({
    links: selfLinks(call),
    data,
    meta: {
      total: data.length,
      count: data.length,
      'distinct-count': counts.size,
      'other-count': allCount - shownCount,
    },
  });
};

export const searchRoutes: Routes = {
  'POST /entities/search': search,
  'POST /entities/search/tags': tags,
  'POST /entities/search/terms': terms,
};
