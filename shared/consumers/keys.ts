/** Keys of consumers: two at a time, so that one can replace the other without a failed request. */
import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import type { Clock } from '../time/clock.ts';
import { findRecord, type OnRecordChange, updateRecord } from './admin.ts';
import { createKey, createKeyId, hashKey } from './consumer.ts';
import { actorAt, ensureMayGrant } from './grants.ts';
import { ensureAdminRemains } from './last-admin.ts';
import { withKey } from './registry.ts';
import { type ConsumerKey, type ConsumerRecord, type ConsumerStore, keyPointer } from './store.ts';

/** A key as administrators see it. */
export type KeyView = Omit<ConsumerKey, 'hash'> & { readonly lastUsedOn: string | undefined };

const viewOf = ({ hash: _hash, ...key }: ConsumerKey, lastUsedOn: string | undefined): KeyView => ({
  ...key,
  lastUsedOn,
});

/** @param issuers whose tokens the stage takes; undefined = any. */
export const createConsumerKeys = (store: ConsumerStore, clock: Clock, issuers?: readonly string[]) => {
  /** A pointer that is left behind identifies nobody, because the record no longer lists its key. */
  const tidyUp = (id: string, keys: readonly ConsumerKey[]): Promise<unknown> => forget(id, keys).catch(() => {});

  const forget = (id: string, keys: readonly ConsumerKey[]): Promise<unknown> =>
    Promise.all(keys.map(({ hash }) => store.unpoint(keyPointer(hash), id)));

  /** Lists the key in the record. From then on it works. */
  const listKey = async (by: Consumer, id: string, key: ConsumerKey, told?: OnRecordChange): Promise<void> => {
    let dropped: ConsumerKey[] = [];
    const edit = (record: ConsumerRecord): ConsumerRecord => {
      if (record.keys.some(({ hash }) => hash === key.hash)) return record;
      ensureMayGrant(actorAt(by, record), record.consumer); // The record as it is now, because scopes may have been added since the first read.
      const keys = withKey(record.keys, key, clock.nowMillis());
      dropped = record.keys.filter((old) => !keys.includes(old));
      return { ...record, keys };
    };
    await updateRecord(store, clock, id, undefined, edit, told);
    await tidyUp(id, dropped);
  };

  return {
    /**
     * Creates a key. Only the answer to this call shows it. Expired keys are removed for it.
     * @param told called with the record with the key, and with the removed keys.
     * @throws AppError CONSUMER_ABSENT, GRANT_REFUSED, KEYS_FULL.
     */
    async add(
      by: Consumer,
      id: string,
      expiresAtMillis?: number,
      told?: OnRecordChange,
    ): Promise<{ key: string; view: KeyView }> {
      const found = await findRecord(store, id);
      const { consumer, keys } = found;
      ensureMayGrant(actorAt(by, found), consumer);
      const key = createKey();
      const kept: ConsumerKey = {
        id: createKeyId(),
        hash: hashKey(key),
        createdAtMillis: clock.nowMillis(),
        expiresAtMillis,
      };
      withKey(keys, kept, clock.nowMillis()); // If it is refused here, nothing was written for it.
      await store.point(keyPointer(kept.hash), id);
      try {
        await listKey(by, id, kept, told);
      } catch (error) {
        await forget(id, [kept]).catch(() => {}); // The record may not list the key. Then the pointer stays, and identifies nobody.
        throw error;
      }
      return { key, view: viewOf(kept, undefined) };
    },

    /** @throws AppError CONSUMER_ABSENT. */
    async list(id: string): Promise<readonly KeyView[]> {
      const { keys } = await findRecord(store, id);
      return Promise.all(keys.map(async (key) => viewOf(key, (await store.follow(keyPointer(key.hash)))?.lastUsedOn)));
    },

    /** @throws AppError CONSUMER_ABSENT, KEY_ABSENT, LAST_ADMIN. */
    async revoke(id: string, keyId: string, told?: OnRecordChange): Promise<void> {
      let revoked: ConsumerKey[] = [];
      const edit = async (record: ConsumerRecord): Promise<ConsumerRecord> => {
        const found = record.keys.filter((key) => key.id === keyId);
        if (found.length > 0) revoked = found;
        // Removed since the last try: by another call, or by this call's own write whose answer was lost.
        else if (revoked.length > 0) return record;
        else throw new AppError('KEY_ABSENT', { detail: `${id} has no such key. List its keys.` });
        const next = { ...record, keys: record.keys.filter((key) => key.id !== keyId) };
        await ensureAdminRemains(store, clock, record, next, issuers);
        return next;
      };
      await updateRecord(store, clock, id, undefined, edit, told);
      await tidyUp(id, revoked);
    },
  };
};
export type ConsumerKeys = ReturnType<typeof createConsumerKeys>;
