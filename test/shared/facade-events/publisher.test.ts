import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryEventSink } from '../../../shared/facade-events/adapters/memory.ts';
import type { FacadeEvent } from '../../../shared/facade-events/facade-event.ts';
import { createPublisher, type EventSink } from '../../../shared/facade-events/publisher.ts';
import { disabledKey, factsOfEachType } from './builders.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const start = (sink: EventSink) => {
  const lost: [id: string, reason: string][] = [];
  const sent: string[] = [];
  let count = 0;
  const publisher = createPublisher({
    sink,
    source: '/signals-facade/dev',
    nowMillis: () => Date.now(),
    newId: () => {
      count += 1;
      return `id-${count}`;
    },
    onSent: ({ id }) => void sent.push(id),
    onLost: ({ id }, reason) => void lost.push([id, reason]),
  });
  return { publisher, lost, sent };
};

const never = (): Promise<never> => new Promise(() => {});
const idsOf = (events: readonly FacadeEvent[]): string[] => events.map(({ id }) => id);

describe('the events that are raised', () => {
  it('are sent, those that are raised together in one send, with the request that they happened in', async () => {
    const sends: (readonly FacadeEvent[])[] = [];
    const { publisher, lost } = start({
      send: async (events) => {
        sends.push(events);
        return [];
      },
    });
    publisher.during('request-7');
    for (let index = 0; index < 12; index += 1) publisher.raise(disabledKey(`k${index}`));
    await publisher.settle();
    expect(sends.map((events) => events.length)).toEqual([10, 2]);
    expect(new Set(sends.flat().map(({ requestid }) => requestid))).toEqual(new Set(['request-7']));
    expect(lost).toEqual([]);
  });

  it('are sent also when they are raised at the moment that the sending ends', async () => {
    const sink = createMemoryEventSink();
    const { publisher } = start(sink);
    publisher.raise(disabledKey('a'));
    for (let turn = 0; turn < 20; turn += 1) {
      await Promise.resolve();
      publisher.raise(disabledKey(`b${turn}`));
    }
    await publisher.settle();
    expect(sink.events).toHaveLength(21);
  });

  it('are lost one by one when the sink refuses some, and the rest is sent', async () => {
    const { publisher, lost, sent } = start({ send: async () => [{ id: 'id-2', reason: 'InternalError' }] });
    for (const key of ['a', 'b', 'c']) publisher.raise(disabledKey(key));
    await publisher.settle();
    expect([sent, lost]).toEqual([['id-1', 'id-3'], [['id-2', 'InternalError']]]);
  });

  it('are lost and harm nobody when the sink throws, at once or later', async () => {
    const sinks: EventSink[] = [
      { send: () => Promise.reject(new Error('AccessDenied')) },
      {
        send: () => {
          throw new Error('AccessDenied');
        },
      },
    ];
    for (const sink of sinks) {
      const { publisher, lost } = start(sink);
      expect(() => publisher.raise(disabledKey('a'))).not.toThrow();
      await publisher.settle();
      expect(lost).toEqual([['id-1', 'AccessDenied']]);
    }
  });

  it('are lost after 2 s when the sink hangs, and all that wait after 5 s', async () => {
    const { publisher, lost } = start({ send: never });
    for (let index = 0; index < 45; index += 1) publisher.raise(disabledKey(`k${index}`));
    const settled = publisher.settle();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(lost).toHaveLength(20);
    await vi.advanceTimersByTimeAsync(1);
    await settled;
    expect(lost).toHaveLength(35);
    // The send that is still under way ends by itself.
    await vi.advanceTimersByTimeAsync(2_000);
    expect(new Set(lost.map(([id]) => id)).size).toBe(45);
  });

  it('are at most 100 at a time, and none is lost unseen', async () => {
    const sink = createMemoryEventSink();
    const { publisher, lost } = start(sink);
    for (let index = 0; index < 250; index += 1) publisher.raise(disabledKey(`k${index}`));
    await publisher.settle();
    expect([sink.events.length, lost.length]).toEqual([100, 150]);
    expect(new Set([...idsOf(sink.events), ...lost.map(([id]) => id)]).size).toBe(250);
  });

  it('cost one send when the same is raised again and again, and are tried again when they were lost', async () => {
    const near = factsOfEachType.find(({ type }) => type === 'quota.near-limit') ?? expect.fail('no such type');
    const sink = createMemoryEventSink();
    let fails = true;
    const { publisher, lost } = start({
      send: (events) => (fails ? Promise.reject(new Error('down')) : sink.send(events)),
    });
    publisher.raise(near);
    await publisher.settle();
    fails = false;
    for (let index = 0; index < 1_000; index += 1) publisher.raise(near);
    await publisher.settle();
    expect([lost.length, sink.events.length]).toEqual([1, 1]);
  });

  it('let an instance that raised none go on at once', async () => {
    const { publisher } = start({ send: never });
    await expect(publisher.settle()).resolves.toBeUndefined();
  });
});
