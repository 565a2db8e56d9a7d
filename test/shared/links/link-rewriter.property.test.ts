import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLinkRewriter } from '../../../shared/links/link-rewriter.ts';
import { createUrlRewriter, type LinkTarget } from '../../../shared/links/url-rewriter.ts';
import { sized } from '../../support/test-size.ts';

const target: LinkTarget = {
  upstreamOrigin: 'https://snb.example.com',
  upstreamBasePath: '/api/rest/v1.0',
  facadeBase: 'https://facade.example.com/api/rest/v1.0',
};

const run = (text: string, cuts: readonly number[], to: LinkTarget = target): string => {
  const bytes = Buffer.from(text);
  const rewriter = createLinkRewriter(to);
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const parts = edges.slice(1).map((edge, index) => Buffer.from(rewriter.push(bytes.subarray(edges[index], edge))));
  return Buffer.concat([...parts, rewriter.end()]).toString();
};

const url = fc.oneof(
  fc.string({ unit: 'binary' }).map((rest) => `https://snb.example.com/api/rest/v1.0/${rest}`),
  fc.constantFrom(
    'https://snb.example.com/api/rest/v1.0',
    'http://snb.example.com/api/rest/v1.0?a=[b]',
    'https://snb.example.com/other',
  ),
);

const { document } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    url,
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  ),
  object: fc.dictionary(fc.oneof(fc.constantFrom('links', 'self', 'meta', 'data'), fc.string()), tie('document'), {
    maxKeys: 5,
    depthIdentifier: 'json',
  }),
  document: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('object'), fc.array(tie('document'), { maxLength: 4 })),
}));

/** What should come out, the slow way: parse, walk, rewrite. */
const reference = (value: unknown, inLinks: boolean): unknown => {
  if (typeof value === 'string') return inLinks ? (createUrlRewriter(target)(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((item) => reference(item, inLinks));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, reference(item, inLinks || key === 'links')]),
  );
};

const cuts = fc.array(fc.nat(5_000), { maxLength: 6 });

it('rewrites exactly the links of any document, however its bytes are cut', () => {
  fc.assert(
    fc.property(document, cuts, fc.constantFrom(undefined, 2), (value, where, indent) => {
      expect(run(JSON.stringify(value, null, indent), where)).toBe(
        JSON.stringify(reference(value, false), null, indent),
      );
    }),
    { numRuns: sized(5_000, 200) },
  );
});

it('changes no byte when the facade has the base of the upstream', () => {
  const same = { ...target, facadeBase: target.upstreamOrigin + target.upstreamBasePath };
  fc.assert(
    fc.property(document, cuts, (value, where) => {
      const text = JSON.stringify(value).replaceAll('http://', 'https://');
      expect(run(text, where, same)).toBe(text);
    }),
  );
});

it('passes any bytes that hold no link of the upstream, JSON or not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', 'links', 'a', '\u00e9', '\\u00'), {
        maxLength: 60,
      }),
      cuts,
      (tokens, where) => {
        expect(run(tokens.join(''), where)).toBe(tokens.join(''));
      },
    ),
    { numRuns: sized(5_000, 200) },
  );
});
