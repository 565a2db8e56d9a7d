/** The message of a copy: its group, and by what a FIFO queue recognises it. */
import { describe, expect, it } from 'vitest';
import { toOutgoing } from '../../../shared/fan-out/outgoing.ts';
import { notificationOf, source, subscriptionOf } from '../../support/fan-out-world.ts';

const notification = notificationOf({ id: 'n1', entity: 'experiment:1' });
const fifo = subscriptionOf({ isFifo: true });
const standard = subscriptionOf();

describe('a message', () => {
  it('has the entity as its group and the id of the event as its name on a FIFO queue', () => {
    const message = toOutgoing({ notification, marks: { sequence: 1 } }, fifo, source);
    expect(message).toMatchObject({ group: 'experiment:1', deduplicationId: 'n1' });
  });

  it.each(['rep-1', 'red-1'])(
    'has another name in the replay or redrive %s, which the queue would drop otherwise',
    (copy) => {
      const message = toOutgoing({ notification, marks: { mark: 'replay' }, copy }, fifo, source);
      expect(message).toMatchObject({ group: 'experiment:1', deduplicationId: `n1/${copy}` });
    },
  );

  it('has the trace of what the tenant pushed, and none where the facade raised the event: another consumer may have asked for it', () => {
    const traceId = '1-65a1b2c3-0123456789abcdef01234567';
    const traceOf = (origin: 'push' | 'facade') =>
      toOutgoing({ notification: { ...notification, origin, traceId }, marks: { sequence: 1 } }, standard, source)
        .traceId;
    expect([traceOf('push'), traceOf('facade')]).toEqual([traceId, undefined]);
  });

  it('has an id of its own where it stands for an interval', () => {
    const marks = { mark: 'latest', id: 'n1-latest', coalescedCount: 3 } as const;
    const message = toOutgoing({ notification, marks }, fifo, source);
    expect(message).toMatchObject({ deduplicationId: 'n1-latest' });
    expect(JSON.parse(message.body)).toMatchObject({ id: 'n1-latest', coalescedcount: 3 });
  });

  it('has the entity as its group on a standard queue that was made, and no group on one of the consumer', () => {
    const copy = { notification, marks: {} };
    expect(toOutgoing(copy, standard, source)).toEqual({ body: expect.any(String), group: 'experiment:1' });
    const own = { queue: { ...standard.queue, isMade: false } };
    expect(toOutgoing(copy, own, source)).toEqual({ body: expect.any(String) });
  });
});
