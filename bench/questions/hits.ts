/** Question: what does a hit of the cache cost, beside a bare handler that has the same bytes at hand? */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import middy from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/executionModeStreamifyResponse';
import { createMemoryCacheStore } from '../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../shared/cache/plan-native.ts';
import { jsonApiMediaType } from '../../shared/config/names.ts';
import type { UpstreamTransport } from '../../shared/exchange/transport.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { Column, Question, Result, RunOptions } from '../question.ts';
import { type ReadCase, readCases } from '../support/documents.ts';
import { interleave, millisOf, type Schedule } from '../support/interleave.ts';
import { installLambdaRuntime, invoke } from '../support/lambda.ts';
import { nativeEvent } from '../support/native-event.ts';
import { createBenchHandler } from '../support/native-handler.ts';
import { quietStdout } from '../support/quiet-stdout.ts';
import { summarise } from '../support/statistics.ts';

export const question: Question = {
  name: 'hits',
  title: 'A hit of the cache beside a bare handler',
  asks: 'What does a hit cost when the store answers at once, beside a middy handler that streams the same bytes?',
};

type HitCase = {
  readonly name: string;
  readonly read: ReadCase;
  readonly coding: 'identity' | 'gzip';
  readonly goal: number;
};

const origin = 'https://snb.example.com';

/** Goals of issue 19: how many times a bare handler. */
const hitCases = (): readonly HitCase[] => {
  const [small, listing] = readCases(origin) as [ReadCase, ReadCase];
  return [
    { name: small.name, read: small, coding: 'identity', goal: 3 },
    { name: listing.name, read: listing, coding: 'identity', goal: 4 },
    { name: `${listing.name}, gzip`, read: listing, coding: 'gzip', goal: 4 },
  ];
};

const bytesOf = ({ read, coding }: HitCase): Uint8Array => (coding === 'gzip' ? gzipSync(read.body) : read.body);

/** An upstream that has the answer at hand, and counts. */
const createTransport = (one: HitCase): UpstreamTransport & { readonly calls: () => number } => {
  let calls = 0;
  const body = bytesOf(one);
  const coding = one.coding === 'gzip' ? ([['content-encoding', 'gzip']] as const) : [];
  return {
    calls: () => calls,
    send: async ({ target }) => {
      calls += 1;
      if (target !== signalsBasePath + one.read.path) throw new Error(`${target} is not the read of ${one.name}.`);
      const headers = [...one.read.headers, ...coding, ['content-length', String(body.byteLength)] as const];
      return { status: 200, headers, body: Readable.from([body], { objectMode: false }) };
    },
  };
};

/** The least that a handler does which streams bytes. */
const createBareHandler = (body: Uint8Array): unknown =>
  awslambda.streamifyResponse(
    middy({ executionMode: executionModeStreamifyResponse }).handler(async () => ({
      statusCode: 200,
      multiValueHeaders: { 'content-type': [jsonApiMediaType] },
      body: Readable.from([body]),
    })) as unknown as Parameters<typeof awslambda.streamifyResponse>[0],
  );

const createHandler = (transport: UpstreamTransport): Promise<unknown> => {
  const store = createMemoryCacheStore(systemClock);
  const cache = createAnswerCache({ store, clock: systemClock, plan: createNativePlanner(store) });
  return createBenchHandler(origin, transport, cache);
};

const scheduleOf = (quick: boolean): Schedule =>
  quick ? { rounds: 2, callsPerRound: 2, warmUpRounds: 1 } : { rounds: 300, callsPerRound: 10, warmUpRounds: 100 };

const columns: readonly Column[] = [
  { key: 'case', title: 'hit' },
  { key: 'bytesOut', title: 'bytes out' },
  { key: 'samples', title: 'samples' },
  { key: 'upstreamCalls', title: 'upstream calls' },
  { key: 'bareMillis', title: 'bare ms', digits: 4 },
  { key: 'hitMillis', title: 'hit ms', digits: 4 },
  { key: 'ratio', title: 'ratio', digits: 2 },
  { key: 'goal', title: 'goal' },
  { key: 'hitP99Millis', title: 'hit p99', digits: 4 },
];

const measureCase = async (one: HitCase, quick: boolean) => {
  const transport = createTransport(one);
  const event = nativeEvent(one.read.path, one.coding);
  const through = await createHandler(transport);
  const first = (await invoke(through, event))();
  if (first.status !== 200) throw new Error(`The handler answered ${first.status}.`);
  const bare = createBareHandler(new Uint8Array(first.bodyBytes));
  const measure = (handler: unknown) => async () => {
    let answer = () => first;
    const millis = await millisOf(async () => {
      answer = await invoke(handler, event);
    });
    if (answer().bodyBytes !== first.bodyBytes) throw new Error(`An answer has ${answer().bodyBytes} bytes.`);
    return millis;
  };
  const subjects = [
    { name: 'bare', measure: measure(bare) },
    { name: 'hit', measure: measure(through) },
  ];
  const samples = await interleave(subjects, scheduleOf(quick));
  const [bareTimes, hitTimes] = [summarise(samples.get('bare') ?? []), summarise(samples.get('hit') ?? [])];
  return {
    case: one.name,
    bytesOut: first.bodyBytes,
    samples: hitTimes.samples,
    upstreamCalls: transport.calls(),
    bareMillis: bareTimes.median,
    hitMillis: hitTimes.median,
    ratio: hitTimes.median / bareTimes.median,
    goal: one.goal,
    hitP99Millis: hitTimes.p99,
  };
};

export const run = async ({ quick, progress }: RunOptions): Promise<Result> => {
  installLambdaRuntime();
  const log = quietStdout();
  try {
    const rows = [];
    for (const one of hitCases()) {
      progress(one.name);
      rows.push(await measureCase(one, quick));
    }
    const counts = { upstreamCalls: rows.reduce((sum, { upstreamCalls }) => sum + upstreamCalls, 0) };
    return {
      tables: [{ name: 'hits', title: 'Hits from memory, with a store that answers at once', columns, rows }],
      counts,
    };
  } finally {
    log.restore();
  }
};
