/**
 * One mix of requests over HTTP, the same for each way to the tenant: Zipf over its experiments, 5 % writes, edits behind.
 * Only the driver writes, one write to an experiment at a time, so it can check which version each read may show.
 */
import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { createReasons, type Reason } from './reasons.ts';

/** One way to the tenant: a base URL and the key that it takes. */
export type Way = {
  readonly url: string;
  readonly key: string;
  /** Told of each edit that was made directly at the tenant. */
  readonly onEdit?: (id: string) => void;
};
export type Experiment = { readonly id: string; readonly isOpen: boolean };

export type Seen = {
  reads: number;
  hits: number;
  /** Reads older than a write through the same way that had been answered before they began. */
  afterWrite: number;
  /** Reads older than an edit made directly at the tenant that had been answered before they began. */
  behind: number;
  oldestMillis: number;
  /** Edits made directly at the tenant. */
  edits: number;
  /** Calls for reads, by their reason: counted where the way sends `Cache-Status`. */
  readonly calls: Readonly<Record<Reason, number>>;
  readonly readMillis: number[];
  readonly writeMillis: number[];
};

type Version = { readonly number: number; readonly doneAtMillis: number; readonly isBehind: boolean };

export const writeShare = 0.05;
export const editShare = 0.02;
const agent = new Agent({ keepAlive: true, maxSockets: 128 });
const mediaType = 'application/vnd.api+json';

type Answer = { readonly status: number; readonly text: string; readonly cacheStatus: string };

const sendOnce = (method: string, { url, key }: Way, path: string, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = { 'x-api-key': key, accept: mediaType, ...(body ? { 'content-type': mediaType } : {}) };
    const sent = request(url + signalsBasePath + path, { agent, method, headers }, async (response) => {
      const { statusCode = 0, headers: answered } = response;
      const cacheStatus = String(answered['cache-status'] ?? answered['x-cache'] ?? '');
      resolve({ status: statusCode, text: (await buffer(response)).toString(), cacheStatus });
    });
    sent.once('error', reject);
    sent.end(body);
  });

const retryMillis = 1_000;

/** Sends again what the facade has refused and not sent: on a busy machine, the emulated table of its quota may answer too late. */
const send = async (...call: Parameters<typeof sendOnce>): Promise<Answer> => {
  for (;;) {
    const answer = await sendOnce(...call);
    if (!/"code":"(QUOTA_UNAVAILABLE|TOO_MANY_REQUESTS)"/.test(answer.text)) return answer;
    await sleep(retryMillis);
  }
};

/** Park and Miller: the same numbers for each way. */
const createRandom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

/** Ranks by their share 1/rank, found by bisection. */
export const createZipf = (count: number, random: () => number) => {
  const sums: number[] = [];
  for (let rank = 1; rank <= count; rank += 1) sums.push((sums.at(-1) ?? 0) + 1 / rank);
  return (): number => {
    const wanted = random() * (sums.at(-1) ?? 1);
    let low = 0;
    for (let high = count - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
};

/** The tenant's experiments. */
export const listExperiments = async (tenantUrl: string, count: number): Promise<readonly Experiment[]> => {
  const found: Experiment[] = [];
  for (let offset = 0; found.length < count; offset += 100) {
    const path = `/entities?includeTypes=experiment&page[offset]=${offset}&page[limit]=100`;
    const { text } = await send('GET', { url: tenantUrl, key: demoKey }, path);
    const { data } = JSON.parse(text) as { data: { id: string; attributes: { state?: string } }[] };
    if (data.length === 0) throw new Error(`The tenant has only ${found.length} experiments.`);
    found.push(...data.map(({ id, attributes }) => ({ id, isOpen: attributes.state === 'open' })));
  }
  return found.slice(0, count);
};

/** Sends this many requests at once, a few times, so that all processes have started. */
export const warmUp = async (way: Way, inFlight: number): Promise<void> => {
  for (let round = 0; round < 3; round += 1)
    await Promise.all(Array.from({ length: inFlight }, () => send('GET', way, '/version')));
};

export type MixOptions = {
  readonly requests: number;
  readonly inFlight: number;
  readonly seed: number;
  readonly tenantUrl: string;
  readonly experiments: readonly Experiment[];
};

export const runMix = async (way: Way, options: MixOptions): Promise<Seen> => {
  const { requests, inFlight, seed, tenantUrl, experiments } = options;
  const random = createRandom(seed);
  const zipf = createZipf(experiments.length, random);
  const versions = new Map<string, Version[]>();
  const queues = new Map<string, Promise<unknown>>();
  const reasons = createReasons();
  const seen: Seen = {
    reads: 0,
    hits: 0,
    afterWrite: 0,
    behind: 0,
    oldestMillis: 0,
    edits: 0,
    calls: reasons.counts,
    readMillis: [],
    writeMillis: [],
  };
  const idAt = (rank: number): string => (experiments[rank] as Experiment).id;
  /** Only open experiments take writes: the next open one does. */
  const openAt = (rank: number): string => {
    const open = experiments.slice(rank).find(({ isOpen }) => isOpen) ?? experiments.find(({ isOpen }) => isOpen);
    return (open as Experiment).id;
  };

  const writeNow = async (id: string, to: Way, isBehind: boolean): Promise<number> => {
    const known = versions.get(id) ?? [];
    const number = (known.at(-1)?.number ?? 0) + 1;
    const body = JSON.stringify({
      data: [{ attributes: { name: 'Description', value: `version ${number} of the mix` } }],
    });
    const startMillis = performance.now();
    const { status, text } = await send('PATCH', to, `/entities/${id}/properties?force=true`, body);
    if (status !== 200) throw new Error(`A write was answered with ${status}: ${text.slice(0, 300)}`);
    if (isBehind) {
      seen.edits += 1;
      way.onEdit?.(id);
    }
    versions.set(id, [...known, { number, doneAtMillis: Date.now(), isBehind }]);
    return performance.now() - startMillis;
  };

  /** Writes to one experiment wait for one another. */
  const write = (id: string, to: Way, isBehind: boolean): Promise<number> => {
    const mine = (queues.get(id) ?? Promise.resolve()).then(() => writeNow(id, to, isBehind));
    queues.set(id, mine);
    return mine;
  };

  const readOnce = async (id: string): Promise<void> => {
    const startMillis = Date.now();
    const known = [...(versions.get(id) ?? [])];
    const start = performance.now();
    const { status, text, cacheStatus } = await send('GET', way, `/entities/${id}`);
    seen.readMillis.push(performance.now() - start);
    if (status !== 200) throw new Error(`A read was answered with ${status}: ${text.slice(0, 300)}`);
    const edits = known.filter(({ isBehind }) => isBehind).length;
    reasons.note(id, cacheStatus, { writes: known.length - edits, edits, atMillis: startMillis });
    const shown = Number(/"version (\d+) of the mix"/.exec(text)?.[1] ?? 0);
    const missed = known.filter(({ number }) => number > shown);
    seen.reads += 1;
    if (/HIT|hit/.test(cacheStatus)) seen.hits += 1;
    if (missed.some(({ isBehind }) => !isBehind)) seen.afterWrite += 1;
    else if (missed.length > 0) seen.behind += 1;
    const [first] = missed;
    if (first) seen.oldestMillis = Math.max(seen.oldestMillis, startMillis - first.doneAtMillis);
  };

  let left = requests;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const rank = zipf();
      const dice = random();
      if (dice < editShare) await write(openAt(rank), { url: tenantUrl, key: demoKey }, true);
      if (dice > 1 - writeShare) seen.writeMillis.push(await write(openAt(rank), way, false));
      else await readOnce(idAt(rank));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  return seen;
};
