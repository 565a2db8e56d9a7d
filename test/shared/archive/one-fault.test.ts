/** The sweep and the seal of the archive go on although one order or one manifest has a fault. */
import { describe, expect, it } from 'vitest';
import { sweepArchive } from '../../../shared/archive/sweep.ts';
import { archive, seal } from './archiving.ts';
import { createArchiveWorld } from './world.ts';

describe('one fault does not keep others from their work:', () => {
  const refuse = (message: string) => async (): Promise<never> => {
    throw new Error(message);
  };

  it('an order whose execution cannot be asked, or that cannot be read, leaves the other orders to the sweep', async () => {
    const world = createArchiveWorld();
    const { statusOf } = world.engine;
    for (const cause of ['n1', 'n2', 'n3']) await world.take(cause);
    const [asked, ended, unread] = (await world.store.listOpen()).names;
    const { readOrder } = world.store;
    for (const execution of world.executions.values()) execution.status = 'timed-out';
    const isOf = (arn: string, name: string | undefined) => world.executions.get(arn)?.archive === name;
    Object.assign(world.engine, {
      statusOf: async (arn: string) => (isOf(arn, asked) ? refuse('throttled')() : statusOf(arn)),
    });
    Object.assign(world.store, {
      readOrder: async (name: string) => (name === unread ? refuse('not an order')() : readOrder(name)),
    });
    await expect(world.orders.sweep()).rejects.toThrow(/2 open orders cannot be read or mended: Error: throttled/);
    expect([await readOrder(asked ?? ''), await readOrder(ended ?? '')]).toMatchObject([{ round: 1 }, { round: 2 }]);
  });

  it('a manifest that cannot be written leaves those before it to be sealed', async () => {
    const world = createArchiveWorld();
    const { putOnce } = world.bucket;
    await archive(world, 'n1');
    world.tenant.digest = '2';
    await archive(world, 'n2');
    Object.assign(world.store, { readPublished: async () => undefined });
    Object.assign(world.bucket, {
      putOnce: async (...args: Parameters<typeof putOnce>) =>
        args[0].includes('manifest-000000000002') ? refuse('refused')() : putOnce(...args),
    });
    await expect(seal(world)).rejects.toThrow('refused');
    expect(await world.store.readSeal()).toMatchObject({ number: 1 });
  });

  it('the chain is sealed although the orders have a fault, which is told', async () => {
    const sealed: object[] = [];
    const step = <T>(_name: string, work: () => Promise<T>) => work();
    const onSealed = (one: object) => void sealed.push(one);
    const fine = async () => ({});
    const whole = { orders: fine, backfills: fine, seal: async () => ({ number: 1 }), onSealed };
    await expect(sweepArchive(step, { ...whole, orders: refuse('orders') })).rejects.toThrow('orders');
    await expect(sweepArchive(step, { ...whole, backfills: refuse('backfills') })).rejects.toThrow('backfills');
    expect(sealed).toEqual([{ number: 1 }, { number: 1 }]);
    await expect(sweepArchive(step, { ...whole, seal: refuse('seal') })).rejects.toThrow('seal');
  });
});
