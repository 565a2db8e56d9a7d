/** The bytes that a stored document becomes are kept, for the base URL of the caller. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rewriteDocument } from '../../../shared/pipeline/answer-body.ts';

const targetOf = (facadeBase: string) => ({
  upstreamOrigin: 'https://snb.example.com',
  upstreamBasePath: '/api/rest/v1.0',
  facadeBase: `${facadeBase}/api/rest/v1.0`,
});
const documentOf = (id: string): Buffer =>
  Buffer.from(JSON.stringify({ links: { self: `https://snb.example.com/api/rest/v1.0/entities/${id}` } }));

const rewrite = async (body: Uint8Array, base: string, coding?: string, isChecked = true) =>
  (await rewriteDocument(body, coding, targetOf(base), isChecked)).body;

describe('a document that is served again', () => {
  it.each([
    [undefined, documentOf('e1')],
    ['gzip', gzipSync(documentOf('e1'))],
  ])('is not rewritten again (content coding: %s)', async (coding, body) => {
    const first = await rewrite(body, 'https://facade.example.com', coding);
    expect(first).not.toEqual(body);
    expect(await rewrite(body, 'https://facade.example.com', coding)).toBe(first);
  });

  it('has the links of each caller, whatever base URLs and codings came before', async () => {
    const bodies = ['e1', 'e2'].map(documentOf);
    const asked = fc.record({
      body: fc.constantFrom(...bodies),
      base: fc.constantFrom('https://a.example.com', 'https://b.example.com', 'https://b.example.com/prod'),
      // Not its coding: such a body passes unchanged.
      coding: fc.constantFrom(undefined, 'gzip'),
      isChecked: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 2 }), async (requests) => {
        for (const { body, base, coding, isChecked } of requests) {
          const alone = await rewrite(new Uint8Array(body), base, coding, isChecked);
          expect(Buffer.from((await rewrite(body, base, coding, isChecked)) as Uint8Array)).toEqual(
            Buffer.from(alone as Uint8Array),
          );
        }
      }),
    );
  });
});
