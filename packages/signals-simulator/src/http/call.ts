/** One authenticated request as a topic sees it, and the small readers that topics share. */
import type { IncomingHttpHeaders } from 'node:http';
import { badRequest, digestMismatch, forbidden, noAccess, notFound } from '../errors.ts';
import type { Json } from '../json.ts';
import type { OperationKey } from '../operations.ts';
import { canRead } from '../tenant/access.ts';
import type { Entity, User } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Reply } from './reply.ts';

export interface Call {
  readonly tenant: Tenant;
  readonly operation: OperationKey;
  readonly method: string;
  /** Path after the base as sent, undecoded, without the query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly user: User;
  /** Absolute URL of the API as this client named it: `http://host:port/api/rest/v1.0`. */
  readonly base: string;
}

export type Handler = (call: Call) => Reply | Promise<Reply>;
export type Routes = Partial<Record<OperationKey, Handler>>;

export const param = (call: Call, name: string): string => call.params[name] ?? '';

/** The body as JSON. @throws 400 when it is none. */
export const bodyJson = (call: Call): Json => {
  try {
    return JSON.parse(call.body.toString('utf8')) as Json;
  } catch {
    throw badRequest('The body is not valid JSON.');
  }
};

/** Like `bodyJson`, but an empty body reads as an empty object. */
export const optionalBodyJson = (call: Call): Json => (call.body.byteLength === 0 ? {} : bodyJson(call));

export const entityOf = (call: Call, name = 'eid'): Entity => {
  const id = param(call, name);
  const entity = call.tenant.entities.get(id);
  if (entity === undefined) throw notFound(`Entity ${id} is not found.`);
  if (!canRead(call.tenant, call.user, entity)) throw noAccess(`${id} is not shared with you.`);
  return entity;
};

/** The entity, of one of these types only. @throws 404 also for another type. */
export const entityOfType = (call: Call, name: string, ...types: readonly string[]): Entity => {
  const entity = entityOf(call, name);
  if (!types.includes(entity.type)) throw notFound(`${entity.id} is not a ${types.join(' or ')}.`);
  return entity;
};

const flag = (call: Call, name: string): boolean => call.query.get(name) === 'true';

/**
 * The digest rule of every write: `force=true` passes, the current digest passes, another one is 428, none is 400.
 * A digest wins over `force` only when `force` is not set.
 */
export const checkDigest = (call: Call, subject: { readonly id: string; readonly digest: string }): void => {
  if (flag(call, 'force')) return;
  const digest = call.query.get('digest');
  if (digest === null || digest === '') throw badRequest(`Give the digest of ${subject.id}, or force=true.`);
  if (digest !== subject.digest) throw digestMismatch(subject.id);
};

/** State rules, which `force` does not lift. @throws 403 for the trashed and for children of the trashed. */
export const checkNotTrashed = (tenant: Tenant, entity: Entity): void => {
  const trashed = [entity, ...tenant.entities.ancestorsOf(entity)].find(({ isTrashed }) => isTrashed);
  if (trashed !== undefined) throw forbidden(`${trashed.id} is trashed.`);
};

const lockedStates: ReadonlySet<string> = new Set(['closed', 'archived', 'voided']);

/** Whether `checkEditable` would let a write pass. */
export const isEditable = (tenant: Tenant, entity: Entity): boolean => {
  const isOpen = ({ isTrashed, state }: Entity) => !isTrashed && !lockedStates.has(state ?? '');
  return isOpen(entity) && tenant.entities.ancestorsOf(entity).every(isOpen);
};

/** @throws 403 when the entity, or the record that holds it, is trashed, closed, archived or voided. */
export const checkEditable = (tenant: Tenant, entity: Entity): void => {
  checkNotTrashed(tenant, entity);
  const locked = [entity, ...tenant.entities.ancestorsOf(entity)].find(({ state }) => lockedStates.has(state ?? ''));
  if (locked !== undefined) throw forbidden(`${locked.id} is ${locked.state}.`);
};
