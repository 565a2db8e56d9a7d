/** History and audit across the tenant. */
import { entityReference, includedEntity, iso } from '../documents/entity-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { type Call, entityOf, optionalBodyJson, param, type Routes } from '../http/call.ts';
import { pagedDocument, readPage, selfLinks, slicePage } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, type JsonObject, numberOf, ownOf, textOf } from '../json.ts';
import type { HistoryEntry } from '../tenant/history.ts';

const monthMillis = 30 * 86_400_000;

const historyResource = (call: Call, entry: HistoryEntry): JsonObject => ({
  type: 'history',
  id: entry.id,
  attributes: {
    id: entry.id,
    action: entry.action,
    detail: entry.detail,
    digest: entry.digest,
    createdAt: iso(entry.atMillis),
  },
  relationships: {
    createdBy: { data: { type: 'user', id: entry.userId } },
    entity: { data: entityReference(call.base, entry.entityId) },
  },
});

const readInstant = (value: Json | undefined, name: string): number | undefined => {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const millis = Date.parse(text);
  if (Number.isNaN(millis)) throw badRequest(`${name} must be an ISO time.`);
  return millis;
};

/** The last month unless `from` and `to` say otherwise; `action` and `user` narrow it down. */
const search = (call: Call) => {
  const page = readPage(call);
  const attributes = at(optionalBodyJson(call), 'data', 'attributes');
  const to = readInstant(at(attributes, 'to'), 'to') ?? call.tenant.clock.nowMillis();
  const from = readInstant(at(attributes, 'from'), 'from') ?? to - monthMillis;
  const actions = arrayOf(at(attributes, 'actions'));
  const user = textOf(at(attributes, 'userId'));
  const found = call.tenant.history
    .all()
    .filter((entry) => entry.atMillis >= from && entry.atMillis <= to)
    .filter(({ action }) => actions.length === 0 || actions.includes(action))
    .filter(({ userId }) => user === undefined || user === userId)
    .toReversed();
  const { items, hasMore } = slicePage(found, page);
  const data = items.map((entry) => historyResource(call, entry));
  return ok(
    pagedDocument(call, page, { items: data, hasMore }, { meta: { total: found.length, count: items.length } }),
  );
};

const revision = (call: Call) => {
  const entity = entityOf(call);
  const entry = call.tenant.history.of(entity.id).find(({ id }) => id === param(call, 'revisionId'));
  if (entry === undefined) throw notFound(`Revision ${param(call, 'revisionId')} is not found.`);
  const resource = includedEntity(call, entity) as JsonObject;
  const attributes = { ...(resource.attributes as JsonObject), digest: entry.digest, editedAt: iso(entry.atMillis) };
  return ok({ links: selfLinks(call), data: { ...resource, attributes }, meta: { revisionId: entry.id } });
};

type Comparison = (value: string | number, wanted: string | number) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  equals: (value, wanted) => String(value) === String(wanted),
  greatThan: (value, wanted) => Number(value) > Number(wanted),
  lessThan: (value, wanted) => Number(value) < Number(wanted),
  startWith: (value, wanted) => String(value).startsWith(String(wanted)),
  endWith: (value, wanted) => String(value).endsWith(String(wanted)),
  contains: (value, wanted) => String(value).includes(String(wanted)),
};

const auditTest = (filter: Json): ((entry: JsonObject) => boolean) => {
  const name = textOf(at(filter, 'name')) ?? textOf(at(filter, 'field'));
  const comparison = ownOf(comparisons, textOf(at(filter, 'operator')) ?? 'equals');
  const wanted = at(filter, 'value');
  if (name === undefined || comparison === undefined) throw badRequest('A filter needs a name and a known operator.');
  return (entry) => comparison((entry[name] ?? '') as string, (textOf(wanted) ?? numberOf(wanted) ?? '') as string);
};

const audit = (call: Call) => {
  const page = readPage(call);
  const body = optionalBodyJson(call);
  const filters = arrayOf(at(body, 'data', 'attributes', 'filters') ?? (isObject(body) ? body.filters : undefined));
  const tests = filters.map(auditTest);
  const found = call.tenant.audit.filter((entry) => tests.every((test) => test(entry))).toReversed();
  const { items, hasMore } = slicePage(found, page);
  const data = items.map((entry) => ({ type: 'audit', id: String(entry.id), attributes: entry }));
  return ok(
    pagedDocument(call, page, { items: data, hasMore }, { meta: { total: found.length, count: items.length } }),
  );
};

/** Pass-through to the history pages; their contents are invented. */
const proxy = (call: Call) =>
  ok({
    links: selfLinks(call),
    data: call.tenant.history
      .all()
      .slice(-20)
      .toReversed()
      .map((entry) => historyResource(call, entry)),
  });

export const historyRoutes: Routes = {
  'GET /history/proxy/*': proxy,
  'POST /history/search': search,
  'GET /history/revisions/{revisionId}/entities/{eid}': revision,
  'POST /audit/search': audit,
};
