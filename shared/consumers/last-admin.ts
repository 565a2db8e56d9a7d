/** Somebody must be able to administer the consumers: the last one who can is not removed. */
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import { holdsScope } from './consumer.ts';
import { type ConsumerRecord, type ConsumerStore, isAlive } from './store.ts';

const pageSize = 100;

const canAdminister = ({ consumer, keys }: ConsumerRecord, nowMillis: number): boolean =>
  consumer.state === 'active' &&
  holdsScope(consumer, 'consumers', 'write') &&
  (consumer.oidc !== undefined || keys.some((key) => isAlive(key, nowMillis)));

const isThereAnother = async (store: ConsumerStore, id: string, nowMillis: number): Promise<boolean> => {
  for (let after: string | undefined; ; ) {
    const records = await store.page(after, pageSize);
    if (records.some((record) => record.consumer.id !== id && canAdminister(record, nowMillis))) return true;
    if (records.length < pageSize) return false;
    after = records.at(-1)?.consumer.id;
  }
};

/**
 * Two acts at the same moment that each leave the other's administrator are not told apart: then an operator with rights
 * in the account adds one again.
 * @param after the record as it shall be; undefined = removed.
 * @throws AppError LAST_ADMIN when nobody else can administer consumers and this one no longer could.
 */
export const ensureAdminRemains = async (
  store: ConsumerStore,
  clock: Clock,
  before: ConsumerRecord,
  after: ConsumerRecord | undefined,
): Promise<void> => {
  const nowMillis = clock.nowMillis();
  if (!canAdminister(before, nowMillis) || (after && canAdminister(after, nowMillis))) return;
  if (await isThereAnother(store, before.consumer.id, nowMillis)) return;
  throw new AppError('LAST_ADMIN', {
    detail: `${before.consumer.id} is the last active consumer with consumers:write and a way to identify itself. Give these to another consumer first.`,
  });
};
