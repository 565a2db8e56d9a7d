/**
 * What administrators do with consumers. Each act changes one record on condition of its version, so no change is lost
 * or half done.
 */
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import type { Clock } from '../time/clock.ts';
import { createIncarnation } from './consumer.ts';
import { actorAt, ensureKeepsMarks, ensureMayFallBack, ensureMayGrant } from './grants.ts';
import { ensureAdminRemains } from './last-admin.ts';
import { type ConsumerRecord, type ConsumerStore, keyPointer, oidcPointer } from './store.ts';

/** Most tries to replace a record. After these, it is changed by too many others at the same time. */
const mostTries = 20;

const changed = (id: string): AppError =>
  new AppError('CONSUMER_CHANGED', { detail: `Read ${id} again: it is not as you have seen it.` });

/** Finds a record. @throws AppError CONSUMER_ABSENT. */
export const findRecord = async (store: ConsumerStore, id: string): Promise<ConsumerRecord> => {
  const record = await store.read(id);
  if (record) return record;
  throw new AppError('CONSUMER_ABSENT', { detail: `No consumer has the id ${JSON.stringify(id.slice(0, 63))}.` });
};

/** A store treats undefined and missing members the same. */
const isSameRecord = (one: ConsumerRecord, other: ConsumerRecord): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)));

/** Called with a record that was written or removed, as it was before and as it is now. */
export type OnRecordChange = (before: ConsumerRecord | undefined, after: ConsumerRecord | undefined) => void;
const tellNobody: OnRecordChange = () => {};

/**
 * Replaces a record with the result of `edit`. Retries when others change it in between.
 * @param version that it must have; undefined = any.
 * @throws AppError CONSUMER_ABSENT, CONSUMER_CHANGED, and what `edit` throws.
 */
export const updateRecord = async (
  store: ConsumerStore,
  clock: Clock,
  id: string,
  version: number | undefined,
  edit: (record: ConsumerRecord) => ConsumerRecord | Promise<ConsumerRecord>,
  told: OnRecordChange = tellNobody,
): Promise<ConsumerRecord> => {
  let tried: { before: ConsumerRecord; after: ConsumerRecord } | undefined;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const present = await findRecord(store, id);
    // The record equals the last try's result: that try succeeded, and its answer was lost.
    if (tried && isSameRecord(present, tried.after)) {
      told(tried.before, present);
      return present;
    }
    if (version !== undefined && present.version !== version) throw changed(id);
    const edited = await edit(present);
    if (edited === present) return present;
    const next = { ...edited, version: present.version + 1, changedAtMillis: clock.nowMillis() };
    if (await store.write(next, present.version)) {
      told(present, next);
      return next;
    }
    tried = { before: present, after: next };
  }
  throw changed(id);
};

const exists = (detail: string, pointer: string): AppError =>
  new AppError('CONSUMER_EXISTS', { detail, source: { pointer } });

/**
 * Writes the pointer of the consumer's OIDC client. It is written before the record names the client, and stays after
 * the record no longer does: a pointer alone identifies nobody.
 */
const claimOidcClient = async (store: ConsumerStore, { id, oidc }: Consumer): Promise<void> => {
  if (!oidc) return;
  const pointer = oidcPointer(oidc);
  const owner = (await store.follow(pointer))?.consumerId;
  const claimed = owner === undefined || owner === id ? undefined : (await store.read(owner))?.consumer.oidc;
  const isTaken = claimed !== undefined && oidcPointer(claimed) === pointer;
  if (isTaken || !(await store.point(pointer, id, owner)))
    throw exists(`Another consumer, ${owner}, has this OIDC client.`, '/data/attributes/oidc');
};

/** @param issuers whose tokens the stage takes; undefined = any. */
export const createConsumerAdmin = (store: ConsumerStore, clock: Clock, issuers?: readonly string[]) => ({
  /** One page in the order of ids, and whether there are more. */
  async list(after: string | undefined, limit: number): Promise<{ records: readonly ConsumerRecord[]; more: boolean }> {
    const records = await store.page(after, limit + 1);
    return { records: records.slice(0, limit), more: records.length > limit };
  },

  /** @throws AppError CONSUMER_ABSENT. */
  read: (id: string): Promise<ConsumerRecord> => findRecord(store, id),

  /** @throws AppError CONSUMER_EXISTS, GRANT_REFUSED. */
  async create(by: Consumer, consumer: Consumer, told: OnRecordChange = tellNobody): Promise<ConsumerRecord> {
    ensureMayGrant(by, consumer);
    ensureMayFallBack(by, undefined, consumer);
    const taken = exists(`There is a consumer ${consumer.id}.`, '/data/id');
    if (await store.read(consumer.id)) throw taken;
    await claimOidcClient(store, consumer);
    const nowMillis = clock.nowMillis();
    const record = {
      consumer: { ...consumer, incarnation: createIncarnation() },
      keys: [],
      version: 1,
      createdAtMillis: nowMillis,
      changedAtMillis: nowMillis,
    };
    if (!(await store.write(record, 0))) {
      // The record may exist because an earlier try succeeded and its answer was lost.
      const present = await store.read(consumer.id);
      if (!present || !isSameRecord(present, record)) throw taken;
    }
    told(undefined, record);
    return record;
  },

  /**
   * @param told called with the change, if there is one.
   * @param edit returns the new record for the old one. It may be called more than once.
   * @throws AppError CONSUMER_ABSENT, CONSUMER_CHANGED, CONSUMER_EXISTS, GRANT_REFUSED, LAST_ADMIN.
   */
  change: (
    by: Consumer,
    id: string,
    version: number | undefined,
    edit: (consumer: Consumer) => Consumer,
    told: OnRecordChange = tellNobody,
  ): Promise<ConsumerRecord> => {
    const replace = async (record: ConsumerRecord): Promise<ConsumerRecord> => {
      const before = record.consumer;
      const after = edit(before);
      const actor = actorAt(by, record);
      if (isDeepStrictEqual(before, after)) {
        await claimOidcClient(store, after); // Written again, in case the pointer was lost.
        return record;
      }
      // Taking rights away needs only consumers:write.
      if (!isDeepStrictEqual({ ...before, state: 'suspended' }, after)) {
        ensureMayGrant(actor, before, after);
        ensureKeepsMarks(actor, before, after);
        ensureMayFallBack(actor, before, after);
      }
      const next = { ...record, consumer: after };
      await ensureAdminRemains(store, clock, record, next, issuers);
      await claimOidcClient(store, after);
      return next;
    };
    return updateRecord(store, clock, id, version, replace, told);
  },

  /** Removes the record, and so every key at once. @throws AppError CONSUMER_ABSENT, CONSUMER_CHANGED, LAST_ADMIN. */
  async remove(id: string, version: number | undefined, told: OnRecordChange = tellNobody): Promise<void> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const record = await findRecord(store, id);
      if (version !== undefined && record.version !== version) throw changed(id);
      await ensureAdminRemains(store, clock, record, undefined, issuers);
      if (!(await store.remove(id, record.version))) continue;
      told(record, undefined);
      // Pointers that are left behind identify nobody.
      await Promise.allSettled(record.keys.map(({ hash }) => store.unpoint(keyPointer(hash), id)));
      return;
    }
    throw changed(id);
  },
});
export type ConsumerAdmin = ReturnType<typeof createConsumerAdmin>;
