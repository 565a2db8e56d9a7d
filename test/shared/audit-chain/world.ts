/** An audit log and its chain in memory, sealed by processes whose every call may be their last. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Fault, Report } from '../../../packages/archive-verify/src/fault.ts';
import { verifyArchive } from '../../../packages/archive-verify/src/verify.ts';
import { createMemoryArchiveBucket } from '../../../shared/archive/adapters/memory.ts';
import { parseSegment } from '../../../shared/archive/audit-segment.ts';
import { auditSegmentsPrefix } from '../../../shared/archive/keys.ts';
import type { HeadSigner } from '../../../shared/archive/seal.ts';
import { createMemoryAuditChain, createMemoryStoredRecords } from '../../../shared/audit-chain/adapters/memory.ts';
import { type SealAuditParts, type SealReport, sealAuditLog } from '../../../shared/audit-chain/seal-audit-log.ts';
import { hourMillis } from '../../../shared/time/units.ts';
import { createLife, type Life, mortal } from '../../support/mortal.ts';

export const minute = 60_000;
type Item = { readonly sk: string } & Record<string, unknown>;

export const createSealWorld = ({ mostKnown }: { readonly mostKnown?: number } = {}) => {
  const clock = { millis: Date.parse('2027-06-15T12:00:00.000Z') };
  const items: Item[] = [];
  const store = createMemoryAuditChain();
  const bucket = createMemoryArchiveBucket();
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer: HeadSigner = {
    keyId: 'alias/archive',
    algorithm: 'ECDSA_SHA_256',
    sign: async (bytes) => sign('sha256', bytes, keys.privateKey),
    publicKeyPem: async () => String(keys.publicKey.export({ type: 'spki', format: 'pem' })),
  };
  let count = 0;

  /** Appends a record that began so long ago. @returns its sort key. */
  const append = (agoMillis = 0, more: Record<string, unknown> = {}): string => {
    const sk = `${new Date(clock.millis - agoMillis).toISOString()}#record-${count++}#intent`;
    items.push({ pk: 'DAY', sk, consumer: 'app', deleteAtSeconds: 4_102_444_800, ...more });
    return sk;
  };

  const partsOf = (life: Life): SealAuditParts => ({
    records: mortal(
      createMemoryStoredRecords(() => items),
      life,
    ),
    store: mortal(store, life),
    bucket: mortal(bucket, life),
    signer: mortal(signer, life),
    lock: { mode: 'GOVERNANCE', years: 10 },
    nowMillis: () => clock.millis,
    signEveryMillis: 24 * hourMillis,
    ...(mostKnown === undefined ? {} : { mostKnown }),
  });
  /** One run, in a process of its own. */
  const seal = (life: Life = createLife(), forMillis = 4 * minute): Promise<SealReport> =>
    sealAuditLog(partsOf(life), clock.millis + forMillis);

  /** Sort keys of what the chain holds, in its order. */
  const sealed = (): string[] =>
    [...bucket.objects]
      .filter(([key]) => key.startsWith(auditSegmentsPrefix))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, { bytes }]) => parseSegment(bytes).lines)
      .map((line) => (JSON.parse(line) as Item).sk);

  /** What archive-verify finds in the audit log. */
  const faults = async (allowsUnsealed = false): Promise<readonly Fault[]> => {
    const found: Fault[] = [];
    const report: Report = (code, subject, detail) => void found.push({ code, subject: String(subject), detail });
    await verifyArchive(
      {
        name: 'memory',
        isBucket: true,
        async *list() {
          for (const [key, { versionId }] of bucket.objects) yield { key, versionId };
        },
        async open({ key }) {
          const object = bucket.objects.get(key);
          if (!object) throw new Error('gone');
          const { bytes, lockMode, retainUntil } = object;
          return { bytes: Readable.from([bytes]), lock: { lockMode, retainUntil } };
        },
      },
      { publicKey: keys.publicKey, allowsUnsealed, report },
    );
    // The archive of documents has nothing yet.
    return found.filter(({ subject }) => subject !== 'heads/');
  };
  return { clock, items, store, bucket, append, partsOf, seal, sealed, faults };
};
