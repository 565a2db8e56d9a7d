import { describe, expect, it } from 'vitest';
import { createHttpKeySetSource } from '../../../../shared/consumers/adapters/http-key-sets.ts';
import { type Answering, startUpstream } from '../../../support/upstream.ts';
import { issuerWith } from '../oidc/tokens.ts';

const source = createHttpKeySetSource();

/** A provider. Each case sets its discovery document and its keys. */
const startProvider = async (answers: Record<string, (url: string) => unknown>) => {
  const place = { url: '' };
  const answering: Answering = ({ target }, response) => {
    const answer = answers[target]?.(place.url);
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === 'number') response.writeHead(answer, { location: `${place.url}/keys` }).end();
    else response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  };
  place.url = (await startUpstream(answering)).url;
  return place.url;
};

const discovery = '/.well-known/openid-configuration';
const keys = { keys: [{ kid: 'a' }] };

describe('keys over HTTP', () => {
  it('are found by discovery, or at the URL that is configured', async () => {
    const url = await startProvider({
      [discovery]: (issuer) => ({ issuer, jwks_uri: `${issuer}/keys` }),
      '/keys': () => keys,
    });
    expect(await source.read(issuerWith({ issuer: url }))).toEqual(keys.keys);
    expect(await source.read(issuerWith({ issuer: 'https://login.example.com', jwksUrl: `${url}/keys` }))).toEqual(
      keys.keys,
    );
  });

  it.each([
    [
      'of another issuer',
      { [discovery]: (url: string) => ({ issuer: 'https://x.example.com', jwks_uri: `${url}/keys` }) },
    ],
    [
      'that points to plain HTTP',
      { [discovery]: (issuer: string) => ({ issuer, jwks_uri: 'http://x.example.com/keys' }) },
    ],
    ['that is missing', {}],
    ['that redirects', { [discovery]: () => 302 }],
    ['that is no JSON', { [discovery]: () => '<html>' }],
  ])('are not taken with a discovery document %s', async (_name, answers) => {
    const url = await startProvider({ '/keys': () => keys, ...answers });
    await expect(source.read(issuerWith({ issuer: url }))).rejects.toThrow();
  });

  it.each([
    ['too large', () => JSON.stringify({ keys: [], filler: 'x'.repeat(300_000) })],
    ['no set', () => ({ key: 'a' })],
    ['a redirect', () => 301],
    ['an error', () => 500],
  ])('are not taken when they are %s', async (_name, answer) => {
    const url = await startProvider({ '/odd': answer, '/keys': () => keys });
    await expect(source.read(issuerWith({ jwksUrl: `${url}/odd` }))).rejects.toThrow();
  });

  it('are not taken when nobody is there', async () => {
    await expect(source.read(issuerWith({ jwksUrl: 'http://127.0.0.1:1/keys' }))).rejects.toThrow();
  });
});
