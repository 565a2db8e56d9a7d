/** One mix of requests, the same for each way to the tenant: Zipf over its entities, 5 % writes, edits behind. */
import { signalsBasePath } from '../../shared/config/names.ts';
import type { Exchange, NativeAnswer } from '../../shared/native/exchange.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import type { BenchTenant } from './tenant.ts';

/** One way to an answer. */
export type Way = (exchange: Exchange) => Promise<{ readonly answer: NativeAnswer; readonly isHit: boolean }>;

export type Seen = {
  reads: number;
  hits: number;
  /** Reads older than a write through the same way that had been answered before they began. */
  afterWrite: number;
  /** Reads older than an edit behind that had happened before they began. */
  behind: number;
  oldestMillis: number;
  readonly millis: number[];
};

const writeShare = 0.05;
const editShare = 0.02;

/** Park and Miller: the same numbers for each way. */
const createRandom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

/** Ranks by their share 1/rank, found by bisection. */
const createZipf = (entities: number, random: () => number) => {
  const sums: number[] = [];
  for (let rank = 1; rank <= entities; rank += 1) sums.push((sums.at(-1) ?? 0) + 1 / rank);
  return (): number => {
    const wanted = random() * (sums.at(-1) ?? 1);
    let low = 0;
    for (let high = entities - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
};

const bytesOf = async (body: NativeAnswer['body']): Promise<Buffer> => {
  if (body === undefined || body instanceof Uint8Array) return Buffer.from(body ?? []);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

export const createMix = (
  tenant: BenchTenant,
  { requests, seed, inFlight }: { readonly requests: number; readonly seed: number; readonly inFlight: number },
) => {
  const random = createRandom(seed);
  const zipf = createZipf(5_000, random);
  const upstream = createSignalsUpstream(tenant.url);
  const written = new Map<number, number>();

  const exchangeOf = (index: number, isWrite: boolean): Exchange => {
    const path = `/entities/experiment:${index}${isWrite ? '/properties' : ''}`;
    const method = isWrite ? 'PATCH' : 'GET';
    const deadlineMillis = Date.now() + 60_000;
    const body = isWrite ? Buffer.from('{"data":[]}') : undefined;
    return {
      ...upstream.catalogue.match(method, path),
      request: { requestId: '', method, path, query: [], headers: [], body, publicUrl: '', deadlineMillis },
      upstream,
      consumer: { id: 'bench', scopes: ['*:*'], state: 'active' },
      principal: 'service:signals',
      target: signalsBasePath + path,
    };
  };

  const readOnce = async (index: number, way: Way, seen: Seen): Promise<void> => {
    const startMillis = Date.now();
    const leastWritten = written.get(index) ?? 0;
    const leastKnown = tenant.latest(index);
    const { answer, isHit } = await way(exchangeOf(index, false));
    if (answer.status !== 200)
      throw new Error(`A read was answered with ${answer.status}: the figures would mean nothing.`);
    const version = Number(/"version":(\d+)/.exec((await bytesOf(answer.body)).toString())?.[1]);
    seen.reads += 1;
    if (isHit) seen.hits += 1;
    if (version < leastWritten) seen.afterWrite += 1;
    else if (version < leastKnown) seen.behind += 1;
    const replacedAt = tenant.replacedAt(index, version);
    if (replacedAt !== undefined) seen.oldestMillis = Math.max(seen.oldestMillis, startMillis - replacedAt);
  };

  const writeOnce = async (index: number, way: Way): Promise<void> => {
    const { answer } = await way(exchangeOf(index, true));
    const version = Number(/"version":(\d+)/.exec((await bytesOf(answer.body)).toString())?.[1]);
    written.set(index, Math.max(written.get(index) ?? 0, version));
  };

  return {
    async run(way: Way): Promise<Seen> {
      const seen: Seen = { reads: 0, hits: 0, afterWrite: 0, behind: 0, oldestMillis: 0, millis: [] };
      let left = requests;
      const work = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          const index = zipf();
          const dice = random();
          if (dice < editShare) tenant.edit(index);
          const start = performance.now();
          if (dice > 1 - writeShare) await writeOnce(index, way);
          else await readOnce(index, way, seen);
          seen.millis.push(performance.now() - start);
        }
      };
      await Promise.all(Array.from({ length: inFlight }, work));
      return seen;
    },
  };
};
