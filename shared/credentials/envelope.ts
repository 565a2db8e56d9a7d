/** Port: encrypts secrets for a table, each under a data key of its own that only the key service can unwrap. */

/** The stored form. It is useless without the key service, and under any other record's name. */
export type Sealed = {
  /** The data key, wrapped by the key service under an encryption context that names the record. */
  readonly wrappedKey: Uint8Array;
  readonly nonce: Uint8Array;
  /** AES-256-GCM, its tag at the end. */
  readonly ciphertext: Uint8Array;
};

export interface Envelope {
  /** @param record names the record for which the secret is sealed, such as `signals/key/k1`; it is needed again to open it. */
  seal(record: string, secret: string): Promise<Sealed>;
  /** @throws if the record is another one, or the bytes were changed. */
  open(record: string, sealed: Sealed): Promise<string>;
}
