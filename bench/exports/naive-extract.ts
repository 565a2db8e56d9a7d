/**
 * The client that the extract replaces, in a process of its own: a call for each page of 100, and a call for the structure of each item.
 * Behind the 5,000 that offsets reach, it goes on by `createdAt`. It sends one call at a time, as scripts do.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';

export type NaiveReport = {
  readonly rows: number;
  readonly calls: number;
  readonly seconds: number;
  readonly peakBytes: number;
};

export const runNaiveExtract = async (tenantUrl: string, libraryEid: string): Promise<NaiveReport> => {
  const child = fork(fileURLToPath(import.meta.url), [tenantUrl, libraryEid], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [report] = (await once(child, 'message')) as [NaiveReport];
  return report;
};

type Hit = { readonly id: string; readonly attributes: { readonly createdAt: string } };
type Page = { readonly data: readonly Hit[] };

const pageSize = 100;
const lastOffset = 5_000;

const extract = async (tenantUrl: string, libraryEid: string): Promise<NaiveReport> => {
  const startMillis = performance.now();
  let calls = 0;
  const ask = async (method: string, path: string, body?: object): Promise<Response> => {
    calls += 1;
    const headers = { 'x-api-key': demoKey, ...(body ? { 'content-type': 'application/json' } : {}) };
    const answer = await fetch(tenantUrl + signalsBasePath + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}`);
    return answer;
  };
  const match = (field: string, value: string | boolean) => ({ $match: { field, value, mode: 'keyword' } });
  const rows = new Map<string, { readonly hit: Hit; readonly structure: string }>();
  const hits = new Map<string, Hit>();
  let from: string | undefined;
  for (let offset = 0; ; ) {
    const $and = [
      ...[match('type', 'batch'), match('assetTypeEid', libraryEid), { $match: { field: 'isTemplate', value: false } }],
      ...(from === undefined ? [] : [{ $gte: { field: 'createdAt', value: from, as: 'date' } }]),
    ];
    const path = `/entities/search?page[offset]=${offset}&page[limit]=${pageSize}&sort=createdAt`;
    const { data } = (await (await ask('POST', path, { query: { $and } })).json()) as Page;
    for (const hit of data) hits.set(hit.id, hit);
    if (data.length < pageSize) break;
    offset += pageSize;
    if (offset <= lastOffset) continue;
    from = data.at(-1)?.attributes.createdAt;
    offset = 0;
  }
  for (const hit of hits.values()) {
    const answer = await ask('GET', `/materials/${encodeURIComponent(hit.id)}?structureFormat=smiles`);
    const { data } = (await answer.json()) as { data: { attributes: { structure: string } } };
    rows.set(hit.id, { hit, structure: data.attributes.structure });
  }
  const seconds = (performance.now() - startMillis) / 1_000;
  return { rows: rows.size, calls, seconds, peakBytes: process.resourceUsage().maxRSS * 1_024 };
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.send?.(await extract(process.argv[2] ?? '', process.argv[3] ?? ''), () => process.exit(0));
