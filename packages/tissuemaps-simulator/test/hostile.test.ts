/** Whatever comes, no handler throws an error that nobody foresaw: those are printed. */
import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { sized } from '../../../test/support/test-size.ts';
import { operations } from '../src/operations.ts';
import { known, samples } from './conformance/samples.ts';
import { facts } from './conformance/target.ts';

type Operation = (typeof operations)[number];

const texts = fc.oneof(
  fc.constantFrom(
    'constructor',
    '__proto__',
    '',
    ' ',
    'plate01',
    'A01',
    '0',
    '-1',
    '1e9',
    '999999999999999',
    'MQ==',
    '"',
  ),
  fc.string({ maxLength: 9, unit: 'grapheme' }),
);

const pathArbitrary = ({ path }: Operation): fc.Arbitrary<string> => {
  const parts = path.split('/').map((part) => {
    if (!part.startsWith('{')) return fc.constant(part);
    const id = known[part.slice(1, -1)] ?? '1';
    return fc.oneof({ weight: 5, arbitrary: fc.constant(id) }, { weight: 1, arbitrary: texts }).map(encodeURIComponent);
  });
  return fc.tuple(...parts).map((given) => given.join('/'));
};

/** The query of the sample, with some parameters replaced. */
const queryArbitrary = ({ key }: Operation): fc.Arbitrary<string> => {
  const names = [...new URLSearchParams(samples[key].query ?? '').keys(), 'name', 'depth', 'index', 'align', 'correct'];
  return fc.dictionary(fc.constantFrom(...names), texts, { maxKeys: 3 }).map((changes) => {
    const query = new URLSearchParams(samples[key].query ?? '');
    for (const [name, value] of Object.entries(changes)) query.set(name, value);
    return query.toString();
  });
};

/** The body of the sample, with some members replaced. */
const bodyArbitrary = ({ key }: Operation): fc.Arbitrary<unknown> => {
  const body = samples[key].body ?? {};
  const names = [...Object.keys(body), 'description', 'index', 'stage_name'];
  const changed = fc
    .dictionary(fc.constantFrom(...names), fc.oneof(texts, fc.jsonValue({ maxDepth: 3 })), { maxKeys: 2 })
    .map((changes) => ({ ...body, ...changes }));
  return fc.oneof({ weight: 4, arbitrary: changed }, { weight: 1, arbitrary: fc.jsonValue() });
};

const kept = operations.filter(({ method, path }) => method !== 'DELETE' && !path.endsWith('/microscope-file'));

facts('every operation', (fixture) => {
  it.each(kept)('$key answers, whatever comes', async (operation) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const request = fc.tuple(pathArbitrary(operation), queryArbitrary(operation), bodyArbitrary(operation));
    await fc.assert(
      fc.asyncProperty(request, async ([path, query, body]) => {
        const hasBody = operation.method !== 'GET';
        const answer = await fixture.target.send(operation.method, `${path}?${query}`, hasBody ? { body } : {});
        expect([answer.status, printed.mock.calls]).toEqual([expect.any(Number), []]);
      }),
      { numRuns: sized(60, 2) },
    );
    await fixture.target.wait(5);
    expect((await fixture.target.get('/api/tools')).status).toBe(200);
  });
});
