/** Attributes: lists of options, those kept outside the tenant included, and the ontology beside them. */
import { badRequest, conflict, notFound } from '../errors.ts';
import { bodyJson, type Call, param, type Routes } from '../http/call.ts';
import { pagedDocument, readPage, selfLinks, slicePage } from '../http/paging.ts';
import { accepted, created, noContent, ok } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, textOf } from '../json.ts';
import type { Attribute } from '../tenant/attributes.ts';

const attributeOf = (call: Call): Attribute => {
  const attribute = call.tenant.attributes.get(param(call, 'eid'));
  if (attribute === undefined) throw notFound(`Attribute ${param(call, 'eid')} is not found.`);
  return attribute;
};

/** A row of the list is an entity (client-shapes, section 11). */
const listedResource = (call: Call, attribute: Attribute): Json => ({
  type: 'entity',
  id: attribute.id,
  links: { self: `${call.base}/attributes/${attribute.id}` },
  attributes: {
    id: attribute.id,
    eid: attribute.id,
    name: attribute.name,
    ...(attribute.description === '' ? {} : { description: attribute.description }),
    type: 'attribute',
    digest: attribute.digest,
    fields: {},
    flags: {},
  },
});

/** Options are plain texts here (client-shapes S28). */
const resource = (call: Call, attribute: Attribute): Json => ({
  type: 'attribute',
  id: attribute.id,
  links: { self: `${call.base}/attributes/${attribute.id}` },
  attributes: {
    id: attribute.id,
    name: attribute.name,
    ...(attribute.description === '' ? {} : { description: attribute.description }),
    type: attribute.type,
    options: attribute.options,
    counts: { total: 0, templates: { total: 0, system: 0 } },
    canEditOptions: attribute.externalUrl === undefined,
    ...(attribute.externalUrl === undefined
      ? {}
      : { externalUrl: attribute.externalUrl, refreshedAt: attribute.refreshedAt ?? null }),
  },
  relationships: { options: { links: { self: `${call.base}/attributes/${attribute.id}/options` } } },
});

const optionResource = (value: string): Json => ({
  type: 'option',
  id: value,
  attributes: { key: value, value },
});

const document = (call: Call, attribute: Attribute): Json => ({
  links: selfLinks(call),
  data: resource(call, attribute),
});

const readOptions = (options: Json | undefined): string[] =>
  arrayOf(options).map((option) => textOf(option) ?? textOf(at(option, 'value')) ?? '');

const create = (call: Call) => {
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const name = textOf(at(attributes, 'name'));
  if (name === undefined || name === '') throw badRequest('name is required.');
  if ([...call.tenant.attributes.values()].some((known) => known.name === name))
    throw conflict(`Attribute "${name}" exists.`);
  const externalUrl = textOf(at(attributes, 'externalUrl'));
  const attribute: Attribute = {
    id: `attribute:${call.tenant.nextNumber()}`,
    name,
    type: textOf(at(attributes, 'type')) ?? 'choice',
    description: textOf(at(attributes, 'description')) ?? '',
    digest: call.tenant.entities.nextDigest(),
    options: readOptions(at(attributes, 'options')),
    externalUrl,
    keyField: textOf(at(attributes, 'keyField')) ?? 'code',
    refreshedAt: undefined,
  };
  call.tenant.attributes.set(attribute.id, attribute);
  return created(document(call, attribute));
};

/** Members that are left out stay as they are (client-shapes S35). */
const patch = (call: Call) => {
  const attribute = attributeOf(call);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  if (!isObject(attributes)) throw badRequest('data.attributes is required.');
  if (attributes.options !== undefined && !Array.isArray(attributes.options))
    throw badRequest('data.attributes.options must be a list.');
  if (attributes.options !== undefined) attribute.options = readOptions(attributes.options);
  attribute.description = textOf(attributes.description) ?? attribute.description;
  attribute.digest = call.tenant.entities.nextDigest();
  return ok(document(call, attribute));
};

const optionsDocument = (call: Call, attribute: Attribute): Json => {
  const page = readPage(call, { maxLimit: 10_000 });
  const term = (call.query.get('term') ?? '').toLowerCase();
  const found = attribute.options.filter((option) => option.toLowerCase().includes(term));
  const { items, hasMore } = slicePage(found, page);
  return pagedDocument(call, page, { items: items.map(optionResource), hasMore });
};

/** Items with `attributes.action` create, update (with `value`) or delete. */
const patchOptions = (call: Call) => {
  const attribute = attributeOf(call);
  const data = at(bodyJson(call), 'data');
  let options = [...attribute.options];
  for (const item of Array.isArray(data) ? arrayOf(data) : isObject(data) ? [data] : []) {
    const action = textOf(at(item, 'attributes', 'action')) ?? 'create';
    const id = textOf(at(item, 'id')) ?? textOf(at(item, 'attributes', 'key')) ?? '';
    const value = textOf(at(item, 'attributes', 'value')) ?? '';
    if (action === 'delete') options = options.filter((option) => option !== id);
    else if (action === 'update') options = options.map((option) => (option === id ? value : option));
    else if (action === 'create') options = options.includes(value) ? options : [...options, value];
    else throw badRequest(`Action "${action}" is unknown.`);
  }
  attribute.options = options;
  return ok(optionsDocument(call, attribute));
};

const mostItems = 20_000;
const listTimeoutMillis = 30_000;

/** Reads the outside list: `{"data":[{"code":"A1",…}]}`. A failure leaves the options as they were. */
const load = async (attribute: Attribute, nowMillis: number): Promise<void> => {
  const answer = await fetch(attribute.externalUrl ?? '', { signal: AbortSignal.timeout(listTimeoutMillis) });
  const items = arrayOf(at(await answer.json(), 'data'));
  if (items.length > mostItems) return;
  attribute.options = items.map((item) => String(at(item, attribute.keyField) ?? ''));
  attribute.refreshedAt = new Date(nowMillis).toISOString();
};

/** 202 without a job id; the list is read behind the answer. */
const refresh = (call: Call) => {
  const attribute = attributeOf(call);
  if (attribute.externalUrl === undefined) throw badRequest('The attribute has no outside list.');
  load(attribute, call.tenant.clock.nowMillis()).catch(() => undefined);
  return accepted({ links: selfLinks(call), data: resource(call, attribute) });
};

const terms = [
  { id: 'CHEBI:16236', label: 'ethanol' },
  { id: 'CHEBI:15377', label: 'water' },
  { id: 'CHEBI:16716', label: 'benzene' },
];

const ontologyOptions = (call: Call) => {
  attributeOf(call);
  const page = readPage(call, { defaultLimit: 100, maxLimit: 10_000 });
  const text = (call.query.get('search') ?? '').toLowerCase();
  const { items, hasMore } = slicePage(
    terms.filter(({ label }) => label.includes(text)),
    page,
  );
  const data = items.map(({ id, label }) => ({ type: 'ontologyOption', id, attributes: { id, label } }));
  return ok(pagedDocument(call, page, { items: data, hasMore }));
};

const ontologyDetails = (call: Call) => {
  const term = terms.find(({ id }) => id === param(call, 'optionId'));
  if (term === undefined) throw notFound('The term is not found.');
  return ok({
    links: selfLinks(call),
    data: { type: 'ontologyOption', id: term.id, attributes: { ...term, synonyms: [], definition: '' } },
  });
};

const autotext = (call: Call) => {
  const id = param(call, 'autotextListId');
  if (id !== '1') throw notFound('The list is not found.');
  return ok({
    links: selfLinks(call),
    data: {
      type: 'autotextList',
      id,
      attributes: {
        id,
        name: 'Phrases',
        items: ['The mixture was stirred at room temperature.', 'The solvent was removed in vacuo.'],
      },
    },
  });
};

export const attributeRoutes: Routes = {
  'GET /attributes': (call) =>
    ok({
      data: [...call.tenant.attributes.values()].map((attribute) => listedResource(call, attribute)),
    }),
  'POST /attributes': create,
  'GET /attributes/{eid}': (call) => ok(document(call, attributeOf(call))),
  'PATCH /attributes/{eid}': patch,
  'DELETE /attributes/{eid}': (call) => {
    call.tenant.attributes.delete(attributeOf(call).id);
    return noContent;
  },
  'GET /attributes/{eid}/options': (call) => ok(optionsDocument(call, attributeOf(call))),
  'PATCH /attributes/{eid}/options': patchOptions,
  'POST /attributes/{eid}/refresh': refresh,
  'GET /attributes/ontology/options/{optionId}/details': ontologyDetails,
  'GET /attributes/{eid}/ontology/options': ontologyOptions,
  'GET /autotext/lists/{autotextListId}': autotext,
};
