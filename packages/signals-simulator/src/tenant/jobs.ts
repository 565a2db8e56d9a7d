/** Background jobs. A job is ready at a time of the clock, and its work is done when it is first read after that. */
import type { Clock } from '../clock.ts';
import type { Behaviour } from './behaviour.ts';

export interface Job<T> {
  readonly id: string;
  readonly kind: string;
  readonly startedAtMillis: number;
  readonly readyAtMillis: number;
  readonly payload: T;
}

export interface Jobs {
  /** @param id a number of its own unless given. */
  start<T>(kind: string, payload: T, id: string): Job<T>;
  get<T>(kind: string, id: string): Job<T> | undefined;
  remove(kind: string, id: string): boolean;
  isReady(job: Job<unknown>): boolean;
  /** Jobs of the kind that are not ready yet. */
  running<T>(kind: string): readonly Job<T>[];
  countRunning(kind: string): number;
}

export const createJobs = (clock: Clock, behaviour: Behaviour): Jobs => {
  const jobs = new Map<string, Job<unknown>>();
  const key = (kind: string, id: string) => `${kind}/${id}`;
  const isReady = (job: Job<unknown>) => clock.nowMillis() >= job.readyAtMillis;
  return {
    start(kind, payload, id) {
      const startedAtMillis = clock.nowMillis();
      const job = { id, kind, startedAtMillis, readyAtMillis: startedAtMillis + behaviour.jobMillis, payload };
      jobs.set(key(kind, id), job);
      return job;
    },
    get: <T>(kind: string, id: string) => jobs.get(key(kind, id)) as Job<T> | undefined,
    remove: (kind, id) => jobs.delete(key(kind, id)),
    isReady,
    running: <T>(kind: string) =>
      [...jobs.values()].filter((job) => job.kind === kind && !isReady(job)) as readonly Job<T>[],
    countRunning: (kind) => [...jobs.values()].filter((job) => job.kind === kind && !isReady(job)).length,
  };
};
