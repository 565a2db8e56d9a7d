import { describe, expect, it } from 'vitest';
import { createLinkRewriter } from '../../../shared/links/link-rewriter.ts';
import { createUrlRewriter } from '../../../shared/links/url-rewriter.ts';

const target = {
  upstreamOrigin: 'https://snb.example.com',
  upstreamBasePath: '/api/rest/v1.0',
  facadeBase: 'https://facade.example.com/prod/api/rest/v1.0',
};

const rewrite = (text: string): string => {
  const rewriter = createLinkRewriter(target);
  return Buffer.concat([rewriter.push(Buffer.from(text, 'latin1')), rewriter.end()]).toString('latin1');
};

describe('createUrlRewriter', () => {
  const rewriteUrl = createUrlRewriter(target);

  it.each([
    ['https://snb.example.com/api/rest/v1.0/entities/a', '/entities/a'],
    ['http://snb.example.com/api/rest/v1.0/entities/a', '/entities/a'],
    ['HTTPS://SNB.example.COM:443/api/rest/v1.0?x', '?x'],
    ['http://snb.example.com:80/api/rest/v1.0', ''],
    ['https://snb.example.com/api/rest/v1.0/x?page[offset]=0&q=a b', '/x?page[offset]=0&q=a b'],
    ['//snb.example.com/api/rest/v1.0/x?y', '/x?y'],
    ['//SNB.example.com:443/api/rest/v1.0', ''],
    ['https://snb.example.com/api/rest/v1.0/Reagents%20(SNB)/%2F', '/Reagents%20(SNB)/%2F'],
  ])('points %s at the facade and keeps the rest', (url, rest) => {
    expect(rewriteUrl(url)).toBe(target.facadeBase + rest);
  });

  it.each([
    'https://snb.example.com/elements/entity/experiment:e1',
    'https://snb.example.com/api/rest/v1.00/entities',
    'https://snb.example.com.evil.example/api/rest/v1.0/x',
    'https://evil.example/api/rest/v1.0/x',
    'https://snb.example.com:8443/api/rest/v1.0/x',
    'https://user@snb.example.com/api/rest/v1.0/x',
    '//evil.example/api/rest/v1.0/x',
    '//snb.example.com:80/api/rest/v1.0/x',
    '///snb.example.com/api/rest/v1.0/x',
    'ftp://snb.example.com/api/rest/v1.0/x',
    'see https://snb.example.com/api/rest/v1.0/x',
    '/api/rest/v1.0/x',
  ])('leaves %s alone', (url) => {
    expect(rewriteUrl(url)).toBeUndefined();
  });

  it('tells an upstream on a port of its own from others on the same host', () => {
    const local = createUrlRewriter({ ...target, upstreamOrigin: 'http://127.0.0.1:4010' });
    expect(local('http://127.0.0.1:4010/api/rest/v1.0/x')).toBe(`${target.facadeBase}/x`);
    expect(local('http://127.0.0.1:4011/api/rest/v1.0/x')).toBeUndefined();
  });
});

describe('createLinkRewriter', () => {
  it('rewrites strings under links members at any depth, also as objects', () => {
    const link = '"https://snb.example.com/api/rest/v1.0/e/1"';
    const rewritten = '"https://facade.example.com/prod/api/rest/v1.0/e/1"';
    const document = (value: string) =>
      `{"links":{"self":${value},"next":{"href":${value}}},"data":[{"meta":{"links":{"self":${value}}},"links":${value}}],"included":[{"links":[${value}]}]}`;
    expect(rewrite(document(link))).toBe(document(rewritten));
  });

  it('leaves the same text alone outside of links members', () => {
    const text =
      '{"data":{"attributes":{"name":"https://snb.example.com/api/rest/v1.0/e/1","linksx":{"a":"https://snb.example.com/api/rest/v1.0/e/1"}}},"x":["links","https://snb.example.com/api/rest/v1.0/e/1"]}';
    expect(rewrite(text)).toBe(text);
  });

  it('leaves names and values beside a links member alone', () => {
    const text =
      '{"a":"links","b":"https://snb.example.com/api/rest/v1.0","links":null,"c":"https://snb.example.com/api/rest/v1.0"}';
    expect(rewrite(text)).toBe(text);
  });

  it('never rewrites a key, even one under links that is a URL', () => {
    const text = '{"links":{"https://snb.example.com/api/rest/v1.0/x":1}}';
    expect(rewrite(text)).toBe(text);
  });

  it('reads escaped spellings of key and value', () => {
    expect(rewrite('{"l\\u0069nks":{"self":"https:\\/\\/snb.example.com\\/api\\/rest\\/v1.0\\/e\\/1\\u00e9"}}')).toBe(
      '{"l\\u0069nks":{"self":"https://facade.example.com/prod/api/rest/v1.0\\/e\\/1\\u00e9"}}',
    );
  });

  it('keeps key order, white space, number forms and bytes that are not UTF-8', () => {
    const text =
      '{ "b" : 1.0e+05,\n\t"a":\t-0 , "c":"\xff\xfe\x80", "links" : { "self" : "https://snb.example.com/api/rest/v1.0/\xff" } }';
    expect(rewrite(text)).toBe(text.replace('https://snb.example.com/api/rest/v1.0', target.facadeBase));
  });

  it.each([
    '',
    '{',
    '"',
    '{"links":{"self":"https://snb.example.com/api/rest/v1.0/x',
    ']]}}',
    '{"a":\\',
    'null',
    '<html>',
  ])('passes %j through without losing a byte', (text) => {
    expect(rewrite(text)).toBe(text);
  });

  it('passes on what nests deeper than any document does', () => {
    const text = `${'['.repeat(20_000)}{"links":{"self":"https://snb.example.com/api/rest/v1.0/x"}}`;
    const rewriter = createLinkRewriter(target);
    const parts = [text.slice(0, 15_000), text.slice(15_000)].map((part) => rewriter.push(Buffer.from(part)));
    expect(Buffer.concat([...parts, rewriter.end()]).toString()).toBe(text);
  });

  it('passes on a link longer than any link is', () => {
    const text = `{"links":{"self":"https://snb.example.com/api/rest/v1.0/${'x'.repeat(70_000)}"}}`;
    const rewriter = createLinkRewriter(target);
    const parts = [text.slice(0, 50), text.slice(50, 66_000), text.slice(66_000)].map((part) =>
      rewriter.push(Buffer.from(part)),
    );
    expect(Buffer.concat([...parts, rewriter.end()]).toString()).toBe(text);
  });
});
