/** Exports and the archive in memory. */
import { Readable } from 'node:stream';
import { createMemoryArchiveStore } from '../../../shared/archive/adapters/memory.ts';
import { createMemoryBackfillStore } from '../../../shared/archive/adapters/memory-backfills.ts';
import { createMemoryHoldStore } from '../../../shared/archive/adapters/memory-holds.ts';
import { createMemoryVerificationStore } from '../../../shared/archive/adapters/memory-verification.ts';
import { createBackfills } from '../../../shared/archive/backfills/backfills.ts';
import { claimNumber } from '../../../shared/archive/claim.ts';
import { heldAmong } from '../../../shared/archive/holds/hold-record.ts';
import { createHolds } from '../../../shared/archive/holds/holds.ts';
import { createMemoryExportStore } from '../../../shared/exports/adapters/memory.ts';
import { createExportAllowance } from '../../../shared/exports/allowance.ts';
import { createExports } from '../../../shared/exports/exports.ts';
import type { LargeAnswers } from '../../../shared/large-answers/large-answers.ts';

/** Downloads of files are not counted, until a test says otherwise. */
const uncounted = (): { around: LargeAnswers['around'] } => ({ around: (_exchange, run) => run() });

const files = () => ({
  open: async () => Readable.from([Buffer.from('%PDF-')]),
  presign: async () => 'https://s3.example.com/a',
});

/** Exports on memory adapters; the engine starts nothing, and each file holds `%PDF-`. */
export const createExportParts = (clock: { nowMillis(): number }) => {
  const store = createMemoryExportStore();
  let ids = 0;
  let status = 200;
  const exports = createExports({
    ...{ store, nowMillis: clock.nowMillis, stage: 'test', newId: () => `export-${++ids}` },
    ...{
      tell: async () => {},
      count: () => {},
      leases: { release: async () => {} },
      uploads: { abort: async () => {}, listOpenUnder: async () => [] },
      files: { removeUnder: async () => {} },
    },
    onStartFailed: () => {},
    allowance: createExportAllowance(store, clock.nowMillis, 2),
    engine: { start: async (name) => `arn:${name}`, statusOf: async () => 'running', stop: async () => {} },
  });
  const document = { data: { attributes: { digest: '1' } } };
  const call = async () => ({
    ...{ status, headers: [], actedAs: 'service' as const },
    body: Buffer.from(JSON.stringify(document)),
  });
  const hideEntities = (): void => {
    status = 404;
  };
  return {
    ...{ store, exports, pipeline: { as: () => ({ call }) }, files: files() },
    ...{ clock, hideEntities, largeAnswers: uncounted() },
  };
};

/** An archive in memory; each document holds `%PDF-`. */
export const createArchiveParts = ({ nowMillis }: { nowMillis(): number }) => {
  const store = createMemoryArchiveStore();
  const stored = {
    ...{ sha256: 'a'.repeat(64), crc64nvme: 'AAAAAAAAAAA=', sizeBytes: 5, versionId: 'v1' },
    ...{ archivedAt: '2026-11-27T09:00:00.000Z', lockMode: null, retainUntil: null },
  };
  const version = { eid: 'experiment:e1', digest: '1', version: 1, requestedBy: 'facade', requestedAtMillis: 0 };
  const publish = async (): Promise<void> => {
    await store.writeVersion({ ...version, candidates: [], stored });
    await store.publish(await claimNumber(store, version));
  };
  const holdStore = createMemoryHoldStore();
  const backfills = createBackfills({ store: createMemoryBackfillStore(), nowMillis });
  const holds = createHolds({ holds: holdStore, hasLocks: true, nowMillis });
  return {
    ...{ store, files: files(), publish, largeAnswers: uncounted(), holds, backfills },
    ...{ verification: createMemoryVerificationStore(), stage: 'test' },
    heldAmong: (eids: readonly string[]) => heldAmong(holdStore, eids),
  };
};
