/** The ports through which credentials are read. */
import type { Credential } from '../exchange/credential.ts';
import type { SendOutcome } from '../exchange/send-outcome.ts';

/** Port: stores service credentials, encrypted. */
export interface CredentialVault {
  /** The service credential of an upstream as last written; undefined if none was stored. */
  read(upstream: string): Promise<Credential | undefined>;
  write(upstream: string, secret: string): Promise<void>;
}

/** The facade's own keys for an upstream. */
export interface ServiceKeys {
  /** A key that is usable now. @throws AppError CREDENTIAL_UNAVAILABLE when there is none or it cannot be decrypted. */
  choose(upstream: string): Promise<Credential>;
  /** Told after every send with one of them; resolves when what has to be remembered is. Never throws. */
  observe(upstream: string, credential: Credential, outcome: SendOutcome): Promise<void>;
}

/** A consumer, as far as tokens are linked for it. */
export type TokenHolder = {
  readonly id: string;
  /** Random, another one for each consumer that ever had this id. */
  readonly incarnation?: string | undefined;
  readonly contact?: string | undefined;
  /** What people call it; absent = they read its id. */
  readonly displayName?: string | undefined;
  /** Where a page may lead a person back to. */
  readonly returnUrls?: readonly string[] | undefined;
};

/** The tokens of people. */
export interface UserTokens {
  /** The living token that `subject` has linked for this consumer; undefined when there is none. */
  find(upstream: string, holder: TokenHolder, subject: string): Promise<Credential | undefined>;
  /** Told after every send with one of them; resolves when what has to be remembered is. Never throws. */
  observe(upstream: string, credential: Credential, outcome: SendOutcome): Promise<void>;
  /** A URL, good once and for a short while, where the person links a token. */
  linkUrl(upstream: string, holder: TokenHolder, subject: string, publicUrl: string): Promise<string>;
}
