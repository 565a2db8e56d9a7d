/** Objects that are read whole and changed member by member, and jobs that only take time: the base of the rarer topics. */
import { includedEntity } from '../documents/entity-document.ts';
import { notFound } from '../errors.ts';
import {
  type Call,
  checkDigest,
  checkEditable,
  entityOfType,
  type Handler,
  optionalBodyJson,
  param,
} from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { accepted, ok } from '../http/reply.ts';
import { at, isObject, type Json } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';

export interface ObjectKind {
  readonly entityType: string;
  readonly idParam: string;
  readonly dataType: string;
}

export const objectOfEntity = (call: Call, entity: Entity): { [name: string]: Json } => {
  const known = call.tenant.objects.get(entity.id) ?? {};
  call.tenant.objects.set(entity.id, known);
  return known;
};

export const openObject = (call: Call, kind: ObjectKind): Entity => entityOfType(call, kind.idParam, kind.entityType);

export const openObjectToWrite = (call: Call, kind: ObjectKind): Entity => {
  const entity = openObject(call, kind);
  checkEditable(call.tenant, entity);
  checkDigest(call, entity);
  return entity;
};

export const objectDocument = (call: Call, kind: ObjectKind, entity: Entity): Json => ({
  links: selfLinks(call),
  data: {
    type: kind.dataType,
    id: entity.id,
    attributes: { id: entity.id, name: entity.name, digest: entity.digest, ...objectOfEntity(call, entity) },
  },
  included: [includedEntity(call, entity)],
});

export const readObject =
  (kind: ObjectKind): Handler =>
  (call) =>
    ok(objectDocument(call, kind, openObject(call, kind)));

/** Members given in `data.attributes` take the place of the known ones. */
export const mergeObject =
  (kind: ObjectKind, action: string): Handler =>
  (call) => {
    const entity = openObjectToWrite(call, kind);
    const attributes = at(optionalBodyJson(call), 'data', 'attributes');
    if (isObject(attributes)) Object.assign(objectOfEntity(call, entity), attributes);
    changed(call.tenant, entity, call.user.id, action);
    return ok(objectDocument(call, kind, entity));
  };

export interface TimedJob {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly jobParam?: string;
  readonly done?: string;
  /** Done when the job starts. */
  readonly work?: (call: Call, entity: Entity) => void;
}

/** A job with the states IN_PROGRESS and COMPLETED. */
export const timedJob = ({
  kind,
  name,
  jobParam = 'jobId',
  done = 'COMPLETED',
  work,
}: TimedJob): { start: Handler; status: Handler } => {
  const document = (call: Call, id: string, status: string): Json => ({
    links: selfLinks(call),
    data: { type: 'asyncUpdateResult', id, attributes: { jobId: id, status } },
  });
  return {
    start(call) {
      const entity = openObjectToWrite(call, kind);
      work?.(call, entity);
      changed(call.tenant, entity, call.user.id, name);
      const job = call.tenant.jobs.start(name, entity.id, call.tenant.nextNumber());
      return accepted(document(call, job.id, 'IN_PROGRESS'));
    },
    status(call) {
      const job = call.tenant.jobs.get<string>(name, param(call, jobParam));
      if (job === undefined) throw notFound('The job is not found.');
      return ok(document(call, job.id, call.tenant.jobs.isReady(job) ? done : 'IN_PROGRESS'));
    },
  };
};
