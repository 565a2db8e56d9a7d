/** Events with the document of their entity. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { faultsOf } from '../../support/fan-out-promise.ts';
import { createWorld, notificationOf, startMillis, subscriptionOf, type World } from '../../support/fan-out-world.ts';
import { createLife } from '../../support/mortal.ts';
import { entityText } from '../../support/simulated-enrichment.ts';
import { sized } from '../../support/test-size.ts';

const [second, minute] = [1_000, 60_000];
const entity = 'experiment:1';
const at = (id: string, seconds: number, facts = {}) =>
  notificationOf({ id, createdAtMillis: startMillis + seconds * second, ...facts });

const worldOf = async (...subscriptions: readonly Subscription[]): Promise<World> => {
  const world = createWorld();
  world.enrichments.mayShow.add('app');
  for (const one of subscriptions) await world.store.write(one);
  return world;
};
const enriched = (facts = {}) => subscriptionOf({ isEnriched: true, ...facts });
const receivedBy = ({ queues }: World, { queue }: Subscription) => queues.receivedBy(queue.arn);

describe('an enriched subscription', () => {
  it('gets the document of the entity as a related resource, and its digest', async () => {
    const one = enriched();
    const world = await worldOf(one);
    await world.push(at('n1', 1));
    await world.run(second);
    expect(receivedBy(world, one)).toMatchObject([
      {
        ...{ id: 'n1', enrichment: 'included', entitydigest: '7', entitysequence: '00000000000000000001' },
        data: { data: { id: 'n1' }, included: [{ type: 'entity', id: entity, attributes: { digest: '7' } }] },
      },
    ]);
    expect((await world.ledger.read('n1'))?.dispatched?.deliveries).toMatchObject([{ outcome: 'sent' }]);
  });

  it('shares one read with the other enriched ones, and each gets what its consumer may see', async () => {
    const [app, other] = [enriched(), enriched({ consumerId: 'other' })];
    const world = await worldOf(app, other);
    await world.push(at('n1', 1));
    await world.run(second);
    expect(world.enrichments.tenant.reads).toEqual([entity]);
    expect(receivedBy(world, app)).toMatchObject([{ enrichment: 'included' }]);
    expect(receivedBy(world, other)).toMatchObject([{ enrichment: 'no-right', entitydigest: '7' }]);
    expect(receivedBy(world, other)[0]?.data).toEqual({ data: { id: 'n1' } });
  });

  it('gets the digest only of a document above 256 KiB', async () => {
    const one = enriched();
    const world = await worldOf(one);
    const text = (bytes: number) =>
      entityText(entity, { name: 'x'.repeat(bytes - entityText(entity, { name: '' }).length) });
    world.enrichments.tenant.show = () => ({ status: 200, text: text(262_144) });
    await world.push(at('n1', 1));
    await world.run(second);
    world.enrichments.tenant.show = () => ({ status: 200, text: text(262_145) });
    await world.push(at('n2', 2));
    await world.run(second);
    expect(receivedBy(world, one).map(({ enrichment, entitydigest }) => [enrichment, entitydigest])).toEqual([
      ['included', '7'],
      ['too-large', '7'],
    ]);
  });

  it('gets no document that would make the message longer than SQS, or its queue, takes', async () => {
    const [one, small] = [enriched(), enriched({ isFifo: true })];
    const world = await worldOf(one, small);
    world.enrichments.tenant.show = () => ({ status: 200, text: entityText(entity, { name: 'x'.repeat(200_000) }) });
    world.queues.behave(small.queue.arn, ({ body }) => (body.length > 100_000 ? 'refuse' : 'take'));
    await world.push(at('n1', 1));
    await world.run(second);
    const document = { data: { id: 'n2', text: 'x'.repeat(900_000) } };
    await world.push(at('n2', 2, { document, entity: 'experiment:2' }));
    await world.run(second);
    expect(receivedBy(world, one).map(({ enrichment }) => enrichment)).toEqual(['included', 'too-large']);
    expect(receivedBy(world, small).map(({ enrichment }) => enrichment)).toEqual(['too-large']);
  });

  it('waits while the tenant fails, delays nobody else meanwhile, and keeps its order', async () => {
    const [one, plain] = [enriched({ isFifo: true }), subscriptionOf({ isFifo: true })];
    const world = await worldOf(one, plain);
    world.enrichments.tenant.show = (asked) =>
      world.clock.now < startMillis + 5 * minute
        ? new AppError('UPSTREAM_UNREACHABLE', {})
        : { status: 200, text: entityText(asked) };
    for (const [index, id] of ['n1', 'n2', 'n3'].entries()) {
      await world.push(at(id, index));
      await world.run(second);
    }
    expect(receivedBy(world, plain).map(({ atMillis }) => atMillis - startMillis)).toEqual([0, second, 2 * second]);
    expect(receivedBy(world, one)).toEqual([]);
    await world.run(7 * minute);
    expect(receivedBy(world, one).map(({ id, enrichment }) => [id, enrichment])).toEqual(
      ['n1', 'n2', 'n3'].map((id) => [id, 'included']),
    );
  });

  it('has no work repeated at once while many events of one entity wait for the tenant', async () => {
    const one = enriched();
    const world = await worldOf(one);
    world.enrichments.tenant.show = (asked) =>
      world.clock.now < startMillis + 5 * minute ? { status: 503, text: '' } : { status: 200, text: entityText(asked) };
    const ids = Array.from({ length: 25 }, (_, index) => `n${index}`);
    for (const [index, id] of ids.entries()) await world.push(at(id, index));
    await world.run(7 * minute);
    const got = receivedBy(world, one).map(({ id, enrichment }) => [id, enrichment]);
    expect(got.toSorted()).toEqual(ids.map((id) => [id, 'included']).toSorted());
  });

  it('has its document asked for once more every two minutes, however many events wait for it', async () => {
    const readsWith = async (events: number): Promise<number> => {
      const world = await worldOf(enriched());
      world.enrichments.tenant.show = () => new AppError('UPSTREAM_UNREACHABLE', {});
      for (let index = 0; index < events; index += 1) await world.push(at(`n${index}`, 1));
      await world.run(9 * minute);
      return world.enrichments.tenant.reads.length;
    };
    const [one, ten] = [await readsWith(1), await readsWith(10)];
    expect(one).toBeGreaterThan(20);
    expect(ten).toBeLessThan(5 * one);
  });

  it('gets the event without the document in the end, and is told so', async () => {
    const one = enriched();
    const world = await worldOf(one);
    world.enrichments.tenant.show = () => ({ status: 503, text: '' });
    await world.push(at('n1', 1));
    await world.run(9 * minute);
    expect(receivedBy(world, one)).toEqual([]);
    expect(world.enrichments.tenant.reads.length).toBeGreaterThan(5);
    await world.run(6 * minute);
    expect(receivedBy(world, one)).toMatchObject([{ id: 'n1', enrichment: 'failed', data: { data: { id: 'n1' } } }]);
    expect(receivedBy(world, one)[0]?.entitydigest).toBeUndefined();
  });

  it('is told that the tenant does not show the entity, without a wait', async () => {
    const one = enriched();
    const world = await worldOf(one);
    world.enrichments.tenant.show = () => ({ status: 404, text: '{}' });
    await world.push(at('n1', 1));
    await world.run(second);
    expect(receivedBy(world, one)).toMatchObject([{ id: 'n1', enrichment: 'not-shown' }]);
  });

  it.each([
    ['cannot be read', {}, 'included', 10],
    ['is larger than the facade reads', { isTooLarge: true }, 'too-large', 0],
  ])('waits for another answer unless the one that %s stays so', async (_name, facts, enrichment, seconds) => {
    const one = enriched();
    const world = await worldOf(one);
    world.enrichments.tenant.show = (asked) =>
      world.clock.now < startMillis + 5 * second
        ? new AppError('UPSTREAM_UNREADABLE', facts)
        : { status: 200, text: entityText(asked) };
    await world.push(at('n1', 1));
    await world.run(minute);
    expect(receivedBy(world, one)).toMatchObject([{ id: 'n1', enrichment }]);
    expect((receivedBy(world, one)[0]?.atMillis ?? 0) - startMillis).toBeLessThanOrEqual(seconds * second);
  });

  it('gets a document that is no older than the event', async () => {
    const one = enriched();
    const world = await worldOf(one);
    let digest = 1;
    world.enrichments.tenant.show = (asked) => ({ status: 200, text: entityText(asked, { digest: String(digest) }) });
    await world.push(at('n1', 1));
    await world.run(second);
    digest = 2;
    await world.push(at('n2', 2));
    await world.run(second);
    expect(receivedBy(world, one).map(({ entitydigest }) => entitydigest)).toEqual(['1', '2']);
  });

  it('gets a document of the last hour when its queue has failed for hours', async () => {
    const one = enriched();
    const world = await worldOf(one);
    world.enrichments.tenant.show = (asked) => {
      const hours = Math.floor((world.clock.now - startMillis) / (60 * minute));
      return { status: 200, text: entityText(asked, { digest: `${hours}` }) };
    };
    world.queues.behave(one.queue.arn, () => (world.clock.now < startMillis + 200 * minute ? 'fail' : 'take'));
    await world.push(at('n1', 1));
    await world.run(240 * minute);
    const [event] = receivedBy(world, one);
    const hoursBefore = ((event?.atMillis ?? 0) - startMillis) / (60 * minute) - Number(event?.entitydigest);
    expect(event?.enrichment).toBe('included');
    expect(hoursBefore).toBeLessThan(2);
  });

  it.each([
    ['refuses the messages', 'refuse', ['7', '7']],
    // Both are given up while the queue is known to fail, before their document is looked at.
    ['fails for days', 'fail', [undefined, undefined]],
  ] as const)(
    'finds dead letters without documents, and marked so, when its queue %s',
    async (_name, behaviour, digests) => {
      const one = enriched();
      const world = await worldOf(one);
      world.queues.behave(one.queue.arn, behaviour);
      for (const id of ['n1', 'n2']) await world.push(at(id, 1));
      await world.run(30 * 60 * minute);
      const letters = world.queues.receivedBy(one.queue.deadLettersArn);
      const shown = letters.map(({ id, enrichment, data }) => ({ id, enrichment, data }));
      expect(shown.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
        ['n1', 'n2'].map((id) => ({ id, enrichment: 'not-read', data: { data: { id } } })),
      );
      expect(letters.map(({ entitydigest }) => entitydigest)).toEqual(digests);
    },
  );

  it('finds dead letters of a replay marked so too', async () => {
    const one = enriched();
    const world = await worldOf(one);
    await world.push(at('n1', 1));
    await world.run(second);
    world.queues.behave(one.queue.arn, 'refuse');
    const range = { fromMillis: startMillis, untilMillis: world.clock.now, isDryRun: false };
    await world.replayer().start({ kind: 'replay', ...range }, one);
    await world.run(minute);
    expect(world.queues.receivedBy(one.queue.deadLettersArn)).toMatchObject([{ id: 'n1', enrichment: 'not-read' }]);
  });

  it('gets the latest event of an interval with the document, and replays without', async () => {
    const one = enriched({ latestOnlySeconds: 60 });
    const world = await worldOf(one);
    for (const [index, id] of ['n1', 'n2'].entries()) await world.push(at(id, index));
    await world.run(3 * minute);
    expect(receivedBy(world, one)).toMatchObject([{ delivery: 'latest', coalescedcount: 2, enrichment: 'included' }]);
    const range = { fromMillis: startMillis, untilMillis: world.clock.now, isDryRun: false };
    await world.replayer().start({ kind: 'replay', ...range }, one);
    await world.run(minute);
    expect(
      receivedBy(world, one)
        .slice(1)
        .map(({ delivery, enrichment }) => [delivery, enrichment]),
    ).toEqual(['n1', 'n2'].map(() => ['replay', 'not-read']));
  });

  it('gets events of the facade as they are: they have no entity in the tenant', async () => {
    const one = enriched();
    const world = await worldOf(one);
    await world.push(at('n1', 1, { origin: 'facade', type: 'export.completed', document: { consumerId: 'app' } }));
    await world.run(second);
    const [event] = receivedBy(world, one);
    expect(event).toMatchObject({ id: 'n1', data: { consumerId: 'app' } });
    expect(event?.enrichment).toBeUndefined();
    expect(world.enrichments.tenant.reads).toEqual([]);
  });

  it('loses nothing, and on FIFO repeats and reorders nothing, wherever functions are killed', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }), async (kills) => {
        const subscriptions = [enriched({ isFifo: true }), enriched(), subscriptionOf({ isFifo: true })];
        const world = await worldOf(...subscriptions);
        const events = Array.from({ length: 4 }, (_, index) =>
          at(`n${index}`, index, { entity: `experiment:${index % 2}` }),
        );
        const left = [...kills];
        for (const event of events) await world.push(event);
        await world.run(40 * minute, () => createLife(left.shift()));
        expect(await faultsOf(world, subscriptions, events)).toEqual([]);
      }),
      { numRuns: sized(200) },
    ));
});
