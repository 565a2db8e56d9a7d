/** Protects the last consumer that can administer consumers from removal. */
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { holdsScope, isAlive } from './consumer.ts';
import type { ConsumerRecord, ConsumerStore } from './store.ts';

const pageSize = 100;

/** A key that expires sooner does not count as a way to administer. */
const lastingMillis = 24 * 60 * 60_000;

/**
 * How long it can administer: not at all, for a while, or without end.
 * @param issuers whose tokens the stage takes; undefined = any.
 */
const standingOf = (
  { consumer, keys }: ConsumerRecord,
  nowMillis: number,
  issuers: readonly string[] | undefined,
): 0 | 1 | 2 => {
  if (consumer.state !== 'active' || !holdsScope(consumer, 'consumers', 'write')) return 0;
  const { oidc } = consumer;
  if (oidc && (issuers?.includes(oidc.issuer) ?? true)) return 2;
  if (keys.some((key) => isAlive(key, nowMillis + lastingMillis))) return 2;
  return keys.some((key) => isAlive(key, nowMillis)) ? 1 : 0;
};

const isThereAnother = async (
  store: ConsumerStore,
  id: string,
  suffices: (record: ConsumerRecord) => boolean,
): Promise<boolean> => {
  for (let after: string | undefined; ; ) {
    const records = await store.page(after, pageSize);
    if (records.some((record) => record.consumer.id !== id && suffices(record))) return true;
    if (records.length < pageSize) return false;
    after = records.at(-1)?.consumer.id;
  }
};

/**
 * Two concurrent acts that each rely on the other administrator are not detected. An operator with rights in the
 * account then adds an administrator.
 * @param after the new record; undefined = removed.
 * @param issuers whose tokens the stage takes; undefined = any.
 * @throws AppError LAST_ADMIN if no other consumer can administer as long, and this one no longer could.
 */
export const ensureAdminRemains = async (
  store: ConsumerStore,
  clock: Clock,
  before: ConsumerRecord,
  after: ConsumerRecord | undefined,
  issuers?: readonly string[],
): Promise<void> => {
  const nowMillis = clock.nowMillis();
  const standing = standingOf(before, nowMillis, issuers);
  if (standing <= (after ? standingOf(after, nowMillis, issuers) : 0)) return;
  const suffices = (record: ConsumerRecord) => standingOf(record, nowMillis, issuers) >= standing;
  if (await isThereAnother(store, before.consumer.id, suffices)) return;
  throw new AppError('LAST_ADMIN', {
    detail: `${before.consumer.id} is the last active consumer with consumers:write and a way to identify itself for longer than a day. Give these to another consumer first.`,
  });
};
