import { describe, expect, it } from 'vitest';
import { heapOptions } from '../../../local/gateway/lambda/heap-options.ts';

describe('limits of the heap of a function', () => {
  it('are those that Lambda sets for its memory', () => {
    expect(heapOptions(512, '--enable-source-maps')).toEqual(['--max-semi-space-size=25', '--max-old-space-size=461']);
  });

  it.each([
    '--max-old-space-size=256',
    '--max_old_space_size=256',
    '--max-semi-space-size=4',
    '--max_semi_space_size=4',
  ])('are left to NODE_OPTIONS with %s', (option) => {
    expect(heapOptions(512, `--enable-source-maps ${option}`)).toEqual([]);
  });
});
