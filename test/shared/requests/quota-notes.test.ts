import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../shared/exchange/decision.ts';
import { createQuotaNotes } from '../../../shared/requests/quota-notes.ts';

const lost = { kind: 'lost' } as const;
const notSent = { kind: 'not-sent' } as const;
const granted = { outcome: 'granted', priority: 'interactive', units: 1, waitedMillis: 100 } as const;
const refused = { outcome: 'refused', priority: 'interactive', units: 0, waitedMillis: 50 } as const;

const setUp = () => {
  const decision: Decision = {};
  return { notes: createQuotaNotes(), decision, send: { decision } };
};

describe('notes of the quota', () => {
  it('count the unit of each send that may have arrived', () => {
    const { notes, decision, send } = setUp();
    notes.asked(send, granted);
    notes.sent(send, lost);
    notes.asked(send, granted);
    notes.sent(send, lost);
    expect(decision.quota).toMatchObject({ asked: 2, units: 2, waitedMillis: 200 });
  });

  it('count no unit that was given back because nothing was sent', () => {
    const { notes, decision, send } = setUp();
    notes.asked(send, granted);
    notes.sent(send, notSent);
    expect(decision.quota).toMatchObject({ asked: 1, units: 0 });
    notes.asked(send, granted);
    notes.sent(send, lost);
    expect(decision.quota).toMatchObject({ asked: 2, units: 1 });
  });

  it('count no unit that came too late to be used, whether another one was granted or not', () => {
    const { notes, decision, send } = setUp();
    notes.asked(send, granted);
    notes.asked(send, granted);
    expect(decision.quota).toMatchObject({ asked: 2, units: 1 });
    notes.asked(send, refused);
    expect(decision.quota).toMatchObject({ outcome: 'refused', asked: 3, units: 0 });
  });

  it('belong to one send each, and need no decision', () => {
    const { notes, decision, send } = setUp();
    const other = { decision };
    notes.asked(send, granted);
    notes.asked(other, granted);
    notes.sent(send, notSent);
    notes.asked({}, granted);
    expect(decision.quota).toMatchObject({ asked: 2, units: 1 });
  });
});
