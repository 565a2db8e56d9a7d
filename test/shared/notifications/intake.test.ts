import { describe, expect, it } from 'vitest';
import { createMemoryIngress } from '../../../shared/notifications/adapters/memory-ingress.ts';
import { createMemoryLedger } from '../../../shared/notifications/adapters/memory-ledger.ts';
import type { Ingress } from '../../../shared/notifications/ingress.ts';
import { createIntake } from '../../../shared/notifications/intake.ts';
import type { Ledger } from '../../../shared/notifications/ledger.ts';
import { aNotification, bytesOf, dayMillis, guideDocument, noon } from './builders.ts';

const createScene = (broken: { ledger?: Partial<Ledger>; ingress?: Ingress } = {}) => {
  const clock = { nowMillis: () => noon };
  const kept = createMemoryLedger(clock);
  const ingress = createMemoryIngress(clock);
  let writers = 0;
  const newWriter = () => `writer-${++writers}`;
  const intake = createIntake({
    ledger: { ...kept, ...broken.ledger },
    ingress: broken.ingress ?? ingress,
    clock,
    newWriter,
  });
  const list = async () =>
    (await kept.list({ fromMillis: 0, untilMillis: noon + dayMillis, order: 'oldest-first', limit: 100 })).entries;
  return { intake, kept, ingress, list, sound: createIntake({ ledger: kept, ingress, clock, newWriter }) };
};

const work = { kind: 'notification', id: '77', entity: 'experiment:e1' };
const fail = () => Promise.reject(new Error('no answer'));

describe('taking a push in', () => {
  it('keeps it, then queues it', async () => {
    const { intake, ingress, list } = createScene();
    const outcome = await intake.takePush(bytesOf(guideDocument()));
    expect(outcome).toEqual({ taken: 'new', notification: aNotification() });
    expect((await list()).map(({ notification }) => notification)).toEqual([aNotification()]);
    expect(ingress.works).toEqual([work]);
  });

  it('queues a copy again while the first was not dispatched, and never after', async () => {
    const { intake, kept, ingress } = createScene();
    await intake.take(aNotification());
    expect(await intake.take(aNotification())).toBe('queued-again');
    expect(await intake.takeExpectingKnown(aNotification())).toBe('queued-again');
    // The first one, and one for all copies of a minute.
    expect(ingress.works).toEqual([work, work]);
    await kept.writeDispatched('77', { sequence: 1, isLate: false, deliveries: [] });
    expect([await intake.take(aNotification()), await intake.takeExpectingKnown(aNotification())]).toEqual([
      'known',
      'known',
    ]);
    expect(ingress.works).toHaveLength(2);
  });

  it('counts what a pull has found as received when it is kept, not when it was listed', async () => {
    const { intake, kept } = createScene();
    await intake.takeExpectingKnown(aNotification({ origin: 'pull', receivedAtMillis: noon - 200_000 }));
    expect((await kept.read('77'))?.notification.receivedAtMillis).toBe(noon);
  });

  it('loses nothing to a crash between the ledger and the queue: the next copy is queued', async () => {
    const { intake, sound, ingress, list } = createScene({ ingress: { add: fail } });
    await expect(intake.take(aNotification())).rejects.toThrow('no answer');
    expect([(await list()).length, ingress.works.length]).toEqual([1, 0]);
    expect(await sound.take(aNotification())).toBe('queued-again');
    expect(ingress.works).toEqual([work]);
  });

  it('queues nothing that is not known to be kept', async () => {
    const { intake, ingress } = createScene({ ledger: { keep: fail } });
    await expect(intake.take(aNotification())).rejects.toThrow('no answer');
    expect(ingress.works).toEqual([]);
  });

  it('keeps what is no notification, and fails where it cannot', async () => {
    const { intake, kept, ingress } = createScene();
    const taken = await intake.takePush(Buffer.from('{"data":'));
    const { entries } = await kept.listMalformed({
      ...{ fromMillis: 0, untilMillis: noon + 1, order: 'oldest-first', limit: 10 },
    });
    expect(entries.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['{"data":']);
    expect(taken).toEqual({ reason: 'it is no JSON', id: entries[0]?.id });
    expect(ingress.works).toEqual([]);
    const broken = createScene({ ledger: { keepMalformed: fail } });
    await expect(broken.intake.takePush(Buffer.from('{"data":'))).rejects.toThrow('no answer');
  });

  it('takes many copies at once in once', async () => {
    const { intake, list } = createScene();
    const taken = await Promise.all(Array.from({ length: 20 }, () => intake.takePush(bytesOf(guideDocument()))));
    expect(taken.filter((one) => 'taken' in one && one.taken === 'new')).toHaveLength(1);
    expect(await list()).toHaveLength(1);
  });
});
