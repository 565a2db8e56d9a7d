/** How many exports one consumer may have open at a time, so that no consumer fills the queue of all. */
import { AppError } from '../errors/app-error.ts';
import { isOver } from './export-record.ts';
import type { ExportStore, OpenExport } from './store.ts';

/** The job of an export is written within this time after it was counted, or its function has died. */
const graceMillis = 60_000;
const mostTries = 50;
const retryAfterSeconds = 60;

type AllowanceStore = Pick<ExportStore, 'readOpenExports' | 'writeOpenExports' | 'readJob' | 'readRun'>;

export const createExportAllowance = (store: AllowanceStore, nowMillis: () => number, most: number) => {
  const isOpen = async (consumerId: string, { id, sinceMillis }: OpenExport): Promise<boolean> => {
    const job = await store.readJob(consumerId, id);
    if (!job) return sinceMillis + graceMillis > nowMillis();
    if (job.cancelledAtMillis !== undefined) return false;
    const run = await store.readRun(job.runName);
    return run !== undefined && !isOver(run.state);
  };

  /** Exports that have ended stay in the record until it is full. */
  const withRoom = async (consumerId: string, open: readonly OpenExport[]): Promise<readonly OpenExport[]> => {
    if (open.length < most) return open;
    const states = await Promise.all(open.map((one) => isOpen(consumerId, one)));
    return open.filter((_one, index) => states[index]);
  };

  const refusal = (): AppError =>
    new AppError('EXPORT_LIMIT', {
      detail: `${most} exports of yours are open, and no more may be. Wait until one has ended, or cancel one.`,
      retryAfterSeconds,
    });

  return {
    /** Counts a new export, before its job is written. @throws AppError EXPORT_LIMIT. */
    async take(consumerId: string, id: string): Promise<void> {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const { version, open } = await store.readOpenExports(consumerId);
        const left = await withRoom(consumerId, open);
        if (left.length >= most) throw refusal();
        const after = { version: version + 1, open: [...left, { id, sinceMillis: nowMillis() }] };
        if (await store.writeOpenExports(consumerId, after)) return;
      }
      throw refusal();
    },
  };
};
export type ExportAllowance = ReturnType<typeof createExportAllowance>;
