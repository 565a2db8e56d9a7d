/** An OpenID provider in a few lines: keys of every kind, and tokens signed with them. */
import { constants, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import type { AlgorithmName } from '../../../../shared/consumers/oidc/algorithms.ts';
import type { OidcIssuer } from '../../../../shared/consumers/oidc/issuer.ts';

export const issuerUrl = 'https://login.example.com/';
export const nowSeconds = 1_800_000_000;

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pairs = {
  RSA: rsa,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES512: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  EdDSA: generateKeyPairSync('ed25519'),
};

export const pairOf = (algorithm: AlgorithmName): { privateKey: KeyObject; publicKey: KeyObject } =>
  algorithm in pairs ? pairs[algorithm as keyof typeof pairs] : rsa;

/** The key as a provider publishes it. */
export const publish = (publicKey: KeyObject, kid: string, more: object = {}): JsonWebKey => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  ...more,
});

const signBytes = (algorithm: AlgorithmName, privateKey: KeyObject, bytes: Buffer): Buffer => {
  if (algorithm === 'EdDSA') return sign(null, bytes, privateKey);
  const hash = `sha${algorithm.slice(2)}`;
  if (algorithm.startsWith('ES')) return sign(hash, bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  if (algorithm.startsWith('RS')) return sign(hash, bytes, privateKey);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return sign(hash, bytes, { key: privateKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
};

export const encode = (part: object | string | Buffer): string =>
  Buffer.from(typeof part === 'object' && !Buffer.isBuffer(part) ? JSON.stringify(part) : part).toString('base64url');

const goodHeader = (algorithm: AlgorithmName) => ({ alg: algorithm, kid: algorithm, typ: 'JWT' });
const goodClaims = {
  iss: issuerUrl,
  aud: 'facade',
  azp: 'client-1',
  sub: 'anna',
  iat: nowSeconds,
  exp: nowSeconds + 300,
};
/** JSON texts of the parts of a good token, for those who change them letter by letter. */
export const goodHeaderText = JSON.stringify(goodHeader('RS256'));
export const goodClaimsText = JSON.stringify(goodClaims);

/** A token of these two parts, signed as they are. */
export const signParts = (
  head: string,
  body: string,
  algorithm: AlgorithmName = 'RS256',
  privateKey: KeyObject = pairOf(algorithm).privateKey,
): string => {
  const signature = signBytes(algorithm, privateKey, Buffer.from(`${head}.${body}`));
  return `${head}.${body}.${signature.toString('base64url')}`;
};

/** A valid token. A case states its differences; `undefined` leaves a member out. */
export const createToken = ({
  algorithm = 'RS256' as AlgorithmName,
  header = {} as object,
  claims = {} as object,
  privateKey = pairOf(algorithm).privateKey,
} = {}): string => {
  const head = encode({ ...goodHeader(algorithm), ...header });
  return signParts(head, encode({ ...goodClaims, ...claims }), algorithm, privateKey);
};

export const issuerWith = (parts: Partial<OidcIssuer> = {}): OidcIssuer => ({
  issuer: issuerUrl,
  audience: 'facade',
  algorithms: ['RS256', 'PS256', 'ES256'],
  ...parts,
});
