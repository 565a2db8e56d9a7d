import { type Change, changesBetween, changesOfRecords, type Facts } from '../audit/changes.ts';
import { toIsoOrNothing } from '../time/iso.ts';
import { toAttributes } from './admin-document.ts';
import type { ConsumerKey, ConsumerRecord } from './store.ts';

/** Without the hash, because keys are looked up by it. */
const keyFacts = (keys: readonly ConsumerKey[] = []): Record<string, Facts> =>
  Object.fromEntries(
    keys.map(({ id, createdAtMillis, expiresAtMillis }) => [
      id,
      { createdAt: toIsoOrNothing(createdAtMillis), expiresAt: toIsoOrNothing(expiresAtMillis) },
    ]),
  );

/**
 * What an act changed in a consumer and its keys, for the audit log. The attributes are those that administrators see.
 */
export const recordChanges = (before: ConsumerRecord | undefined, after: ConsumerRecord | undefined): Change[] => [
  ...changesBetween(before && toAttributes(before.consumer), after && toAttributes(after.consumer)),
  ...changesOfRecords(keyFacts(before?.keys), keyFacts(after?.keys)),
];
