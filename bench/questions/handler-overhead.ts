/** Question: what does a proxied read cost on its way through the whole handler, beside the same read without it? */
import http from 'node:http';
import type { UpstreamTransport } from '../../shared/exchange/transport.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import type { Column, Question, Result, RunOptions, Table } from '../question.ts';
import type { ReadCase } from '../support/documents.ts';
import { interleave, millisOf, type Schedule } from '../support/interleave.ts';
import { type Answer, installLambdaRuntime, invoke } from '../support/lambda.ts';
import { nativeEvent } from '../support/native-event.ts';
import { createBenchHandler, publicUrl } from '../support/native-handler.ts';
import { quietStdout } from '../support/quiet-stdout.ts';
import { summarise } from '../support/statistics.ts';
import { type BenchUpstream, createInstantTransport, startLoopbackUpstream } from '../support/upstreams.ts';

export const question: Question = {
  name: 'handler-overhead',
  title: 'Overhead of the handler per proxied read',
  asks: 'What does the whole native handler, from event to streamed answer, add to a read of an upstream that answers at once?',
};

/** Does one read and returns the answer. */
type Read = () => Promise<Answer>;

/** One way to the answers: without the facade and through it. */
type Way = {
  readonly name: string;
  readonly title: string;
  readonly upstream: BenchUpstream;
  readonly direct: (one: ReadCase) => Read;
  readonly handler: unknown;
};

const drain = async (body: AsyncIterable<Buffer>): Promise<number> => {
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.byteLength;
  return bytes;
};

const readInstantly = (transport: UpstreamTransport, origin: string) => (one: ReadCase) => async () => {
  const target = signalsBasePath + one.path;
  const { status, body } = await transport.send({
    origin,
    method: 'GET',
    target,
    headers: [],
    body: undefined,
    firstByteMillis: 1_000,
    answerByMillis: Number.POSITIVE_INFINITY,
  });
  return { status, bodyBytes: await drain(body) };
};

/** A plain GET: connection kept, body counted as it arrives. */
const readOverHttp = (origin: string, agent: http.Agent) => (one: ReadCase) => () =>
  new Promise<Answer>((resolve, reject) => {
    const headers = { accept: 'application/vnd.api+json', 'x-api-key': 'bench-secret' };
    const request = http.get(origin + signalsBasePath + one.path, { agent, headers }, (response) => {
      let bodyBytes = 0;
      response.on('data', (chunk: Buffer) => {
        bodyBytes += chunk.byteLength;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bodyBytes }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });

/** Samples of small reads are cheap; large ones are fewer, so their p99 says less. */
const scheduleOf = ({ body }: ReadCase, quick: boolean): Schedule => {
  if (quick) return { rounds: 2, callsPerRound: 2, warmUpRounds: 1 };
  if (body.byteLength > 2_000_000) return { rounds: 50, callsPerRound: 2, warmUpRounds: 5 };
  if (body.byteLength > 500_000) return { rounds: 50, callsPerRound: 4, warmUpRounds: 5 };
  return { rounds: 100, callsPerRound: 20, warmUpRounds: 20 };
};

/** A run that measures wrong answers is worth nothing. */
const expectAnswer = (wanted: Answer, got: Answer, what: string): void => {
  if (wanted.status === got.status && wanted.bodyBytes === got.bodyBytes) return;
  throw new Error(`${what} answered ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}.`);
};

const measureCase = async (way: Way, one: ReadCase, quick: boolean) => {
  const event = nativeEvent(one.path);
  const direct = way.direct(one);
  const through = { status: one.status, bodyBytes: one.body.byteLength + one.links * linkGrowth(way.upstream.origin) };
  const samples = await interleave(
    [
      {
        name: 'direct',
        measure: async () => {
          let answer: Answer | undefined;
          const millis = await millisOf(async () => {
            answer = await direct();
          });
          expectAnswer({ status: one.status, bodyBytes: one.body.byteLength }, answer as Answer, 'The upstream');
          return millis;
        },
      },
      {
        name: 'handler',
        measure: async () => {
          let answer: () => Answer = () => ({ status: 0, bodyBytes: 0 });
          const millis = await millisOf(async () => {
            answer = await invoke(way.handler, event);
          });
          expectAnswer(through, answer(), 'The handler');
          return millis;
        },
      },
    ],
    scheduleOf(one, quick),
  );
  return {
    direct: summarise(samples.get('direct') ?? []),
    handler: summarise(samples.get('handler') ?? []),
    bytesOut: through.bodyBytes,
  };
};

/** Bytes that each rewritten link gains. */
const linkGrowth = (origin: string): number => publicUrl.length - origin.length;

const columns: readonly Column[] = [
  { key: 'case', title: 'read' },
  { key: 'bytesIn', title: 'bytes in' },
  { key: 'bytesOut', title: 'bytes out' },
  { key: 'samples', title: 'samples' },
  { key: 'callsPerRead', title: 'upstream calls/read', digits: 2 },
  { key: 'directMedianMillis', title: 'direct ms', digits: 3 },
  { key: 'handlerMedianMillis', title: 'handler ms', digits: 3 },
  { key: 'addedMillis', title: 'added ms', digits: 3 },
  { key: 'ratio', title: 'ratio', digits: 2 },
  { key: 'directP99Millis', title: 'direct p99', digits: 3 },
  { key: 'handlerP99Millis', title: 'handler p99', digits: 3 },
];

const rowOf = async (way: Way, one: ReadCase, quick: boolean) => {
  const callsBefore = way.upstream.calls();
  const { direct, handler, bytesOut } = await measureCase(way, one, quick);
  const { rounds, callsPerRound, warmUpRounds } = scheduleOf(one, quick);
  const reads = 2 * (rounds + warmUpRounds) * callsPerRound;
  return {
    case: one.name,
    bytesIn: one.body.byteLength,
    bytesOut,
    samples: handler.samples,
    callsPerRead: (way.upstream.calls() - callsBefore) / reads,
    directMedianMillis: direct.median,
    handlerMedianMillis: handler.median,
    addedMillis: handler.median - direct.median,
    ratio: handler.median / direct.median,
    directP99Millis: direct.p99,
    handlerP99Millis: handler.p99,
  };
};

const measureWay = async (way: Way, { quick, progress }: RunOptions): Promise<Table> => {
  const rows = [];
  for (const one of way.upstream.cases) {
    progress(`${way.name}: ${one.name}`);
    rows.push(await rowOf(way, one, quick));
  }
  return { name: way.name, title: way.title, columns, rows };
};

const createInstantWay = async (): Promise<Way> => {
  const transport = createInstantTransport();
  return {
    name: 'instant',
    title: 'Upstream without a network: what the handler alone costs (read "added ms"; the ratio is to almost nothing)',
    upstream: transport,
    direct: readInstantly(transport, transport.origin),
    handler: await createBenchHandler(transport.origin, transport),
  };
};

export const run = async (options: RunOptions): Promise<Result> => {
  installLambdaRuntime();
  const upstream = await startLoopbackUpstream();
  const agent = new http.Agent({ keepAlive: true });
  const transport = createNodeHttpTransport();
  const log = quietStdout();
  try {
    const instant = await createInstantWay();
    const loopback: Way = {
      name: 'loopback',
      title: 'Upstream on loopback: a plain GET against the handler with its real transport',
      upstream,
      direct: readOverHttp(upstream.origin, agent),
      handler: await createBenchHandler(upstream.origin, transport),
    };
    const tables = [await measureWay(instant, options), await measureWay(loopback, options)];
    return { tables, counts: { upstreamCalls: instant.upstream.calls() + upstream.calls(), logLines: log.requests() } };
  } finally {
    log.restore();
    transport.close();
    agent.destroy();
    await upstream.close();
  }
};
