/** ExportStore in memory, for tests. */
import type { Job, Run } from '../export-record.ts';
import { emptyBook, type LeaseBook } from '../lease-book.ts';
import type { ExportStore, OpenExports } from '../store.ts';

export const createMemoryExportStore = (): ExportStore => {
  const rounds = new Map<string, number>();
  const runs = new Map<string, Run>();
  const jobs = new Map<string, Job>();
  const open = new Map<string, OpenExports>();
  let leases: LeaseBook = emptyBook;
  const newestFirst = (a: Job, b: Job): number => (a.id < b.id ? 1 : -1);
  return {
    readRound: async (wishName) => rounds.get(wishName),
    async writeRound(wishName, before, after) {
      if (rounds.get(wishName) !== before) return false;
      rounds.set(wishName, after);
      return true;
    },
    readRun: async (name) => runs.get(name),
    async writeRun(after) {
      if ((runs.get(after.name)?.version ?? 0) !== after.version - 1) return false;
      runs.set(after.name, after);
      return true;
    },
    listOpen: async () => [...runs.values()].filter(({ isAnnounced }) => !isAnnounced).map(({ name }) => name),
    readJob: async (consumerId, id) => jobs.get(`${consumerId} ${id}`),
    async writeJob(job) {
      jobs.set(`${job.consumerId} ${job.id}`, job);
    },
    async listJobs(consumerId, limit, cursor) {
      const all = [...jobs.values()].filter((job) => job.consumerId === consumerId).sort(newestFirst);
      const rest = cursor === undefined ? all : all.filter(({ id }) => id < cursor);
      const page = rest.slice(0, limit);
      return rest.length > limit ? { jobs: page, cursor: page.at(-1)?.id as string } : { jobs: page };
    },
    jobsOf: async (runName) => [...jobs.values()].filter((job) => job.runName === runName),
    readOpenExports: async (consumerId) => open.get(consumerId) ?? { version: 0, open: [] },
    async writeOpenExports(consumerId, after) {
      if ((open.get(consumerId)?.version ?? 0) !== after.version - 1) return false;
      open.set(consumerId, after);
      return true;
    },
    readLeases: async () => leases,
    async writeLeases(after) {
      if (leases.version !== after.version - 1) return false;
      leases = after;
      return true;
    },
  };
};
