import { describe, expect, it } from 'vitest';
import { type HookHeader, isFromTenant, withValue } from '../../../shared/notifications/hook-header.ts';
import { noon } from './builders.ts';

const set = (present: HookHeader | undefined, value: string, parts: { name?: string; endsOthers?: boolean } = {}) =>
  withValue(present, { name: 'X-Signals-Hook', value, nowMillis: noon, endsOthers: false, ...parts });
const isTaken = (header: HookHeader | undefined, value: string, name = 'x-signals-hook') =>
  isFromTenant(header, [[name, value]]);

describe('the header of a push', () => {
  it('is known by its value, and by no other', () => {
    const header = set(undefined, 'secret');
    expect(isTaken(header, 'secret')).toBe(true);
    for (const wrong of ['', 'secre', 'secret ', 'Secret', 'secretsecret', 'x'.repeat(100_000)])
      expect(isTaken(header, wrong)).toBe(false);
    expect(isTaken(header, 'secret', 'x-other')).toBe(false);
    expect(isFromTenant(header, [])).toBe(false);
  });

  it('is refused when it comes twice, whatever it says', () => {
    const header = set(undefined, 'secret');
    const both = [
      ['x-signals-hook', 'secret'],
      ['x-signals-hook', 'secret'],
    ] as const;
    expect(isFromTenant(header, both)).toBe(false);
  });

  it('opens nothing while none was set, not even to an empty name or value', () => {
    expect(isFromTenant(undefined, [])).toBe(false);
    expect(isFromTenant(undefined, [['', '']])).toBe(false);
    expect(isFromTenant({ name: 'x', values: [] }, [['x', '']])).toBe(false);
  });

  it('has two values at a time: a third ends the first', () => {
    const three = set(set(set(undefined, 'one'), 'two'), 'three');
    expect(['one', 'two', 'three'].map((value) => isTaken(three, value))).toEqual([false, true, true]);
  });

  it('counts the same value once, so that a repeated command ends nothing', () => {
    const repeated = set(set(set(undefined, 'one'), 'two'), 'two');
    expect(['one', 'two'].map((value) => isTaken(repeated, value))).toEqual([true, true]);
    expect(repeated.values).toHaveLength(2);
  });

  it('ends the others at once on demand, and with another name', () => {
    const ended = set(set(undefined, 'one'), 'two', { endsOthers: true });
    expect(['one', 'two'].map((value) => isTaken(ended, value))).toEqual([false, true]);
    const renamed = set(set(undefined, 'one'), 'two', { name: 'x-new' });
    expect([isTaken(renamed, 'two', 'x-new'), isTaken(renamed, 'one', 'x-new'), isTaken(renamed, 'one')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is kept as salted hashes: the values stand nowhere, and the same one is stored differently each time', () => {
    const [one, other] = [set(undefined, 'secret'), set(undefined, 'secret')];
    expect(Buffer.from(one.values[0]?.hash ?? []).equals(Buffer.from(other.values[0]?.hash ?? []))).toBe(false);
    expect(JSON.stringify(one)).not.toContain('secret');
  });
});
