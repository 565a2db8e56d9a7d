/** A mark beside the check, and beside edits: what is known of the sample afterwards. */
import { describe, expect, it } from 'vitest';
import { toDigests } from '../../../shared/registration/read-sample.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { createSampleWorld, isExpected, sampleId } from './world.ts';

const consumer = { id: 'app' };
const marking = { consumer, digest: 'c0', externalId: 'LIMS-1' };

/** More than the steps of a mark. */
const lives = Array.from({ length: 40 }, (_, life) => life);

describe('a mark', () => {
  it.each(nonEmpty(lives))(
    'that is killed after step %i, while the check runs before each step, is known to a later check',
    async (life) => {
      let isMarking = false;
      const world = createSampleWorld(async () => {
        if (!isMarking) return;
        isMarking = false;
        await world.createProcess().check.run();
        isMarking = true;
      });
      const { registrations, tenant } = world.createProcess(life);
      isMarking = true;
      await registrations.mark(tenant, sampleId, marking).catch((error: unknown) => {
        if (!isExpected(error)) throw error;
      });
      isMarking = false;
      world.pass(120_000);
      await world.createProcess().check.run();
      expect((await world.store.read(sampleId))?.external).toBe(world.current().external || undefined);
    },
  );

  it('of a sample that changes right after the write tells its consumer of the drift', async () => {
    const world = createSampleWorld();
    const { registrations, tenant } = world.createProcess();
    const editing: typeof tenant = {
      ...tenant,
      async ask(call) {
        const answer = await tenant.ask(call);
        if (call.method === 'PATCH') world.change({ self: 'c1' });
        return answer;
      },
    };
    await expect(registrations.mark(editing, sampleId, marking)).rejects.toMatchObject({ code: 'SAMPLE_CHANGED' });
    expect(world.events.map(({ data }) => data)).toMatchObject([
      { consumerId: 'app', externalId: 'LIMS-1', registeredDigest: 'c0', digest: 'c1' },
    ]);
    expect(await world.checks.suspicions(9)).toEqual([]);
  });
});

const propertiesOf = (self: string, external: string) => ({
  data: [
    { id: 'digests.self', attributes: { content: { value: self } } },
    { id: 'digests.external', attributes: { content: { value: external } } },
  ],
});

describe('the digests of a sample', () => {
  it.each([['a'.repeat(201)], ['a"b'], ['a\nb'], ['ä']])('are unreadable with %j as its own', (self) => {
    expect(() => toDigests(propertiesOf(self, ''))).toThrow(expect.objectContaining({ code: 'UPSTREAM_UNREADABLE' }));
  });

  it('never equal a registered text that was cut', () => {
    const self = 'a'.repeat(200);
    const { external } = toDigests(propertiesOf(self, `${self}b`));
    expect(external).toBe(`${self}…`);
    expect(toDigests(propertiesOf(self, self)).external).toBe(self);
  });

  it('have well-formed text, which a store gives back as it was', () => {
    const { external = '' } = toDigests(propertiesOf('a', `b\ud800`));
    expect(external.isWellFormed()).toBe(true);
  });
});
