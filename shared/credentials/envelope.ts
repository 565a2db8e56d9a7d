/** Port: encrypts secrets for a table, each under a data key of its own that only the key service can unwrap. */
import * as z from 'zod';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
/** The stored form. It is useless without the key service, and under any other record's name. */
export const Sealed = z.object({
  /** The data key, wrapped by the key service under an encryption context that names the record. */
  wrappedKey: bytes,
  nonce: bytes,
  /** AES-256-GCM, its tag at the end. */
  ciphertext: bytes,
});
export type Sealed = Readonly<z.infer<typeof Sealed>>;

export interface Envelope {
  /** @param record names the record for which the secret is sealed, such as `signals/key/k1`; it is needed again to open it. */
  seal(record: string, secret: string): Promise<Sealed>;
  /** @throws if the record is another one, or the bytes were changed. */
  open(record: string, sealed: Sealed): Promise<string>;
}
