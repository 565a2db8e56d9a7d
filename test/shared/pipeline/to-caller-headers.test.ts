import { describe, expect, it } from 'vitest';
import { toCallerHeaders } from '../../../shared/pipeline/to-caller.ts';

const upstreamOrigin = 'https://snb.example.com';
const upstreamBasePath = '/api/rest/v1.0';
const facadeBase = 'https://facade.example.com/prod/api/rest/v1.0';
const own = `${upstreamOrigin}${upstreamBasePath}`;

const forCaller = (name: string, value: string): string | undefined => {
  const target = { upstreamOrigin, upstreamBasePath, facadeBase };
  return toCallerHeaders([[name, value]], target, `${own}/entities/e1`)[0]?.[1];
};

describe('the links of a Link field', () => {
  it.each([
    [
      'one that leads into the web pages of the upstream',
      `<${own}/a>; rel="next", <${upstreamOrigin}/elements/e1>; rel="alternate", <${own}/b?x=1,2>; rel="prev"`,
      `<${facadeBase}/a>; rel="next", <${facadeBase}/b?x=1,2>; rel="prev"`,
    ],
    [
      'one that leads out of the base path',
      `<${own}/../../x>; rel="a",<${own}/a>; rel="next"`,
      `<${facadeBase}/a>; rel="next"`,
    ],
    [
      'one with an anchor that has no place',
      `<${own}/a>; rel="x"; anchor="${upstreamOrigin}/elements/e1", <${own}/b>`,
      `<${facadeBase}/b>`,
    ],
    ['the last one', `<${own}/a>, <${upstreamOrigin}/elements/e1>`, `<${facadeBase}/a>`],
    ['the only one', `<${upstreamOrigin}/elements/e1>`, undefined],
  ])('lose %s, and no other', (_name, field, expected) => {
    expect(forCaller('link', field)).toBe(expected);
  });

  it.each([
    ['another host', '<https://files.example.net/x,y>; rel="a"; title="b, <c>"', undefined],
    ['a title that looks like a link', `<${own}/a>; title="<x>, y"; rel="n"`, undefined],
    ['an anchor', `<${own}/a>; anchor="${own}/b"`, `<${facadeBase}/a>; anchor="${facadeBase}/b"`],
    ['a relative URL', '</api/rest/v1.0/x>; rel="a"', `<${facadeBase}/x>; rel="a"`],
    ['no scheme', '<//snb.example.com/api/rest/v1.0/x>; rel="a"', `<${facadeBase}/x>; rel="a"`],
    ['no brackets', 'garbage', undefined],
    ['a bracket that is left open', '<https://a.example', undefined],
  ])('keep their form with %s', (_name, field, expected) => {
    expect(forCaller('link', field)).toBe(expected ?? field.replace(`<${own}`, `<${facadeBase}`));
  });
});

describe('a Location', () => {
  it.each([
    ['without its scheme', '//snb.example.com/api/rest/v1.0/x?y', `${facadeBase}/x?y`],
    ['of another host without its scheme', '//files.example.net/x', '//files.example.net/x'],
    ['of the web pages, without its scheme', '//snb.example.com/elements/e1', undefined],
    ['with bytes above 7F', `${own}/caf\u00e9`, `${facadeBase}/caf\u00e9`],
    ['with UTF-8, relative', '/api/rest/v1.0/caf\u00c3\u00a9', `${facadeBase}/caf%C3%A9`],
  ])('%s is kept, rewritten or left out', (_name, value, expected) => {
    expect(forCaller('location', value)).toBe(expected);
  });
});

it('passes bytes above 7F of any other field as they are', () => {
  expect(forCaller('content-disposition', 'attachment; filename="caf\u00e9\u00c3\u00a9\u00ff"')).toBe(
    'attachment; filename="caf\u00e9\u00c3\u00a9\u00ff"',
  );
});
