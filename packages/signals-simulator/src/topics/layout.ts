/** Pages of an experiment and the place of an element on them. */

import { entityReference } from '../documents/entity-document.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, entityOf, param, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created, noContent, ok } from '../http/reply.ts';
import { at, type Json, numberOf, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import { changed, type LayoutPage } from '../tenant/tenant.ts';

const pagesOf = (call: Call, entity: Entity): LayoutPage[] => {
  const known = call.tenant.pages.get(entity.id);
  if (known !== undefined) return known;
  const pages: LayoutPage[] = [
    { id: `${entity.id.slice(entity.id.indexOf(':') + 1)}-1`, name: 'Page 1', childIds: undefined },
  ];
  call.tenant.pages.set(entity.id, pages);
  return pages;
};

/** Children on a page; the first page holds all that no other page names. */
const childrenOn = (call: Call, entity: Entity, page: LayoutPage): string[] => {
  const elsewhere = new Set(pagesOf(call, entity).flatMap((other) => (other === page ? [] : (other.childIds ?? []))));
  const all = call.tenant.entities.childrenOf(entity.id).filter((child) => !child.isTrashed);
  const isFirst = pagesOf(call, entity)[0] === page;
  return all
    .map(({ id }) => id)
    .filter((id) => (isFirst ? !elsewhere.has(id) : (page.childIds?.includes(id) ?? false)));
};

const pageResource = (call: Call, entity: Entity, page: LayoutPage): Json => ({
  type: 'layoutPage',
  id: page.id,
  links: { self: `${call.base}/entities/${entity.id}/layout/pages/${page.id}` },
  attributes: { id: page.id, name: page.name, index: pagesOf(call, entity).indexOf(page) },
  relationships: { children: { data: childrenOn(call, entity, page).map((id) => entityReference(call.base, id)) } },
});

const pageOf = (call: Call, entity: Entity, id: string): LayoutPage => {
  const page = pagesOf(call, entity).find((known) => known.id === id);
  if (page === undefined) throw notFound(`Page ${id} is not found.`);
  return page;
};

const openToWrite = (call: Call): Entity => {
  const entity = entityOf(call);
  checkEditable(call.tenant, entity);
  checkDigest(call, entity);
  return entity;
};

const addPage = (call: Call) => {
  const entity = openToWrite(call);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const pages = pagesOf(call, entity);
  const page: LayoutPage = {
    id: call.tenant.random.uuid(),
    name: textOf(at(attributes, 'name')) ?? `Page ${pages.length + 1}`,
    childIds: [],
  };
  pages.splice(numberOf(at(attributes, 'index')) ?? pages.length, 0, page);
  changed(call.tenant, entity, call.user.id, 'update', 'layout');
  return created({ links: selfLinks(call), data: pageResource(call, entity, page) });
};

const changePage = (call: Call) => {
  const entity = openToWrite(call);
  const page = pageOf(call, entity, param(call, 'pageId'));
  const attributes = at(bodyJson(call), 'data', 'attributes');
  page.name = textOf(at(attributes, 'name')) ?? page.name;
  const index = numberOf(at(attributes, 'index'));
  if (index !== undefined) {
    const rest = pagesOf(call, entity).filter((known) => known !== page);
    call.tenant.pages.set(entity.id, rest.toSpliced(index, 0, page));
  }
  changed(call.tenant, entity, call.user.id, 'update', 'layout');
  return ok({ links: selfLinks(call), data: pageResource(call, entity, page) });
};

const removePage = (call: Call) => {
  const entity = openToWrite(call);
  const page = pageOf(call, entity, param(call, 'pageId'));
  if (childrenOn(call, entity, page).length > 0) throw conflict('Only an empty page can be removed.');
  call.tenant.pages.set(
    entity.id,
    pagesOf(call, entity).filter((known) => known !== page),
  );
  changed(call.tenant, entity, call.user.id, 'update', 'layout');
  return noContent;
};

const parentOf = (call: Call, entity: Entity): Entity => {
  const parent = entity.parentId === undefined ? undefined : call.tenant.entities.get(entity.parentId);
  if (parent === undefined) throw badRequest(`${entity.id} is on no page.`);
  return parent;
};

const locationDocument = (call: Call, entity: Entity, parent: Entity): Json => {
  const page = pagesOf(call, parent).find((known) => childrenOn(call, parent, known).includes(entity.id));
  return {
    links: selfLinks(call),
    data: {
      type: 'layoutLocation',
      id: entity.id,
      attributes: {
        pageId: page?.id ?? '',
        index: page === undefined ? -1 : childrenOn(call, parent, page).indexOf(entity.id),
      },
    },
  };
};

const readLocation = (call: Call) => {
  const entity = entityOf(call);
  return ok(locationDocument(call, entity, parentOf(call, entity)));
};

/** The digest is the parent's. */
const putLocation = (call: Call) => {
  const entity = entityOf(call);
  const parent = parentOf(call, entity);
  checkEditable(call.tenant, parent);
  checkDigest(call, parent);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const pageId = textOf(at(attributes, 'pageId'));
  if (pageId !== undefined) {
    const page = pageOf(call, parent, pageId);
    for (const other of pagesOf(call, parent)) other.childIds = other.childIds?.filter((id) => id !== entity.id);
    page.childIds?.push(entity.id);
  }
  call.tenant.entities.place(entity, numberOf(at(attributes, 'index')) ?? -1);
  changed(call.tenant, parent, call.user.id, 'update', 'layout');
  return ok(locationDocument(call, entity, parent));
};

export const layoutRoutes: Routes = {
  'GET /entities/{eid}/layout/pages': (call) => {
    const entity = entityOf(call);
    return ok({ links: selfLinks(call), data: pagesOf(call, entity).map((page) => pageResource(call, entity, page)) });
  },
  'POST /entities/{eid}/layout/pages': addPage,
  'GET /entities/{eid}/layout/pages/{pageId}': (call) => {
    const entity = entityOf(call);
    return ok({
      links: selfLinks(call),
      data: pageResource(call, entity, pageOf(call, entity, param(call, 'pageId'))),
    });
  },
  'PATCH /entities/{eid}/layout/pages/{pageId}': changePage,
  'DELETE /entities/{eid}/layout/pages/{pageId}': removePage,
  'GET /entities/{eid}/layout/location': readLocation,
  'PUT /entities/{eid}/layout/location': putLocation,
};
