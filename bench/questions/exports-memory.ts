/** Question: how much memory does the function of exports take while a large PDF passes through it? */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFacade } from '../cache/facade.ts';
import { startLargePdfs } from '../exports/large-pdf.ts';
import { createTenant, type Tenant } from '../exports/tenant.ts';
import { startStoreProcess } from '../fanout/store-process.ts';
import { type Api, ask } from '../fanout/subscribers.ts';
import type { Column, Question, Result, RunOptions } from '../question.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

export const question: Question = {
  name: 'exports-memory',
  title: 'Memory of the function of exports',
  asks: 'How much memory does the function take while it streams a PDF of 200 MB from the tenant into its bucket, and from there into the archive?',
};

const megabyte = 1_000_000;
const sizes = { full: 200, quick: 20 } as const;
/** Of 512 MiB that the function has. */
const goalMegabytes = 256;
const smallBytes = 100_000;
const mostWaitMillis = 240_000;
const pollMillis = 500;

const columns: readonly Column[] = [
  { key: 'work', title: 'after' },
  { key: 'megabytes', title: 'bytes, MB', digits: 1 },
  { key: 'seconds', title: 'seconds', digits: 1 },
  { key: 'peakMegabytes', title: 'most resident, MB', digits: 1 },
  { key: 'goal', title: 'goal' },
];

/** The most that a process has had in memory since it started (proc(5), VmHWM). */
const peakOf = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024) / megabyte;
};

const until = async (isDone: () => Promise<boolean>, what: string): Promise<void> => {
  for (const endMillis = Date.now() + mostWaitMillis; ; ) {
    if (await isDone()) return;
    if (Date.now() > endMillis) throw new Error(`${what} took more than ${mostWaitMillis / 60_000} minutes`);
    await sleep(pollMillis);
  }
};

const exportPdf = async (api: Api, entity: string): Promise<void> => {
  const attributes = { kind: 'pdf', entity };
  const { id } = await ask(api, 'POST', '/v1/exports', { type: 'export', attributes });
  await until(async () => {
    const { state, failure } = (await ask(api, 'GET', `/v1/exports/${id}`)).attributes;
    if (failure) throw new Error(`The export failed: ${failure.code}`);
    return state === 'succeeded';
  }, 'An export');
};

/** The export that the archive has made, and the copy. */
const archive = async (api: Api, tenant: Tenant, entity: string): Promise<void> => {
  await tenant.close(entity);
  const path = `/v1/archive?filter[entity]=${encodeURIComponent(entity)}`;
  await until(async () => (await ask(api, 'GET', path)).length > 0, 'The archive');
};

type Scene = {
  readonly api: Api;
  readonly tenant: Tenant;
  readonly give: (bytes: number) => void;
  readonly pids: () => readonly number[];
  readonly close: () => Promise<void>;
};

const startScene = async (): Promise<Scene> => {
  const simulator = await startSimulatorProcess('--entities', '100');
  const pdfs = await startLargePdfs(simulator.url);
  const [dynamodb, sqs, s3] = await Promise.all([
    startStoreProcess('dynamodb'),
    startStoreProcess('sqs'),
    startStoreProcess('s3'),
  ]);
  const facade = await startFacade(pdfs.url, { stores: { dynamodb, sqs, s3 } });
  const tenant = createTenant(simulator.url);
  await tenant.pushTo(facade.way.url);
  const close = async (): Promise<void> => {
    await facade.close();
    await pdfs.close();
    await simulator.stop();
  };
  return { ...{ api: facade.way, tenant, give: pdfs.give, close }, pids: () => facade.gateway.pidsOf('jobs') };
};

const measure = async ({ api, tenant, give, pids }: Scene, { quick, progress }: RunOptions): Promise<Result> => {
  const large = (quick ? sizes.quick : sizes.full) * megabyte;
  const [first, second, third] = (await tenant.openExperiments(3)) as [string, string, string];
  const rows: Record<string, string | number>[] = [];
  const row = async (work: string, bytes: number, run: () => Promise<void>): Promise<void> => {
    progress(work);
    give(bytes);
    const sinceMillis = performance.now();
    await run();
    const seconds = (performance.now() - sinceMillis) / 1_000;
    const peaks = await Promise.all(pids().map(peakOf));
    rows.push({
      ...{ work, megabytes: bytes / megabyte, seconds, peakMegabytes: Math.max(...peaks) },
      goal: goalMegabytes,
    });
  };
  await row('a small PDF', smallBytes, () => exportPdf(api, first));
  await row('a large PDF', large, () => exportPdf(api, second));
  await row('a large PDF in the archive', large, () => archive(api, tenant, third));
  const most = Math.max(...rows.map(({ peakMegabytes }) => Number(peakMegabytes)));
  return {
    tables: [{ name: 'memory', title: 'Processes of the function, each since its start', columns, rows }],
    counts: { largeBytes: large, peakMegabytes: Math.ceil(most), isBelowGoal: Number(most < goalMegabytes) },
  };
};

export const run = async (options: RunOptions): Promise<Result> => {
  if (process.platform !== 'linux') throw new Error('Memory of a process is read from /proc, which only Linux has');
  const scene = await startScene();
  try {
    return await measure(scene, options);
  } finally {
    await scene.close();
  }
};
