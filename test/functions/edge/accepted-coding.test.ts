import { describe, expect, it } from 'vitest';
import { acceptedCoding } from '../../../functions/edge/accepted-coding.ts';

describe('the accepted coding', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['zstd', undefined],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip;q=0.1', 'gzip'],
    ['br; q=0.5', 'br'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['*;q=0', undefined],
    ['gzip;q=nonsense', undefined],
  ])('of %j is %j', (header, coding) => {
    expect(acceptedCoding(header)).toBe(coding);
  });
});
