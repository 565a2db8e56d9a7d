/** The keys with which the demo issuer signs. They live as long as it runs. */
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

const algorithm = 'ES256';
/** Far above any rotation by hand, and below the 50 keys that the facade reads. */
const mostKeys = 20;

type SigningKey = { readonly kid: string; readonly privateKey: CryptoKey; readonly published: JWK };

const createKey = async (kid: string): Promise<SigningKey> => {
  const { privateKey, publicKey } = await generateKeyPair(algorithm);
  return { kid, privateKey, published: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } };
};

export const createSigningKeys = async () => {
  let made = 1;
  let keys = [await createKey('demo-1')];
  return {
    /** The public keys, the newest first (RFC 7517). */
    published: (): readonly JWK[] => keys.map(({ published }) => published),
    /** Makes another key, which signs from now on. @param withdraws whether the earlier ones are published no longer. */
    async rotate(withdraws: boolean): Promise<void> {
      made += 1;
      const key = await createKey(`demo-${made}`);
      keys = [key, ...(withdraws ? [] : keys)].slice(0, mostKeys);
    },
    async sign(claims: Readonly<Record<string, unknown>>): Promise<string> {
      const { kid, privateKey } = keys[0] as SigningKey;
      return new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' }).sign(privateKey);
    },
  };
};
export type SigningKeys = Awaited<ReturnType<typeof createSigningKeys>>;
