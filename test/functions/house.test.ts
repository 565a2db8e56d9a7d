import { describe, expect, it, vi } from 'vitest';
import { createHouse, type House } from '../../functions/house.ts';

describe('a part of a house', () => {
  it('is made when it is first used, once for each house, out of its environment', () => {
    const make = vi.fn(({ env }: House<{ readonly NAME: string }>) => ({ name: env.NAME }));
    const [one, other] = [createHouse({ NAME: 'one', MORE: 1 }), createHouse({ NAME: 'other' })];
    expect(make).not.toHaveBeenCalled();
    expect(one.part(make)).toBe(one.part(make));
    expect([one.part(make), other.part(make)]).toEqual([{ name: 'one' }, { name: 'other' }]);
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('is tried again after it could not be made', () => {
    const make = vi.fn(() => 'made');
    make.mockImplementationOnce(() => {
      throw new Error('not yet');
    });
    const house = createHouse({});
    expect(() => house.part(make)).toThrow('not yet');
    expect(house.part(make)).toBe('made');
  });
});
