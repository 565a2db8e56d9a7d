/** The world of a run of the kind `pdf`: a tenant that gives set answers, stores in memory, and an engine without a journal. */
import { Readable } from 'node:stream';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import { createMemoryExportStore } from '../../../shared/exports/adapters/memory.ts';
import { createExportAllowance } from '../../../shared/exports/allowance.ts';
import { carryOut, type RunParts } from '../../../shared/exports/carry-out.ts';
import { createExports } from '../../../shared/exports/exports.ts';
import type { JobContext } from '../../../shared/exports/job-context.ts';
import { JobFailure } from '../../../shared/exports/job-failure.ts';
import type { CallAnswer } from '../../../shared/exports/kind.ts';
import { createLeases } from '../../../shared/exports/leases.ts';
import type { PartUploads } from '../../../shared/exports/part-uploads.ts';
import { pdfKind } from '../../../shared/exports/pdf.ts';

export const wish = { kind: 'pdf', subject: 'experiment:e1', digest: '1', options: {}, principal: 'service' } as const;
export const file = Buffer.from('%PDF-1.7 text %%EOF');
export const json = (value: unknown): CallAnswer => ({
  status: 200,
  headers: [],
  body: Buffer.from(JSON.stringify(value)),
});
export const status = (code: number): CallAnswer => ({ status: code, headers: [], body: undefined });
export const sized = (bytes: number): CallAnswer => ({
  status: 200,
  headers: [['content-length', String(bytes)]],
  body: undefined,
});
export const bytes = (content: Buffer, length = content.byteLength): CallAnswer => ({
  ...sized(length),
  body: Readable.from([content]),
});
export const entity = (digest = '1') => json({ data: { attributes: { digest } } });

/** The answers of the tenant, each until there is another one after it. */
export type Tenant = {
  readonly entity: CallAnswer[];
  readonly start: CallAnswer[];
  readonly size: CallAnswer[];
  readonly file: CallAnswer[];
};
export const fine = (): Tenant => ({
  entity: [entity()],
  start: [json({ data: { attributes: { fileId: 'f1', fileName: 'Run 7.pdf' } } })],
  size: [sized(file.byteLength)],
  file: [bytes(file)],
});

/** Runs steps without a journal, and waits by moving the clock. */
export const createPdfWorld = (tenant: Partial<Tenant> = {}) => {
  const answers = { ...fine(), ...tenant };
  const clock = { millis: 1_000_000 };
  const nowMillis = () => clock.millis;
  const store = createMemoryExportStore();
  const events: string[] = [];
  let opened = 0;
  const uploads: PartUploads & { readonly made: Map<string, Buffer>; readonly open_: Set<string> } = {
    made: new Map(),
    open_: new Set(),
    open: async () => {
      const uploadId = `upload-${++opened}`;
      uploads.open_.add(uploadId);
      return uploadId;
    },
    listOpen: async () => [...uploads.open_],
    listOpenUnder: async () => [...uploads.open_].map((uploadId) => ({ key: 'k', uploadId, startedAtMillis: 0 })),
    putPart: async (key, _id, _number, part) => {
      parts.set(key, Buffer.concat([parts.get(key) ?? Buffer.alloc(0), part]));
      return 'tag';
    },
    complete: async (key, uploadId) => {
      uploads.made.set(key, parts.get(key) as Buffer);
      uploads.open_.delete(uploadId);
    },
    abort: async (_key, uploadId) => void uploads.open_.delete(uploadId),
    sizeOf: async (key) => uploads.made.get(key)?.byteLength,
  };
  const parts = new Map<string, Buffer>();
  const files: RunParts['files'] = {
    open: async () => undefined,
    put: async () => {},
    removeUnder: async () => {},
    partTags: async () => [],
  };
  const next = (list: CallAnswer[]): CallAnswer =>
    list.length > 1 ? (list.shift() as CallAnswer) : (list[0] as CallAnswer);
  const call: RunParts['call'] = async ({ method, path }) => {
    if (method === 'PUT') return next(answers.start);
    if (method === 'HEAD') return next(answers.size);
    return next(path.startsWith('/entities/export/pdf/') ? answers.file : answers.entity);
  };
  const context: JobContext = {
    step: async (_name, work) => work(),
    async poll(_name, initial, ask) {
      for (let { state, againSeconds } = await ask(initial); ; { state, againSeconds } = await ask(state)) {
        if (againSeconds === undefined) return state;
        clock.millis += againSeconds * 1_000;
      }
    },
  };
  const engine = {
    start: async (name: string) => `arn:${name}`,
    statusOf: async () => 'running' as const,
    stop: async () => {},
  };
  let ids = 0;
  const leases = createLeases(store, nowMillis, 4);
  const tell: RunParts['tell'] = async ({ id }, { state }) => void events.push(`${id} ${state}`);
  const common = { store, leases, uploads, nowMillis, tell, count: () => {}, kinds: [pdfKind], call, files };
  const allowance = createExportAllowance(store, nowMillis, 5);
  const exports = createExports({
    ...common,
    engine,
    allowance,
    onStartFailed: () => {},
    stage: 'test',
    newId: () => `job-${++ids}`,
  });
  const consumer: Consumer = { id: 'app', scopes: [], state: 'active' };
  return { ...common, engine, allowance, exports, consumer, context, clock, events };
};

/** Tries a step again after a fault, as the engine does. */
export const retrying = (context: JobContext): JobContext => ({
  ...context,
  step: async (_name, work) => {
    for (;;)
      try {
        return await work();
      } catch (error) {
        if (error instanceof JobFailure) throw error;
      }
  },
});

export const run = async (world: ReturnType<typeof createPdfWorld>) => {
  const { run: made, job } = await world.exports.create(world.consumer, wish);
  await carryOut(world.context, made.name, 'pdf', world);
  return world.exports.read(world.consumer, job.id);
};
