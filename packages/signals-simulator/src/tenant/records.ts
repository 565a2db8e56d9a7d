/** The states of a record (open, closed, archived, voided, trashed): allowed steps and their notifications. */
import { forbidden, reviewTransition } from '../errors.ts';
import type { Entity } from './model.ts';
import { changed, type Tenant } from './tenant.ts';
import { recordTypes } from './types.ts';

export type RecordAction = 'close' | 'sign' | 'close_without_signing' | 'reopen' | 'archive' | 'unarchive' | 'void';

interface Transition {
  readonly from: readonly string[];
  readonly to: string;
}

const transitions: Readonly<Record<RecordAction, Transition>> = {
  close: { from: ['open'], to: 'closed' },
  sign: { from: ['open'], to: 'closed' },
  close_without_signing: { from: ['open'], to: 'closed' },
  reopen: { from: ['closed', 'voided', 'rejected'], to: 'open' },
  archive: { from: ['closed'], to: 'archived' },
  unarchive: { from: ['archived'], to: 'closed' },
  void: { from: ['open'], to: 'voided' },
};

export const isRecordAction = (name: string): name is RecordAction => Object.hasOwn(transitions, name);

/** @throws 403 for trashed entities and for entities that are no records, 412 if the state does not allow the step. */
export const actOnRecord = (
  tenant: Tenant,
  entity: Entity,
  action: RecordAction,
  userId: string,
  reason?: string,
): void => {
  const { from, to } = transitions[action];
  if (entity.isTrashed || !recordTypes.has(entity.type)) throw forbidden(`${entity.id} cannot be reviewed.`);
  if (!from.includes(entity.state ?? ''))
    throw reviewTransition(`${entity.id} is ${entity.state}; ${action} is not allowed.`);
  entity.state = to;
  changed(tenant, entity, userId, action, reason);
  tenant.notifications.emit({
    type: action,
    createdBy: userId,
    entityId: entity.id,
    ...(reason === undefined ? {} : { comment: reason }),
  });
};
