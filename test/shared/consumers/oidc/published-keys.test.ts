import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toPublicKey } from '../../../../shared/consumers/oidc/published-keys.ts';
import { pairOf, publish } from './tokens.ts';

const rsa = publish(pairOf('RS256').publicKey, 'a');
const { use: _use, ...bare } = rsa;
const curve = publish(pairOf('ES256').publicKey, 'a');
const edwards = publish(pairOf('EdDSA').publicKey, 'a');
const other = (namedCurve: string) => publish(generateKeyPairSync('ec', { namedCurve }).publicKey, 'a');
/** A modulus of this many bits, odd as each is. */
const modulus = (bits: number): string => {
  const bytes = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  bytes[0] = 0xff >> ((8 - (bits % 8)) % 8);
  return bytes.toString('base64url');
};

describe('a published key', () => {
  it.each([
    ['RSA', rsa],
    ['RSA that says nothing of its use', bare],
    ['RSA of 2,048 bits', { ...rsa, n: modulus(2_048) }],
    ['RSA of 8,192 bits', { ...rsa, n: modulus(8_192) }],
    ['RSA for one algorithm', { ...rsa, alg: 'PS512' }],
    ['P-256', curve],
    ['P-521', publish(pairOf('ES512').publicKey, 'a', { alg: 'ES512' })],
    ['Ed25519', { ...edwards, alg: 'EdDSA' }],
    ['one without an id', { ...curve, kid: undefined }],
  ])('may check tokens: %s', (_name, jwk) => {
    expect(toPublicKey(jwk)).toMatchObject({ kty: jwk.kty });
  });

  it.each([
    ['is no object', null],
    ['is a list', [rsa]],
    ['is a text', JSON.stringify(rsa)],
    ['is a shared secret', { kty: 'oct', k: 'c2VjcmV0' }],
    ['has another use', { ...rsa, use: 'enc' }],
    ['has a use that is no text', { ...rsa, use: ['sig'] }],
    ['does not verify', { ...rsa, key_ops: ['encrypt'] }],
    ['has no operations', { ...rsa, key_ops: [] }],
    ['has operations that are no list', { ...rsa, key_ops: 'verify' }],
    ['is for encryption by its algorithm', { ...rsa, alg: 'RSA-OAEP-256' }],
    ['is for a shared secret by its algorithm', { ...rsa, alg: 'HS256' }],
    ['is for the algorithm of another kind', { ...rsa, alg: 'ES256' }],
    ['is for the algorithm of another curve', { ...curve, alg: 'ES384' }],
    ['has 2,047 bits', { ...rsa, n: modulus(2_047) }],
    [
      'has 1,024 bits behind zeros',
      { ...rsa, n: Buffer.from(`${'00'.repeat(256)}${'ff'.repeat(128)}`, 'hex').toString('base64url') },
    ],
    ['has 8,193 bits', { ...rsa, n: modulus(8_193) }],
    ['has nonsense in a member of another kind', { ...rsa, x: [] }],
    ['lacks a member', { ...rsa, n: undefined }],
    ['is on no curve', { ...curve, y: curve.x }],
    ['is on a curve for other things', other('secp256k1')],
    ['is for key agreement', publish(generateKeyPairSync('x25519').publicKey, 'a')],
    ['names another curve than its own', { ...curve, crv: 'P-384' }],
    ['has an id that is no text', { ...rsa, kid: 1 }],
    ['has an endless id', { ...rsa, kid: 'k'.repeat(301) }],
  ])('may not when it %s', (_name, jwk) => {
    expect(toPublicKey(jwk)).toBeUndefined();
  });

  it('is taken without its private part, certificates and whatever else it says', () => {
    const secret = pairOf('RS256').privateKey.export({ format: 'jwk' });
    const taken = toPublicKey({ ...secret, kid: 'a', x5c: ['MII'], ext: 'yes', key_ops: ['sign', 'verify'] });
    expect(taken).toEqual({ kty: 'RSA', kid: 'a', n: secret.n, e: secret.e, key_ops: ['verify'] });
  });
});
