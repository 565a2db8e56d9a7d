/** The social parts of an entity: shares, comments, links to others, history. */
import { entityReference, includedEntity, iso } from '../documents/entity-document.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { bodyJson, type Call, checkNotTrashed, entityOf, param, type Routes } from '../http/call.ts';
import { pagedDocument, readPage, selfLinks, slicePage } from '../http/paging.ts';
import { created, noContent, ok } from '../http/reply.ts';
import { at, type Json, type JsonObject, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import type { Comment, Relationship, Share } from '../tenant/tenant.ts';

const userData = (call: Call, id: string): Json => ({
  links: { self: `${call.base}/users/${id}` },
  data: { type: 'user', id },
});

/** The real tenant leaves `/entities` out of this address; links are not to be trusted. */
const shareResource = (call: Call, entity: Entity, share: Share): JsonObject => ({
  type: 'share',
  id: share.id,
  links: { self: `${call.base}/${entity.id}/shares/${share.id}` },
  attributes: {
    id: share.id,
    canRead: share.canRead,
    canWrite: share.canWrite,
    hasFullControl: share.hasFullControl,
    ...(share.userId === undefined ? {} : { user: { userId: share.userId } }),
    ...(share.groupId === undefined ? {} : { group: { groupId: share.groupId } }),
  },
});

const sharesOf = (call: Call, entity: Entity): Share[] => {
  const known = call.tenant.shares.get(entity.id);
  if (known !== undefined) return known;
  const shares: Share[] = [];
  call.tenant.shares.set(entity.id, shares);
  return shares;
};

const shareOf = (call: Call, entity: Entity): Share => {
  const share = sharesOf(call, entity).find(({ id }) => id === param(call, 'shareId'));
  if (share === undefined) throw notFound(`Share ${param(call, 'shareId')} is not found.`);
  return share;
};

const setRights = (share: Share, attributes: unknown) => {
  for (const right of ['canRead', 'canWrite', 'hasFullControl'] as const) {
    const value = at(attributes, right);
    if (value !== undefined && typeof value !== 'boolean') throw badRequest(`${right} must be true or false.`);
    if (value !== undefined) share[right] = value;
  }
};

const createShare = (call: Call) => {
  const entity = entityOf(call);
  checkNotTrashed(call.tenant, entity);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const userId = textOf(at(attributes, 'user', 'userId'));
  const groupId = textOf(at(attributes, 'group', 'groupId'));
  const isKnown =
    userId === undefined ? call.tenant.people.groups.has(groupId ?? '') : call.tenant.people.users.has(userId);
  if (!isKnown) throw badRequest('Name a known user.userId or group.groupId.');
  const isTwice = sharesOf(call, entity).some((known) => known.userId === userId && known.groupId === groupId);
  if (isTwice) throw conflict(`${entity.id} is shared with ${userId ?? groupId} already.`);
  const share: Share = {
    id: call.tenant.nextNumber(),
    userId,
    groupId,
    canRead: true,
    canWrite: false,
    hasFullControl: false,
  };
  setRights(share, attributes);
  sharesOf(call, entity).push(share);
  call.tenant.history.record(entity, 'share', call.user.id, userId ?? groupId);
  return created({ links: selfLinks(call), data: shareResource(call, entity, share) });
};

const patchShare = (call: Call) => {
  const entity = entityOf(call);
  const share = shareOf(call, entity);
  setRights(share, at(bodyJson(call), 'data', 'attributes'));
  return ok({ links: selfLinks(call), data: shareResource(call, entity, share) });
};

const removeShare = (call: Call) => {
  const entity = entityOf(call);
  const share = shareOf(call, entity);
  call.tenant.shares.set(
    entity.id,
    sharesOf(call, entity).filter((known) => known !== share),
  );
  return noContent;
};

const commentResource = (call: Call, comment: Comment): Json => ({
  type: 'comment',
  id: comment.id,
  links: { self: `${call.base}/entities/${comment.entityId}/comments/${comment.id}` },
  attributes: { id: comment.id, content: comment.text, createdAt: iso(comment.createdAtMillis) },
  relationships: {
    createdBy: userData(call, comment.userId),
    entity: { data: entityReference(call.base, comment.entityId) },
  },
});

const readDepth = (call: Call, fallback: number, least: number): number => {
  const text = call.query.get('depth');
  if (text === null) return fallback;
  const depth = Number(text);
  if (!Number.isInteger(depth) || depth < least || depth > 100) throw badRequest(`depth must be from ${least} to 100.`);
  return depth;
};

/** The entity and its descendants down to `depth` levels; -1 is all the way. */
const within = (call: Call, entity: Entity, depth: number): Entity[] => [
  entity,
  ...(depth === 0 ? [] : call.tenant.entities.childrenOf(entity.id).flatMap((child) => within(call, child, depth - 1))),
];

const listComments = (call: Call) => {
  const page = readPage(call);
  const found = within(call, entityOf(call), readDepth(call, 0, 0)).flatMap(
    ({ id }) => call.tenant.comments.get(id) ?? [],
  );
  const { items, hasMore } = slicePage(found, page);
  const data = items.map((comment) => commentResource(call, comment));
  return ok(
    pagedDocument(call, page, { items: data, hasMore }, { meta: { total: found.length, count: items.length } }),
  );
};

const commentOf = (call: Call): Comment => {
  const comment = call.tenant.comments.get(entityOf(call).id)?.find(({ id }) => id === param(call, 'commentId'));
  if (comment === undefined) throw notFound(`Comment ${param(call, 'commentId')} is not found.`);
  return comment;
};

const removeComment = (call: Call) => {
  const comment = commentOf(call);
  const rest = (call.tenant.comments.get(comment.entityId) ?? []).filter((known) => known !== comment);
  call.tenant.comments.set(comment.entityId, rest);
  return noContent;
};

const linkTypes = ['related', 'repeats', 'repeated_by', 'duplicates', 'duplicated_by', 'precedes', 'preceded_by'];

const relationshipResource = (call: Call, entity: Entity, link: Relationship): JsonObject => ({
  type: 'entityLink',
  id: link.id,
  links: { self: `${call.base}/entities/${entity.id}/relationships` },
  attributes: { id: link.id, type: link.type, createdAt: iso(link.createdAtMillis) },
  relationships: {
    source: { data: entityReference(call.base, entity.id) },
    link: { data: entityReference(call.base, link.targetId) },
  },
});

const listRelationships = (call: Call) => {
  const entity = entityOf(call);
  const page = readPage(call);
  const { items, hasMore } = slicePage(call.tenant.relationships.get(entity.id) ?? [], page);
  const included = items
    .flatMap(({ targetId }) => call.tenant.entities.get(targetId) ?? [])
    .map((target) => includedEntity(call, target));
  const data = items.map((link) => relationshipResource(call, entity, link));
  return ok(pagedDocument(call, page, { items: data, hasMore }, included.length > 0 ? { included } : {}));
};

const createRelationship = (call: Call) => {
  const entity = entityOf(call);
  checkNotTrashed(call.tenant, entity);
  const data = at(bodyJson(call), 'data');
  const type = textOf(at(data, 'attributes', 'type')) ?? 'related';
  const targetId =
    textOf(at(data, 'relationships', 'link', 'data', 'id')) ?? textOf(at(data, 'attributes', 'eid')) ?? '';
  if (!linkTypes.includes(type)) throw badRequest(`A link is one of ${linkTypes.join(', ')}.`);
  if (call.tenant.entities.get(targetId) === undefined)
    throw badRequest('Name the linked entity in relationships.link.');
  const link: Relationship = {
    id: call.tenant.nextNumber(),
    type,
    targetId,
    createdBy: call.user.id,
    createdAtMillis: call.tenant.clock.nowMillis(),
  };
  call.tenant.relationships.set(entity.id, [...(call.tenant.relationships.get(entity.id) ?? []), link]);
  return created({ links: selfLinks(call), data: relationshipResource(call, entity, link) });
};

const history = (call: Call) => {
  const entity = entityOf(call);
  const page = readPage(call);
  const actions = call.query.get('action')?.split(',');
  const found = within(call, entity, readDepth(call, -1, -1))
    .flatMap(({ id }) => call.tenant.history.of(id))
    .filter(({ action }) => actions === undefined || actions.includes(action))
    .toSorted((a, b) => Number(b.id) - Number(a.id));
  const { items, hasMore } = slicePage(found, page);
  const data = items.map((entry) => ({
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
      createdBy: userData(call, entry.userId),
      entity: { data: entityReference(call.base, entry.entityId) },
    },
  }));
  return ok(pagedDocument(call, page, { items: data, hasMore }));
};

export const socialRoutes: Routes = {
  'GET /entities/{eid}/shares': (call) => {
    const entity = entityOf(call);
    return ok({
      links: selfLinks(call),
      data: sharesOf(call, entity).map((share) => shareResource(call, entity, share)),
    });
  },
  'POST /entities/{eid}/shares': createShare,
  'GET /entities/{eid}/shares/{shareId}': (call) => {
    const entity = entityOf(call);
    return ok({ links: selfLinks(call), data: shareResource(call, entity, shareOf(call, entity)) });
  },
  'PATCH /entities/{eid}/shares/{shareId}': patchShare,
  'DELETE /entities/{eid}/shares/{shareId}': removeShare,
  'GET /entities/{eid}/comments': listComments,
  'GET /entities/{eid}/comments/{commentId}': (call) =>
    ok({ links: selfLinks(call), data: commentResource(call, commentOf(call)) }),
  'DELETE /entities/{eid}/comments/{commentId}': removeComment,
  'GET /entities/{eid}/relationships': listRelationships,
  'POST /entities/{eid}/relationships': createRelationship,
  'GET /entities/{eid}/history': history,
};
