/** One-time values: valid once, for a short time, stored under the hash of a secret that the other side keeps. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Port. A name is never used again. */
export interface OneTimeStore {
  /** The entry may or may not disappear after `expiresAtMillis`, so readers compare. */
  put(name: string, value: object, expiresAtMillis: number): Promise<void>;
  peek(name: string): Promise<unknown>;
  /** Removes it and returns it to exactly one of many callers. */
  take(name: string): Promise<unknown>;
}

/** 256 random bits, safe in URLs and cookies. */
export const createSecret = (): string => randomBytes(32).toString('base64url');

/** The stored hash of a secret. `purpose` keeps one kind from passing for another. */
export const hashOf = (purpose: string, secret: string): string =>
  createHash('sha256').update(`signals-facade-${purpose}:${secret}`, 'utf8').digest('hex');

/** Whether two hashes of the same kind are the same, in a time that does not depend on where they differ. */
export const isSameHash = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
