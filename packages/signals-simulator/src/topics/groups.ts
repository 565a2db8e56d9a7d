/** User groups: members under the group's digest, access grants, associations. */
import { groupResource } from '../documents/group-document.ts';
import { userResource } from '../documents/user-document.ts';
import { badRequest, conflict, notFound, SignalsError } from '../errors.ts';
import { bodyJson, type Call, checkDigest, param, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created, noContent, ok } from '../http/reply.ts';
import { arrayOf, at, type Json, textOf } from '../json.ts';
import type { Group } from '../tenant/people.ts';
import type { Share } from '../tenant/tenant.ts';

const groupOf = (call: Call): Group => {
  const group = call.tenant.people.groups.get(param(call, 'groupId'));
  if (group === undefined) throw notFound(`Group ${param(call, 'groupId')} is not found.`);
  return group;
};

const document = (call: Call, group: Group): Json => ({
  links: selfLinks(call),
  data: groupResource(call.base, group),
});

const changed = (call: Call, group: Group) => {
  group.digest = call.tenant.entities.nextDigest();
  group.editedAtMillis = call.tenant.clock.nowMillis();
};

const checkName = (call: Call, name: string, own: Group | undefined) => {
  if ([...call.tenant.people.groups.values()].some((group) => group !== own && group.name === name))
    throw conflict(`A group named "${name}" exists.`);
};

const create = (call: Call) => {
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const name = textOf(at(attributes, 'name'));
  if (name === undefined || name === '') throw badRequest('name is required.');
  checkName(call, name, undefined);
  const { people, entities, clock } = call.tenant;
  const group: Group = {
    id: people.nextGroupId(),
    name,
    description: textOf(at(attributes, 'description')) ?? '',
    digest: entities.nextDigest(),
    memberIds: new Set(),
    createdAtMillis: clock.nowMillis(),
    editedAtMillis: clock.nowMillis(),
    isSystem: at(attributes, 'isSystem') === true,
  };
  people.groups.set(group.id, group);
  return created(document(call, group));
};

/** Answers 201, as the specification says. */
const patch = (call: Call) => {
  const group = groupOf(call);
  checkDigest(call, group);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const name = textOf(at(attributes, 'name'));
  if (name !== undefined) checkName(call, name, group);
  group.name = name ?? group.name;
  group.description = textOf(at(attributes, 'description')) ?? group.description;
  changed(call, group);
  return created(document(call, group));
};

const members = (call: Call, group: Group): Json => ({
  links: selfLinks(call),
  data: [...group.memberIds].flatMap((id) => {
    const user = call.tenant.people.users.get(id);
    return user === undefined ? [] : [userResource(call.base, user)];
  }),
  included: [groupResource(call.base, group)],
});

const addMember = (call: Call) => {
  const group = groupOf(call);
  checkDigest(call, group);
  const data = at(bodyJson(call), 'data');
  const ids = Array.isArray(data)
    ? arrayOf(data).map((item) => at(item, 'id'))
    : [at(data, 'attributes', 'userId') ?? at(data, 'id')];
  for (const id of ids) {
    if (!call.tenant.people.users.has(String(id))) throw badRequest(`User ${String(id)} is unknown.`);
    group.memberIds.add(String(id));
  }
  changed(call, group);
  return created(members(call, group));
};

const removeMember = (call: Call) => {
  const group = groupOf(call);
  if (!group.memberIds.delete(param(call, 'userId'))) throw notFound('The user is no member.');
  changed(call, group);
  return noContent;
};

const sharesOf = (call: Call, group: Group): Share[] => {
  const shares = call.tenant.shares.get(`group:${group.id}`) ?? [];
  call.tenant.shares.set(`group:${group.id}`, shares);
  return shares;
};

const shareResource = (call: Call, group: Group, share: Share): Json => ({
  type: 'share',
  id: share.id,
  links: { self: `${call.base}/groups/${group.id}/shares/${share.id}` },
  attributes: {
    id: share.id,
    canRead: share.canRead,
    canWrite: share.canWrite,
    hasFullControl: share.hasFullControl,
    user: { userId: share.userId ?? '' },
  },
});

const setRights = (share: Share, attributes: unknown) => {
  for (const right of ['canRead', 'canWrite', 'hasFullControl'] as const)
    share[right] = (at(attributes, right) ?? share[right]) === true;
};

const addShare = (call: Call) => {
  const group = groupOf(call);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const userId = textOf(at(attributes, 'user', 'userId'));
  if (userId === undefined || !call.tenant.people.users.has(userId)) throw badRequest('Name a known user.userId.');
  const share: Share = {
    id: call.tenant.nextNumber(),
    userId,
    groupId: undefined,
    canRead: true,
    canWrite: false,
    hasFullControl: false,
  };
  setRights(share, attributes);
  sharesOf(call, group).push(share);
  return created({ links: selfLinks(call), data: shareResource(call, group, share) });
};

const shareOf = (call: Call, group: Group): Share => {
  const share = sharesOf(call, group).find(({ id }) => id === param(call, 'sid'));
  if (share === undefined) throw notFound('The share is not found.');
  return share;
};

const patchShare = (call: Call) => {
  const group = groupOf(call);
  const share = shareOf(call, group);
  setRights(share, at(bodyJson(call), 'data', 'attributes'));
  return created({ links: selfLinks(call), data: shareResource(call, group, share) });
};

const removeShare = (call: Call) => {
  const group = groupOf(call);
  const share = shareOf(call, group);
  call.tenant.shares.set(
    `group:${group.id}`,
    sharesOf(call, group).filter((known) => known !== share),
  );
  return noContent;
};

const mostAssociations = 100;

const associations = (call: Call, group: Group): Json => ({
  links: selfLinks(call),
  data: (call.tenant.associations.get(group.id) ?? []).map((attributes, index) => ({
    type: 'groupAssociation',
    id: String(index + 1),
    attributes,
  })),
});

/** More than the bound (its number is invented) answers 419. */
const setAssociations = (call: Call, isReplacing: boolean): Json => {
  const group = groupOf(call);
  const data = at(bodyJson(call), 'data');
  const given = (Array.isArray(data) ? arrayOf(data) : [data ?? null]).map((item) => at(item, 'attributes') ?? null);
  const all = isReplacing ? given : [...(call.tenant.associations.get(group.id) ?? []), ...given];
  if (all.length > mostAssociations)
    throw new SignalsError(419, 'TooManyAssociations', 'Too many associations.', `At most ${mostAssociations}.`);
  call.tenant.associations.set(group.id, all);
  return associations(call, group);
};

export const groupRoutes: Routes = {
  'POST /groups': create,
  'GET /groups/{groupId}': (call) => ok(document(call, groupOf(call))),
  'PATCH /groups/{groupId}': patch,
  'DELETE /groups/{groupId}': (call) => {
    call.tenant.people.groups.delete(groupOf(call).id);
    return noContent;
  },
  'GET /groups/{groupId}/members': (call) => ok(members(call, groupOf(call))),
  'POST /groups/{groupId}/members': addMember,
  'DELETE /groups/{groupId}/members/{userId}': removeMember,
  'GET /groups/{groupId}/shares': (call) => {
    const group = groupOf(call);
    return ok({
      links: selfLinks(call),
      data: sharesOf(call, group).map((share) => shareResource(call, group, share)),
    });
  },
  'POST /groups/{groupId}/shares': addShare,
  'PATCH /groups/{groupId}/shares/{sid}': patchShare,
  'DELETE /groups/{groupId}/shares/{sid}': removeShare,
  'GET /groups/{groupId}/associations': (call) => ok(associations(call, groupOf(call))),
  'POST /groups/{groupId}/associations': (call) => created(setAssociations(call, false)),
  'PATCH /groups/{groupId}/associations': (call) => ok(setAssociations(call, true)),
};
