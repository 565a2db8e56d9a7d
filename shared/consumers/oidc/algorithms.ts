/** The signatures of tokens that are checked, and with which keys (RFC 7518 section 3, RFC 8037 section 3.1). */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import * as z from 'zod';

export const algorithmNames = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
export type AlgorithmName = (typeof algorithmNames)[number];

/** NIST SP 800-131A and RFC 7518 section 3.3 ask for 2,048 bits; above 8,192 a check costs more than a request may. */
const rsaBits = { least: 2_048, most: 8_192 };

const curves: Partial<Record<AlgorithmName, string>> = {
  ES256: 'P-256',
  ES384: 'P-384',
  ES512: 'P-521',
  EdDSA: 'Ed25519',
};

/** A key as a provider publishes it (RFC 7517 section 4); whatever else it says is of no meaning here. */
const Jwk = z.object({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  kid: z.string().max(300).optional(),
  use: z.string().optional(),
  alg: z.string().optional(),
  key_ops: z.array(z.string()).optional(),
  n: z.string().optional(),
  e: z.string().optional(),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
});

export type SigningKey = {
  readonly kid: string | undefined;
  readonly key: KeyObject;
  /** The algorithms that this key may be used with. */
  readonly algorithms: readonly AlgorithmName[];
};

const fits = (name: AlgorithmName, { kty, crv, alg }: z.infer<typeof Jwk>): boolean => {
  if (alg !== undefined && alg !== name) return false;
  return curves[name] === undefined ? kty === 'RSA' : crv === curves[name] && kty === (name === 'EdDSA' ? 'OKP' : 'EC');
};

const isStrong = (key: KeyObject): boolean => {
  const bits = key.asymmetricKeyDetails?.modulusLength;
  return bits === undefined || (bits >= rsaBits.least && bits <= rsaBits.most);
};

/** A published key; undefined when it is for something else, too weak, or not to be read. Private parts are not taken. */
export const toSigningKey = (published: unknown): SigningKey | undefined => {
  const { success, data: jwk } = Jwk.safeParse(published);
  if (!success || (jwk.use ?? 'sig') !== 'sig' || !(jwk.key_ops ?? ['verify']).includes('verify')) return undefined;
  const algorithms = algorithmNames.filter((name) => fits(name, jwk));
  const { kty, n, e, crv, x, y } = jwk;
  try {
    const key = createPublicKey({ format: 'jwk', key: JSON.parse(JSON.stringify({ kty, n, e, crv, x, y })) });
    return algorithms.length > 0 && isStrong(key) ? { kid: jwk.kid, key, algorithms } : undefined;
  } catch {
    return undefined;
  }
};

/** Whether the signature of `bytes` is by this key. The caller has checked that key and algorithm fit. */
export const isSignedBy = (name: AlgorithmName, key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean => {
  if (name === 'EdDSA') return verify(null, bytes, key, signature);
  const hash = `sha${name.slice(2)}`;
  if (name.startsWith('ES')) return verify(hash, bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
  const padding = name.startsWith('PS') ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return verify(hash, bytes, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature);
};
