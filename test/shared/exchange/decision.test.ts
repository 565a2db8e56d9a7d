import { describe, expect, it } from 'vitest';
import { type Decision, noteQuota, noteSend, toRecord } from '../../../shared/exchange/decision.ts';
import { answered, startMillis } from '../requests/support.ts';

const granted = { outcome: 'granted', priority: 'interactive', units: 1, waitedMillis: 100.4 } as const;

describe('notes of a decision', () => {
  it('add up over repeated calls, and keep the last outcome', () => {
    const decision: Decision = {};
    noteQuota(decision, granted);
    noteSend(decision, 503);
    noteQuota(decision, granted);
    noteSend(decision, undefined);
    noteQuota(decision, { outcome: 'refused', priority: 'interactive', units: 0, waitedMillis: 50 });
    expect(decision).toEqual({
      quota: { outcome: 'refused', priority: 'interactive', asked: 3, units: 2, waitedMillis: 250 },
      sends: [503, 0],
    });
  });
});

describe('toRecord', () => {
  it('is none while nobody knows whose request it is', () => {
    expect(toRecord({ ...answered({}), decision: { sends: [200] } })).toBeUndefined();
  });

  it('keeps the kind of the credential and not which one it is', () => {
    const record = toRecord(answered({ credential: 'bearer 8sdf-digest-of-a-token' }));
    expect(record?.credentialKind).toBe('bearer');
    expect(JSON.stringify(record)).not.toContain('digest-of-a-token');
  });

  it('keeps nothing that was noted for the log only', () => {
    const decision = { sends: [200], path: '/entities/experiment:secret-name' };
    expect(JSON.stringify(toRecord(answered(decision)))).not.toContain('secret-name');
  });

  it('is kept for 24 hours from the start', () => {
    expect(toRecord(answered({}))?.deleteAtSeconds).toBe(startMillis / 1_000 + 86_400);
  });
});
