import { createHmac, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { algorithmNames } from '../../../../shared/consumers/oidc/algorithms.ts';
import { nonEmpty } from '../../../support/non-empty.ts';
import { sized } from '../../../support/test-size.ts';
import { createToken, encode, issuerUrl, nowSeconds, pairOf, publish } from './tokens.ts';
import { refusalOf, verifierFor } from './verifier.ts';

describe('a good token', () => {
  it.each(algorithmNames)('signed with %s names its client and the person', async (algorithm) => {
    const verifier = verifierFor({ algorithms: [algorithm] });
    expect(await verifier.verify(createToken({ algorithm }))).toEqual({
      client: { issuer: issuerUrl, clientId: 'client-1' },
      subject: 'anna',
    });
  });

  it.each([
    ['several audiences', { aud: ['other', 'facade'] }],
    ['an expiry that is over by less than the tolerance', { exp: nowSeconds - 59 }],
    ['a beginning within the tolerance', { nbf: nowSeconds + 60, iat: nowSeconds + 60 }],
    ['client_id where azp is missing', { azp: undefined, client_id: 'client-1' }],
  ])('may have %s', async (_name, claims) => {
    expect((await verifierFor().verify(createToken({ claims }))).client.clientId).toBe('client-1');
  });

  it.each(['at+jwt', 'application/at+jwt', 'jwt', undefined])('may be of the type %s', async (typ) => {
    expect((await verifierFor().verify(createToken({ header: { typ } }))).subject).toBe('anna');
  });

  it('names its client in the claim that is configured, and in no other', async () => {
    const verifier = verifierFor({ clientClaim: 'appid' });
    expect((await verifier.verify(createToken({ claims: { appid: 'c2' } }))).client.clientId).toBe('c2');
    expect(await refusalOf(createToken(), verifier)).toContain('appid');
  });

  it.each([
    ['its subject is the client', { sub: 'client-1' }],
    ['it has no subject', { sub: undefined }],
    ['it says so as Entra does', { sub: 'c0ffee', idtyp: 'app' }],
    ['it says so as Auth0 does', { sub: 'client-1@clients', gty: 'client-credentials' }],
  ])('is of the application itself when %s', async (_name, claims) => {
    expect((await verifierFor().verify(createToken({ claims }))).subject).toBeUndefined();
  });

  it.each([
    ['it tells when a person signed in', { auth_time: nowSeconds }],
    ['it tells how a person signed in', { amr: ['pwd'] }],
    ['it belongs to a session', { sid: 's1' }],
    ['it says so as Entra does', { idtyp: 'user' }],
  ])('is of a person, though they have the id of the client as their subject, when %s', async (_name, claims) => {
    const token = createToken({ claims: { sub: 'client-1', ...claims } });
    expect((await verifierFor().verify(token)).subject).toBe('client-1');
  });

  it('has a long or odd subject in the form of a hash, the same each time', async () => {
    const subjectOf = async (sub: string) => (await verifierFor().verify(createToken({ claims: { sub } }))).subject;
    const long = await subjectOf('a'.repeat(255));
    expect(long).toMatch(/^sha256:[\w-]{43}$/);
    expect(await subjectOf('a'.repeat(255))).toBe(long);
    expect(await subjectOf('Zoë')).toMatch(/^sha256:/);
  });

  it('needs no key id when its issuer has one fitting key', async () => {
    const verifier = verifierFor({}, [publish(pairOf('RS256').publicKey, 'only')]);
    expect((await verifier.verify(createToken({ header: { kid: undefined } }))).subject).toBe('anna');
  });
});

describe('a token that does not hold', () => {
  const [head = '', body = '', signature = ''] = createToken().split('.');

  it.each([
    ['another audience', { claims: { aud: 'other' } }, 'audience'],
    ['another of several audiences', { claims: { aud: ['other', 'facade2'] } }, 'audience'],
    ['an expiry that is over', { claims: { exp: nowSeconds - 60 } }, 'expired'],
    ['no expiry', { claims: { exp: undefined } }, 'exp'],
    ['an expiry that is no number', { claims: { exp: '9999999999' } }, 'exp'],
    ['a beginning to come', { claims: { nbf: nowSeconds + 61 } }, 'future'],
    ['an issue to come', { claims: { iat: nowSeconds + 61 } }, 'future'],
    ['another issuer', { claims: { iss: 'https://evil.example.com/' } }, 'issuer'],
    ['its issuer without the slash', { claims: { iss: issuerUrl.slice(0, -1) } }, 'issuer'],
    ['no client', { claims: { azp: undefined } }, 'client'],
    ['a client that is no text', { claims: { azp: ['client-1'] } }, 'client'],
    ['a critical extension', { header: { crit: ['exp'] } }, 'header'],
    ['an empty list of critical extensions', { header: { crit: [] } }, 'header'],
    ['the type of another token', { header: { typ: 'logout+jwt' } }, 'header'],
    [
      'an algorithm that the issuer has keys for and the stage does not take',
      { algorithm: 'ES384' as const },
      'signature',
    ],
    ['a key id that nobody knows', { header: { kid: 'unknown' } }, 'key'],
    ['the key id of a key for another algorithm', { header: { kid: 'ES256' } }, 'key'],
    ['no key id where there are several', { header: { kid: undefined } }, 'key'],
  ])('has %s', async (_name, parts, word) => {
    expect(await refusalOf(createToken(parts))).toContain(word);
  });

  it.each([
    ['no signature', `${head}.${body}.`],
    ['two parts', `${head}.${body}`],
    ['four parts', `${head}.${body}.${signature}.x`],
    ['another alphabet', `${head}.${body}.${signature.slice(0, -1)}=`],
    ['nothing', ''],
    ['a header that is no JSON', `e30x.${body}.${signature}`],
    ['more than 8 KiB', createToken({ claims: { much: 'x'.repeat(8_192) } })],
  ])('is formed wrongly: %s', async (_name, token) => {
    await refusalOf(token);
  });

  it.each(['none', 'None', 'NONE', 'nOnE', ''])('has the algorithm %j', async (alg) => {
    const unsigned = `${encode({ alg, kid: 'RS256' })}.${body}`;
    await refusalOf(`${unsigned}.`);
    await refusalOf(`${unsigned}.${signature}`);
  });

  it.each(['HS256', 'HS384', 'HS512'])('is signed with %s by the public key as a secret', async (alg) => {
    const { publicKey } = pairOf('RS256');
    const secrets = [
      publicKey.export({ type: 'spki', format: 'pem' }),
      JSON.stringify(publicKey.export({ format: 'jwk' })),
      publicKey.export({ type: 'spki', format: 'der' }),
    ];
    for (const secret of secrets) {
      const signed = `${encode({ alg, kid: 'RS256', typ: 'JWT' })}.${body}`;
      const mac = createHmac(`sha${alg.slice(2)}`, secret)
        .update(signed)
        .digest('base64url');
      await refusalOf(`${signed}.${mac}`);
    }
  });

  it('brings its own key, in whichever way', async () => {
    const mine = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = publish(mine.publicKey, 'RS256');
    const ways = [
      { jwk },
      { jwk, kid: undefined },
      { jku: 'https://evil.example.com/keys' },
      { x5u: 'https://evil.example.com/cert' },
      { x5c: [mine.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')] },
    ];
    for (const header of nonEmpty(ways)) {
      expect(await refusalOf(createToken({ header, privateKey: mine.privateKey }))).toContain('key');
    }
  });

  it('has one key id and the signature of another key of the same issuer', async () => {
    const keys = [publish(pairOf('ES256').publicKey, 'a'), publish(pairOf('RS256').publicKey, 'b')];
    const verifier = verifierFor({}, keys);
    await refusalOf(createToken({ algorithm: 'ES256', header: { kid: 'b' } }), verifier);
    await refusalOf(createToken({ algorithm: 'ES256', header: { kid: 'b', alg: 'RS256' } }), verifier);
  });

  it('is signed with ECDSA in the DER form', async () => {
    const token = createToken({ algorithm: 'ES256' });
    const bytes = Buffer.from(token.split('.')[2] as string, 'base64url');
    const integer = (part: Buffer) => {
      const trimmed = Buffer.concat([Buffer.from([0]), part]);
      return Buffer.concat([Buffer.from([2, trimmed.length]), trimmed]);
    };
    const sequence = Buffer.concat([integer(bytes.subarray(0, 32)), integer(bytes.subarray(32))]);
    const der = Buffer.concat([Buffer.from([0x30, sequence.length]), sequence]);
    await refusalOf(`${token.split('.').slice(0, 2).join('.')}.${der.toString('base64url')}`);
  });

  it.each([
    ['is for encryption', { use: 'enc' }],
    ['is for another algorithm', { alg: 'RS512' }],
    ['does not verify', { key_ops: ['encrypt'] }],
  ])('is signed by a key that %s', async (_name, more) => {
    const key = publish(pairOf('RS256').publicKey, 'RS256', more);
    await refusalOf(createToken(), verifierFor({}, [key, publish(pairOf('ES256').publicKey, 'ES256')]));
  });

  it('is signed by a key that is too short', async () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const keys = [publish(short.publicKey, 'RS256'), publish(pairOf('ES256').publicKey, 'ES256')];
    await refusalOf(createToken({ privateKey: short.privateKey }), verifierFor({}, keys));
  });

  it('was changed anywhere, and the refusal shows nothing of it', async () => {
    const token = createToken({ claims: { secretish: 'do-not-show' } });
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...alphabet), async (at, letter) => {
        const forged = token.slice(0, at) + letter + token.slice(at + 1);
        if (forged === token) return;
        const detail = await refusalOf(forged);
        for (const part of nonEmpty(token.split('.'))) expect(detail).not.toContain(part.slice(0, 12));
        expect(detail).not.toContain('do-not-show');
      }),
      { numRuns: sized(1_000, 100) },
    );
  });

  it('is refused whatever it is, and never breaks', () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), fc.base64String(), async (header, claims, bytes) => {
        const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
        await refusalOf(`${parts.join('.')}.${bytes}`);
      }),
    ));
});
