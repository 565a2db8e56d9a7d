/** Looks consumers up: a pointer leads to a record, and the record confirms or denies it. */

import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { type ConsumerRegistry, createIncarnation, createKeyId, isAlive } from './consumer.ts';
import {
  type ConsumerKey,
  type ConsumerRecord,
  type ConsumerStore,
  keyPointer,
  mostKeys,
  oidcPointer,
} from './store.ts';

const mostTries = 10;

/** @throws AppError KEYS_FULL when two other keys work. */
export const withKey = (keys: readonly ConsumerKey[], key: ConsumerKey, nowMillis: number): ConsumerKey[] => {
  const others = keys.filter((other) => other.hash !== key.hash && isAlive(other, nowMillis));
  if (others.length < mostKeys) return [...others, key];
  throw new AppError('KEYS_FULL', {
    detail: `The consumer has the keys ${others.map(({ id }) => id).join(' and ')}. Revoke the one that is no longer used, then make another.`,
  });
};

export type RegistryOptions = {
  readonly clock?: Clock;
  /** Whether uses of keys are recorded, usually one write for each key and day; without it nothing is written. */
  readonly notesUse?: boolean;
};

export const createConsumerRegistry = (
  store: ConsumerStore,
  { clock = systemClock, notesUse = false }: RegistryOptions = {},
): ConsumerRegistry => {
  const noteUse = async (pointer: string, lastUsedOn: string | undefined): Promise<void> => {
    const today = new Date(clock.nowMillis()).toISOString().slice(0, 10);
    // A call is not refused because its use cannot be recorded.
    if (notesUse && (lastUsedOn ?? '') < today) await store.noteUse(pointer, today).catch(() => {});
  };

  const recordWithKey = (present: ConsumerRecord | undefined, key: ConsumerKey): ConsumerRecord['keys'] => {
    const same = present?.keys.find(({ hash }) => hash === key.hash);
    return withKey(present?.keys ?? [], same ?? key, clock.nowMillis());
  };

  /** The record's incarnation stays, even if it is missing: the tokens of its people are stored under it. */
  const incarnate = (consumer: Consumer, present: ConsumerRecord | undefined): Consumer => {
    const incarnation = present ? present.consumer.incarnation : createIncarnation();
    const { incarnation: _other, ...rest } = consumer;
    return incarnation === undefined ? rest : { ...rest, incarnation };
  };

  return {
    async findByKeyHash(keyHash) {
      const pointer = await store.follow(keyPointer(keyHash));
      const record = pointer && (await store.read(pointer.consumerId));
      const key = record?.keys.find(({ hash }) => hash === keyHash);
      if (!record || !key) return undefined;
      await noteUse(keyPointer(keyHash), pointer.lastUsedOn);
      return { consumer: record.consumer, keyId: key.id, expiresAtMillis: key.expiresAtMillis };
    },
    async findByOidcClient(client) {
      const name = oidcPointer(client);
      const pointer = await store.follow(name);
      const record = pointer && (await store.read(pointer.consumerId));
      const claimed = record?.consumer.oidc;
      return record && claimed && oidcPointer(claimed) === name ? { consumer: record.consumer } : undefined;
    },
    async save(consumer, keyHash) {
      await store.point(keyPointer(keyHash), consumer.id);
      for (let tries = 0; tries < mostTries; tries += 1) {
        const present = await store.read(consumer.id);
        const nowMillis = clock.nowMillis();
        const key = { id: createKeyId(), hash: keyHash, createdAtMillis: nowMillis };
        const replaced = present?.version ?? 0;
        const record: ConsumerRecord = {
          consumer: incarnate(consumer, present),
          keys: recordWithKey(present, key),
          version: replaced + 1,
          createdAtMillis: present?.createdAtMillis ?? nowMillis,
          changedAtMillis: nowMillis,
        };
        if (await store.write(record, replaced)) return;
      }
      throw new Error(`The record of ${consumer.id} keeps changing`);
    },
  };
};
