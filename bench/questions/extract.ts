/** Question: what does an extract of a library cost beside a client that asks for each page and each item? */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { startFacade } from '../cache/facade.ts';
import { startLibraryTenant } from '../exports/library-tenant.ts';
import { runNaiveExtract } from '../exports/naive-extract.ts';
import { startStoreProcess } from '../fanout/store-process.ts';
import { type Api, ask } from '../fanout/subscribers.ts';
import type { Column, Question, Result, RunOptions } from '../question.ts';

export const question: Question = {
  name: 'extract',
  title: 'An extract of a library',
  asks: 'How many calls to the tenant, how long and how much memory does an extract of all batches with structures take, beside a client that asks for each page and each item? What does a later one cost, and does the memory stay as it is with 100,000 rows?',
};

/** Three batches each. */
const sizes = {
  full: { assets: 4_000, manyAssets: 33_334, changed: 10 },
  quick: { assets: 100, manyAssets: 200, changed: 3 },
} as const;
const libraryEid = 'assetType:5f1e000000005f1e00000001';
const megabyte = 1_000_000;
/** Of the 512 MiB that the function has. */
const goalMegabytes = 256;
/** The share of the naive calls that a full extract may cost. */
const goalPercent = 5;
const tenantLimit = 1_000;
const mostWaitMillis = 1_200_000;

const columns: readonly Column[] = [
  { key: 'way', title: 'way' },
  { key: 'rows', title: 'rows' },
  { key: 'calls', title: 'calls to the tenant' },
  { key: 'percent', title: '% of the naive calls', digits: 2 },
  { key: 'seconds', title: 'seconds here', digits: 1 },
  { key: 'minutes', title: 'minutes at 1,000 a minute', digits: 1 },
  { key: 'peakMegabytes', title: 'most resident, MB', digits: 1 },
];

/** The most that a process has had in memory since it started (proc(5), VmHWM). */
const peakOf = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024) / megabyte;
};

type Extracted = { readonly rows: number; readonly cursor: string; readonly calls: number; readonly seconds: number };

const extract = async (api: Api, since?: string): Promise<Extracted> => {
  const startMillis = performance.now();
  const options = { of: 'batches', structure: 'smiles', ...(since === undefined ? {} : { since }) };
  const attributes = { kind: 'extract', library: 'Compounds', options };
  const { id } = await ask(api, 'POST', '/v1/exports', { type: 'export', attributes });
  for (const endMillis = Date.now() + mostWaitMillis; ; ) {
    const { state, failure, upstreamCalls } = (await ask(api, 'GET', `/v1/exports/${id}`)).attributes;
    if (failure) throw new Error(`The extract failed: ${failure.code}`);
    if (state === 'succeeded') {
      const seconds = (performance.now() - startMillis) / 1_000;
      const content = await fetch(`${api.url}/v1/exports/${id}/content`, { headers: { 'x-api-key': api.key } });
      const manifest = (await content.json()) as { extract: { rows: number; cursor: string } };
      return { ...manifest.extract, calls: upstreamCalls, seconds };
    }
    if (Date.now() > endMillis) throw new Error('The extract took too long');
    await sleep(250);
  }
};

const change = async (tenantUrl: string, count: number): Promise<void> => {
  for (let number = 1; number <= count; number += 1) {
    const eid = encodeURIComponent(`batch:5f1e1${String(number).padStart(19, '0')}`);
    const answer = await fetch(`${tenantUrl}${signalsBasePath}/materials/${eid}/properties?force=true`, {
      method: 'PATCH',
      headers: { 'x-api-key': demoKey, 'content-type': 'application/vnd.api+json' },
      body: JSON.stringify({ data: [{ attributes: { name: 'Supplier', value: `Changed ${number}` } }] }),
    });
    if (!answer.ok) throw new Error(`A change was answered with ${answer.status}`);
  }
};

/** A tenant with a library, and the facade in front of it. */
const inScene = async <T>(
  assets: number,
  act: (api: Api, tenantUrl: string, peakMegabytes: () => Promise<number>) => Promise<T>,
): Promise<T> => {
  const tenant = await startLibraryTenant(assets);
  const [dynamodb, sqs, s3] = await Promise.all([
    startStoreProcess('dynamodb'),
    startStoreProcess('sqs'),
    startStoreProcess('s3'),
  ]);
  const facade = await startFacade(tenant.url, { stores: { dynamodb, sqs, s3 } });
  const peakMegabytes = async () => Math.max(...(await Promise.all(facade.gateway.pidsOf('jobs').map(peakOf))));
  try {
    return await act(facade.way, tenant.url, peakMegabytes);
  } finally {
    await facade.close();
    await tenant.close();
  }
};

const row = (
  way: string,
  { rows, calls, seconds }: Omit<Extracted, 'cursor'>,
  naive: number,
  peakMegabytes: number,
) => ({
  ...{ way, rows, calls, seconds, peakMegabytes },
  ...{ percent: (100 * calls) / naive, minutes: calls / tenantLimit },
});

/** A call for each page and one for each item. */
const naiveCalls = (rows: number): number => Math.ceil(rows / 100) + rows;

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  if (process.platform !== 'linux') throw new Error('Memory of a process is read from /proc, which only Linux has');
  const { assets, manyAssets, changed } = sizes[quick ? 'quick' : 'full'];
  const rows = await inScene(assets, async (api, tenantUrl, peak) => {
    progress(`a client that asks for each of ${assets * 3} batches`);
    const naive = await runNaiveExtract(tenantUrl, libraryEid);
    progress('an extract of the same');
    const full = await extract(api);
    const fullRow = row('extract', full, naive.calls, await peak());
    await change(tenantUrl, changed);
    progress('an extract of what was changed');
    const later = await extract(api, full.cursor);
    return [
      row('a call for each page and item', naive, naive.calls, naive.peakBytes / megabyte),
      fullRow,
      row(`extract since then, ${changed} changed`, later, naive.calls, await peak()),
    ];
  });
  progress(`an extract of ${manyAssets * 3} batches`);
  const large = await inScene(manyAssets, async (api, _, peak) => {
    const many = await extract(api);
    return row('extract of many', many, naiveCalls(many.rows), await peak());
  });
  const [naive, full, later] = rows as [typeof large, typeof large, typeof large];
  const broken = [
    ...(full.rows === naive.rows && large.rows === manyAssets * 3 ? [] : ['An extract is not complete']),
    ...(later.rows === changed ? [] : ['An extract of changes has other rows than those that were changed']),
    // A small library costs a call or two for the start, the look and the file.
    ...(!quick && full.percent > goalPercent ? [`An extract costs more than ${goalPercent} % of the naive calls`] : []),
    ...(large.peakMegabytes > goalMegabytes ? [`The function takes more than ${goalMegabytes} MB`] : []),
  ];
  return {
    tables: [{ name: 'extract', title: 'Batches with structures', columns, rows: [...rows, large] }],
    counts: { naiveCalls: naive.calls, fullCalls: full.calls, laterCalls: later.calls, manyRows: large.rows },
    broken,
  };
};
