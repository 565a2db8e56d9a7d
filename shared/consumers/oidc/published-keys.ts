/** The keys that an issuer publishes (RFC 7517 section 4), and which of them may check its tokens. */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { JWK } from 'jose';
import * as z from 'zod';
import type { AlgorithmName } from './algorithms.ts';

/**
 * NIST SP 800-131A and RFC 7518 section 3.3 ask for 2,048 bits; above 8,192 a check costs more than a request may. jose
 * knows the lower bound only, and would count a key that is too short as one of several.
 */
const rsaBits = { least: 2_048, most: 8_192 };

/** Other members are left out, private parts among them. */
const members = {
  kid: z.string().max(300).optional(),
  use: z.literal('sig').optional(),
  // A public key can do nothing else, whatever its issuer says besides.
  key_ops: z
    .array(z.string())
    .refine((operations) => operations.includes('verify'))
    .transform(() => ['verify'])
    .optional(),
  n: z.string().optional(),
  e: z.string().optional(),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
};

const curveKey = (kty: string, crv: string, algorithm: AlgorithmName) =>
  z.object({
    ...members,
    kty: z.literal(kty),
    crv: z.literal(crv),
    alg: z.literal(algorithm).optional(),
  });

/** Each kind with the algorithms that it may be for. jose picks among these. */
const PublishedKey = z.union([
  z.object({
    ...members,
    kty: z.literal('RSA'),
    alg: z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']).optional(),
  }),
  curveKey('EC', 'P-256', 'ES256'),
  curveKey('EC', 'P-384', 'ES384'),
  curveKey('EC', 'P-521', 'ES512'),
  curveKey('OKP', 'Ed25519', 'EdDSA'),
]);

const isStrong = (jwk: object): boolean => {
  try {
    const key = createPublicKey({ format: 'jwk', key: jwk as JsonWebKey });
    const bits = key.asymmetricKeyDetails?.modulusLength;
    return bits === undefined || (bits >= rsaBits.least && bits <= rsaBits.most);
  } catch {
    return false;
  }
};

/** A published key, as jose takes it; undefined when it is for something else, too weak, or not to be read. */
export const toPublicKey = (published: unknown): JWK | undefined => {
  const { data: jwk } = PublishedKey.safeParse(published);
  return jwk && isStrong(jwk) ? (jwk as JWK) : undefined;
};
