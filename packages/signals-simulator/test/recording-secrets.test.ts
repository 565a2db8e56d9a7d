/** No secret reaches a recording: neither the tenant's key in odd spellings nor what other systems put into addresses and members. */
import { describe, expect, it } from 'vitest';
import { parseRecording } from '../src/recording/recording.ts';
import { redactAll } from '../src/recording/redact.ts';
import { base, bodyOf, document, html, key, raw, textOf } from './raw-exchange.ts';

const secret = 'OPEN-SESAME';

describe('the member `type`', () => {
  it('holds no key and no host of the tenant, and stays otherwise', () => {
    const { host } = new URL(base);
    expect(textOf(document({ type: host }))).not.toContain(host);
    expect(bodyOf({ type: 'experiment' })).toEqual({ type: 'experiment' });
    const hidden = { base, key: 'realkey-1234' };
    expect(JSON.stringify(redactAll([document({ type: `a.${hidden.key}` })], hidden))).not.toContain(hidden.key);
  });
});

describe('secrets in addresses', () => {
  it.each([
    ...'X-Goog-Signature X-Goog-Credential AWSAccessKeyId sessionToken api_token filter[token] filter%5Btoken%5D sig x-amz-signature'
      .split(' ')
      .map((name) => `https://files.example.org/1?a=1&${name}=${secret}&b=2`),
    `https://files.example.org/1;jsessionid=${secret}?b=2`,
    `https://files.example.org/1?token=x;${secret}&b=2`,
    `https://files.example.org/1?token=${secret};b=2`,
    `https://files.example.org/1?a=1\\u0026token=${secret}\\u0026b=2`,
    `https://mara:${secret}@files/1?b=2`,
    `https:\\/\\/mara:p@${secret}!@files/1?b=2`,
    `eyJhbGciOiJIUzI1NiJ9.eyJ${secret.replace('-', '_')}.${secret}`,
  ])('are masked in %s', (address) => {
    const found = [textOf(document({ note: address })), textOf(raw({ headers: html, body: address }))].join();
    expect(found).not.toMatch(/SESAME/);
    if (address.includes('b=2')) expect(found.match(/[?&;6]b=2/g)).toHaveLength(2);
  });
});

describe('secrets in members', () => {
  it.each(
    'tokens authToken sessionToken apiToken csrfToken jwt privateKey secretKey accessKey apiKeys passwd pwd credentials signature X-Amz-Signature'.split(
      ' ',
    ),
  )('are masked in %s, and beside this name', (name) => {
    expect(bodyOf({ [name]: secret })).toEqual({ [name]: 'SECRET' });
    expect(bodyOf({ name, value: secret })).toEqual({ name, value: 'SECRET' });
    expect(bodyOf({ key: name, value: [secret] })).toEqual({ key: name, value: ['SECRET'] });
    expect(textOf(document({ [name]: { [key]: 1 } }))).not.toContain(key);
  });

  it('are masked in the names of their members', () => {
    expect(bodyOf({ tokens: { [`${secret}-1`]: 'a', [`${secret}-2`]: ['b'], refresh_token: 'c' } })).toEqual({
      tokens: { SECRET1: 'SECRET', SECRET2: ['SECRET'], refresh_token: 'SECRET' },
    });
  });

  it('leaves names that only hold such a word', () => {
    const value = {
      tokenCount: 3,
      name: 'Yield',
      value: 'high',
      signatureDate: '2026-01-05',
      href: '/x?page[cursor]=12',
    };
    expect(bodyOf(value)).toEqual(value);
  });
});

describe('the key of the tenant', () => {
  it('leaves a path that begins with it, so that the file can be read', () => {
    const paths = [Buffer.from(key).toString('base64'), key].map((path) => raw({ path: `/${path}` }));
    const recording = redactAll(paths, { base, key });
    expect(parseRecording(JSON.stringify(recording)).exchanges.map(({ path }) => path)).toEqual(['/SECRET', '/SECRET']);
  });

  const named: Readonly<Record<string, string>> = {
    '+': '&plus;',
    '/': '&sol;',
    '-': '&hyphen;',
    '.': '&period;',
    '=': '&equals;',
  };
  it.each([
    [...key].map((sign) => named[sign] ?? sign).join(''),
    [...key].map((sign) => named[sign]?.replace('&', '&amp;') ?? sign).join(''),
    `${key.slice(0, 5)}\n  ${key.slice(5)}`,
    [...key].join('\u200b'),
    Buffer.from(`user:${key}`).toString('base64').replace(/.{8}/g, '$&\r\n'),
  ])('is not left as %j', (echo) => {
    const found = textOf(raw({ headers: html, body: `<p>${echo}</p>` }));
    expect(found).toContain('SECRET');
    for (const part of [echo, echo.slice(0, -4), key.slice(5)]) expect(found).not.toContain(part);
  });
});
