/** Access rights. Every user may read everything, except the contents of private notebooks. */
import type { Entity, User } from './model.ts';
import type { Tenant } from './tenant.ts';

const isShared = (tenant: Tenant, user: User, entity: Entity): boolean =>
  (tenant.shares.get(entity.id) ?? []).some(
    ({ userId, groupId, canRead }) =>
      canRead &&
      (userId === user.id ||
        (groupId !== undefined && tenant.people.groups.get(groupId)?.memberIds.has(user.id) === true)),
  );

/** The owner, administrators and users with a share may read a private notebook and its contents (the administrators are invented). */
export const canRead = (tenant: Tenant, user: User, entity: Entity): boolean => {
  if (tenant.privateNotebooks.size === 0 || user.roleIds.includes('1')) return true;
  const line = [entity, ...tenant.entities.ancestorsOf(entity)];
  const notebook = line.find(({ id }) => tenant.privateNotebooks.has(id));
  if (notebook === undefined || notebook.ownerId === user.id) return true;
  return line.some((member) => isShared(tenant, user, member));
};

interface Standing {
  readonly notebook: Entity | undefined;
  readonly isShared: boolean;
}

/** Like `canRead`, for many entities of one request: the rights of a parent are computed once. */
export const createReader = (tenant: Tenant, user: User): ((entity: Entity) => boolean) => {
  if (tenant.privateNotebooks.size === 0 || user.roleIds.includes('1')) return () => true;
  const standings = new Map<string | undefined, Standing>([[undefined, { notebook: undefined, isShared: false }]]);
  const standingOf = (id: string | undefined): Standing => {
    const known = standings.get(id);
    if (known !== undefined) return known;
    const entity = tenant.entities.get(id ?? '');
    const above = standingOf(entity?.parentId);
    const standing: Standing = {
      notebook: entity !== undefined && tenant.privateNotebooks.has(entity.id) ? entity : above.notebook,
      isShared: above.isShared || (entity !== undefined && isShared(tenant, user, entity)),
    };
    standings.set(id, standing);
    return standing;
  };
  return (entity) => {
    const isNotebook = tenant.privateNotebooks.has(entity.id);
    const { notebook, isShared: isParentShared } = standingOf(isNotebook ? entity.id : entity.parentId);
    if (notebook === undefined || notebook.ownerId === user.id) return true;
    return isParentShared || isShared(tenant, user, entity);
  };
};
