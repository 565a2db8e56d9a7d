/** The consumers of a facade in memory. */
import { createMemoryConsumerStore } from '../../../shared/consumers/adapters/memory.ts';
import { adminGroups, hashKey } from '../../../shared/consumers/consumer.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import { createConsumerRegistry } from '../../../shared/consumers/registry.ts';
import { createBreakable } from './breakable.ts';

/** Consumers `admin`, which holds every scope, `app` and `nobody`, which holds none; each has its id as key. */
export const createConsumers = async (clock: { nowMillis(): number }) => {
  const { store, breakIt: breakConsumers } = createBreakable(createMemoryConsumerStore());
  const registry = createConsumerRegistry(store, { clock });
  const all = ['*:*', ...adminGroups.map((group) => `${group}:*`)];
  await registry.save({ id: 'admin', scopes: all, state: 'active', actsAs: ['service', 'user'] }, hashKey('admin'));
  await registry.save({ id: 'app', scopes: ['entities:*'], state: 'active' }, hashKey('app'));
  await registry.save({ id: 'nobody', scopes: [], state: 'active' }, hashKey('nobody'));
  return { store, breakConsumers, identifier: createIdentifier(registry, clock) };
};
