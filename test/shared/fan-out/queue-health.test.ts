import { describe, expect, it } from 'vitest';
import { createQueueHealth } from '../../../shared/fan-out/queue-health.ts';

const unknown = { kind: 'unknown', reason: 'no answer' } as const;
const refused = { kind: 'refused', reason: 'poison' } as const;
const sent = { kind: 'sent', messageId: 'm' } as const;

const healthAt = () => {
  const clock = { now: 0, nowMillis: () => clock.now };
  return { clock, health: createQueueHealth(clock) };
};

describe('what is remembered of queues', () => {
  it('holds a queue after two failures in a row, and lets one attempt pass after each half minute', () => {
    const { clock, health } = healthAt();
    health.note('q', unknown, 2_500);
    expect(health.isHeld('q')).toBe(false);
    health.note('q', unknown, 2_500);
    expect([health.isHeld('q'), health.isHeld('other')]).toEqual([true, false]);
    clock.now = 30_000;
    expect([health.isHeld('q'), health.isHeld('q')]).toEqual([false, true]);
    health.note('q', sent, 20);
    expect(health.isHeld('q')).toBe(false);
  });

  it('holds a queue that is slow five times in a row', () => {
    const { health } = healthAt();
    for (let answers = 1; answers <= 5; answers += 1) {
      expect(health.isHeld('q')).toBe(false);
      health.note('q', sent, 1_500);
    }
    expect(health.isHeld('q')).toBe(true);
  });

  it('holds no queue for messages that are at fault, and forgets a failure when it works again', () => {
    const { health } = healthAt();
    for (let answers = 0; answers < 10; answers += 1) health.note('q', refused, 20);
    expect(health.isHeld('q')).toBe(false);
    for (const result of [unknown, sent, unknown]) health.note('q', result, 20);
    expect(health.isHeld('q')).toBe(false);
  });
});
