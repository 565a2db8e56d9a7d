/** Lists and sources in memory, in front of a system of record that answers as the test says. */
import { createMemoryEnvelope } from '../../../shared/credentials/adapters/memory-envelope.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import {
  createMemoryCopies,
  createMemoryCsvFiles,
  createMemoryDefinitions,
} from '../../../shared/lists/adapters/memory.ts';
import { createListAdmin } from '../../../shared/lists/admin/admin.ts';
import { createLists } from '../../../shared/lists/lists.ts';
import { createReadThrough } from '../../../shared/lists/read-through.ts';
import { createSources } from '../../../shared/lists/sources.ts';
import type { RecordCall } from '../../../shared/lists/system-of-record.ts';
import { createBreakable } from './breakable.ts';

/** Of every list and source of these tests. */
export const secretOfLists = 'secret-of-24-characters-or-more';

type Answer = { readonly status: number; readonly text: string };

const reagent = { code: 'R-1', name: 'Ethanol', purity: 99.5 };

export const createListParts = (clock: { nowMillis(): number }, networks: readonly string[] = ['public']) => {
  let callsLeft = Number.POSITIVE_INFINITY;
  const mayCall = (): boolean => {
    callsLeft -= 1;
    return callsLeft >= 0;
  };
  const definitions = createBreakable(createMemoryDefinitions(), mayCall);
  const copies = createBreakable(createMemoryCopies(), mayCall);
  const csvFiles = createMemoryCsvFiles();
  const envelope = createMemoryEnvelope();
  const calls: RecordCall[] = [];
  const troubles: string[] = [];
  let next: (call: RecordCall) => Promise<Answer> = async () => ({ status: 200, text: JSON.stringify(reagent) });
  const system = {
    async call(call: RecordCall) {
      calls.push(call);
      const { status, text } = await next(call);
      return { status, body: Buffer.from(text) };
    },
  };
  const readThrough = createReadThrough({
    ...{ copies: copies.store, clock },
    onTrouble: (trouble) => void troubles.push(trouble),
  });
  const serving = { system, envelope, csvFiles, readThrough, copies: copies.store };
  const lists = createLists(serving);
  const sources = createSources(serving);
  const admin = createListAdmin({
    ...{ definitions: definitions.store, copies: copies.store, envelope, clock, networks, isLocal: false },
  });
  const text = { type: 'text' } as const;
  const listSettings = {
    fields: [
      { name: 'code', ...text },
      { name: 'project', ...text },
    ],
    ...{ key: 'code', origin: { kind: 'table' as const }, freshSeconds: 300, staleSeconds: 604_800 },
  };
  const sourceSettings = {
    fields: [
      { name: 'code', ...text },
      { name: 'name', ...text },
      { name: 'purity', type: 'number' as const },
    ],
    ...{ key: 'code', freshSeconds: 0, staleSeconds: 86_400 },
    urls: {
      ...{ read: 'https://sor.example.com/items/{id}', create: 'https://sor.example.com/items' },
      update: 'https://sor.example.com/items/{id}',
    },
  };
  let auditFault: AppError | undefined;
  /** What the audit log has of writes to sources. */
  const writes: object[] = [];
  const audit = {
    async around<T>(act: object, run: () => Promise<T>): Promise<T> {
      if (auditFault) throw auditFault;
      const note = (outcome: string): void => void writes.push({ ...act, outcome });
      const result = await run().catch((error: unknown) => {
        note('failed');
        throw error;
      });
      note('done');
      return result;
    },
  };
  return {
    ...{
      audit,
      writes,
      definitions: definitions.store,
      copies: copies.store,
      lists,
      sources,
      admin,
      clock,
      calls,
      troubles,
      csvFiles,
    },
    ...{ listSettings, sourceSettings },
    addList: (settings: Partial<Parameters<typeof lists.serve>[0]> = {}) =>
      admin.create(
        'list',
        'projects',
        { ...listSettings, ...settings },
        { header: 'X-List-Secret', secret: secretOfLists },
      ),
    addSource: (settings: object = {}) =>
      admin.create(
        'source',
        'reagents',
        { ...sourceSettings, ...settings },
        { header: 'X-Source-Secret', secret: secretOfLists },
      ),
    /** The list `projects` is made anew, with items of an address. */
    takeFromUrl: async () => {
      await admin.remove('list', 'projects', undefined);
      const origin = { kind: 'url' as const, url: 'https://sor.example.com/projects' };
      const secrets = { header: 'X-List-Secret', secret: secretOfLists };
      await admin.create('list', 'projects', { ...listSettings, origin }, secrets);
    },
    /** What the system of record does from now on. */
    answer: (how: typeof next): void => {
      next = how;
    },
    answerWith: (how: AppError | number): void => {
      next = async () => {
        if (typeof how !== 'number') throw how;
        return { status: how, text: '{}' };
      };
    },
    breakAudit: (error: AppError): void => {
      auditFault = error;
    },
    /** As if the function was killed: its stores take so many calls more. */
    killAfter: (calls: number): void => {
      callsLeft = calls;
    },
    revive: (): void => {
      callsLeft = Number.POSITIVE_INFINITY;
    },
    breakStores: (error: AppError): void => {
      definitions.breakIt(error);
      copies.breakIt(error);
    },
  };
};
