/** An OpenID provider on loopback with a discovery document and one key, and tokens of it. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export type Provider = { readonly url: string; close(): Promise<void> };

export const startProvider = async (): Promise<Provider> => {
  const server = createServer((request, response) => {
    const documents: Record<string, object> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
      '/keys': { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] },
    };
    const document = documents[request.url ?? ''];
    response.writeHead(document ? 200 : 404).end(JSON.stringify(document ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/** A token of this issuer for the audience `signals-facade`, good for five minutes where `claims` say nothing else. */
export const createToken = (issuer: string, claims: object): string => {
  const exp = Math.floor(Date.now() / 1_000) + 300;
  const signed = [
    { alg: 'ES256', kid: 'k' },
    { iss: issuer, aud: 'signals-facade', exp, ...claims },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
};
