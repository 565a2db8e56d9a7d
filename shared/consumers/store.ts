/** Port of the consumer store: one record each, which alone decides, and pointers that lead to it. */
import { createHash } from 'node:crypto';
import type { Consumer, OidcClient } from '../exchange/consumer.ts';

/** A key as it is stored: never the key itself. */
export type ConsumerKey = {
  /** Names the key in lists and logs; reveals nothing about its secret. */
  readonly id: string;
  readonly hash: string;
  readonly createdAtMillis: number;
  readonly expiresAtMillis?: number | undefined;
};

export type ConsumerRecord = {
  readonly consumer: Consumer;
  readonly keys: readonly ConsumerKey[];
  /** Grows by one with each write. */
  readonly version: number;
  readonly createdAtMillis: number;
  readonly changedAtMillis: number;
};

/** Leads from the hash of a key, or of an OIDC client, to a consumer. It is a hint: only the record decides. */
export type Pointer = {
  readonly consumerId: string;
  /** Last day (UTC, `2026-01-31`) on which an instance recorded a use. */
  readonly lastUsedOn?: string | undefined;
};

/** Two at a time: the key in use, and the key that replaces it. */
export const mostKeys = 2;

/** The name of the pointer of a key. */
export const keyPointer = (keyHash: string): string => `KEY#${keyHash}`;

/** The name of the pointer of an OIDC client. */
export const oidcPointer = ({ issuer, clientId }: OidcClient): string =>
  `OIDC#${createHash('sha256')
    .update(JSON.stringify([issuer, clientId]))
    .digest('hex')}`;

/** Port. Every read sees every write that ended before it began. */
export interface ConsumerStore {
  read(id: string): Promise<ConsumerRecord | undefined>;
  /** Records in the order of their ids, from the one after `after` on. */
  page(after: string | undefined, limit: number): Promise<readonly ConsumerRecord[]>;
  /** Writes the record if the stored one has the version `replaced`; 0 = there is none. False: it does not. */
  write(record: ConsumerRecord, replaced: number): Promise<boolean>;
  /** Removes the record if it has this version. False: it does not. */
  remove(id: string, version: number): Promise<boolean>;
  follow(pointer: string): Promise<Pointer | undefined>;
  /** Sets the pointer if it is unset, leads to the same consumer, or leads to `instead`. False: it leads to another. */
  point(pointer: string, consumerId: string, instead?: string): Promise<boolean>;
  /** Removes the pointer if it leads to this consumer. */
  unpoint(pointer: string, consumerId: string): Promise<void>;
  /** Records a use of the pointer's key or client, unless one as late is recorded or the pointer is gone. */
  noteUse(pointer: string, day: string): Promise<void>;
}
