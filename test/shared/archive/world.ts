/** An archive in memory, with a tenant and exports of a few lines, whose every call may be the last one of a process. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Fault, Report } from '../../../packages/archive-verify/src/fault.ts';
import { verifyArchive } from '../../../packages/archive-verify/src/verify.ts';
import { createMemoryArchiveBucket, createMemoryArchiveStore } from '../../../shared/archive/adapters/memory.ts';
import { createMemoryHoldStore } from '../../../shared/archive/adapters/memory-holds.ts';
import type { OrderParts } from '../../../shared/archive/carry-out-order.ts';
import { carryOutOrder } from '../../../shared/archive/carry-out-order.ts';
import { createArchiveOrders } from '../../../shared/archive/orders.ts';
import type { HeadSigner } from '../../../shared/archive/seal.ts';
import type { ExecutionStatus } from '../../../shared/exports/engine.ts';
import type { Job, Result, Run } from '../../../shared/exports/export-record.ts';
import { createLife, Killed, type Life, mortal } from '../../support/mortal.ts';
import { createJournals } from './journals.ts';

export const eid = 'experiment:e1';
const person = '101';

export const createArchiveWorld = () => {
  const clock = { millis: Date.parse('2026-11-27T09:00:00.000Z') };
  const nowMillis = () => clock.millis;
  const tenant = { state: 'closed', digest: '1', status: 200, editedBy: person, editedAt: '2026-11-27T08:59:59.000Z' };
  const process = { life: createLife() };
  const life: Life = {
    get isDead() {
      return process.life.isDead;
    },
    get points() {
      return process.life.points;
    },
    pass: () => process.life.pass(),
  };
  const restart = (): void => {
    process.life = createLife();
  };
  const store = createMemoryArchiveStore();
  const bucket = createMemoryArchiveBucket();
  const holdStore = createMemoryHoldStore();
  const jobs = new Map<string, { wish: Job['wish']; run: Partial<Run> }>();
  const files = new Map<string, Buffer>();
  /** What becomes of each export. */
  const exported: { outcomes: (Partial<Run> | undefined)[] } = { outcomes: [] };

  const makeFile = (digest: string): Result => {
    const bytes = Buffer.from(`%PDF-1.7 ${digest} made ${files.size} %%EOF`);
    const key = `exports/${files.size}.pdf`;
    files.set(key, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { key, mediaType: 'application/pdf', sizeBytes: bytes.byteLength, sha256, fileName: 'Run.pdf' };
  };
  const exportsAs: OrderParts['exportsAs'] = (jobId) =>
    mortal(
      {
        create: async (_consumer: unknown, wish: Job['wish'], sinceMillis = 0) => {
          const known = [...jobs.values()].find(
            ({ wish: { digest }, run: { state, createdAtMillis = 0 } }) =>
              digest === wish.digest && state === 'succeeded' && createdAtMillis >= sinceMillis,
          );
          const outcome = exported.outcomes.shift() ?? { state: 'succeeded' as const, result: makeFile(wish.digest) };
          jobs.set(jobId, { wish, run: known?.run ?? { ...outcome, createdAtMillis: nowMillis() } });
          return {} as never;
        },
        read: async () => ({ job: {} as Job, run: jobs.get(jobId)?.run as Run }),
      },
      life,
    );
  const entity = () => ({
    data: {
      attributes: { digest: tenant.digest, state: tenant.state, editedAt: tenant.editedAt },
      relationships: { editedBy: { data: { id: tenant.editedBy } }, ancestors: { data: [{ id: 'journal:j1' }] } },
    },
  });
  const counts: string[] = [];
  const parts: OrderParts = {
    store: mortal(store, life),
    bucket: mortal(bucket, life),
    files: { open: async ({ key }) => Readable.from([files.get(key) as Buffer]) },
    lock: { mode: 'GOVERNANCE', years: 1 },
    holding: { holds: mortal(holdStore, life), objects: mortal(bucket, life) },
    nowMillis,
    call: async () => ({ status: tenant.status, headers: [], body: Buffer.from(JSON.stringify(entity())) }),
    exportsAs,
    stage: 'test',
    count: (state) => void counts.push(state),
  };

  const contextOf = createJournals(life, clock);

  const executions = new Map<string, { archive: string; round: number; status: ExecutionStatus }>();
  const engine = {
    start: async (name: string, order: { archive: string; round: number }) => {
      if (!executions.has(name)) executions.set(name, { ...order, status: 'running' });
      return name;
    },
    statusOf: async (arn: string) => executions.get(arn)?.status,
  };
  const orders = createArchiveOrders({
    ...{ store: parts.store, engine, stage: 'test', nowMillis, count: parts.count },
    onStartFailed: () => {},
  });

  /** Runs what was started, in a new process after each death, until all has ended. */
  const work = async (): Promise<void> => {
    for (const [name, execution] of executions) {
      while (execution.status === 'running')
        try {
          await carryOutOrder(contextOf(name), execution.archive, execution.round, parts);
          execution.status = 'succeeded';
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          restart();
        }
    }
  };
  const take = (cause: string, closedAtMillis = nowMillis()) =>
    orders.take({ eid, cause, requestedBy: 'facade', closedBy: person, closedAtMillis });

  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer: HeadSigner = {
    keyId: 'alias/archive',
    algorithm: 'ECDSA_SHA_256',
    sign: async (bytes) => sign('sha256', bytes, keys.privateKey),
    publicKeyPem: async () => String(keys.publicKey.export({ type: 'spki', format: 'pem' })),
  };

  /** What archive-verify finds. */
  const faults = async (allowsUnsealed = false): Promise<readonly Fault[]> => {
    const found: Fault[] = [];
    const report: Report = (code, subject, detail) => void found.push({ code, subject: String(subject), detail });
    await verifyArchive(
      {
        name: 'memory',
        isBucket: true,
        async *list() {
          // As the sources of archive-verify, which list no other prefixes.
          for (const [key, { versionId }] of bucket.objects) if (!key.startsWith('numbers/')) yield { key, versionId };
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
    return found;
  };
  const keysOf = (pattern: RegExp): string[] => [...bucket.objects.keys()].filter((key) => pattern.test(key));
  return {
    ...{
      clock,
      nowMillis,
      tenant,
      process,
      restart,
      store,
      bucket,
      holdStore,
      life,
      parts,
      orders,
      executions,
      engine,
      exported,
      files,
      exportsAs,
      counts,
    },
    ...{ work, take, signer, faults },
    documents: () => keysOf(/\.pdf$/),
    manifests: () => keysOf(/manifest/),
  };
};
export type ArchiveWorld = ReturnType<typeof createArchiveWorld>;
