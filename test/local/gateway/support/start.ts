/** Starts gateways for tests and closes them when the test is over. */
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Gateway, type GatewayOptions, startGateway } from '../../../../local/gateway/gateway.ts';
import { type TestAssembly, type TestRoute, writeAssembly } from './assembly.ts';

/** For assemblies without tables, queues, buckets and keys: nothing listens there. */
const nowhere = 'http://127.0.0.1:9';
export const noEndpoints = { dynamodb: nowhere, sqs: nowhere, s3: nowhere, kms: nowhere };

export const startTestGateway = async (
  assembly: TestAssembly,
  options: Partial<GatewayOptions> = {},
): Promise<Gateway> => {
  const assemblyDir = await writeAssembly(assembly);
  const gateway = await startGateway({ assemblyDir, port: 0, endpoints: noEndpoints, ...options });
  onTestFinished(() => gateway.close());
  return gateway;
};

/** A clock that stands at 07:59 UTC when it is first looked at, and from then on runs on from 200 ms before 08:00. */
export const createClock = () => {
  let started: number | undefined;
  return () => {
    if (started === undefined) {
      started = Date.now();
      return Date.parse('2026-01-05T07:59:00Z');
    }
    return Date.parse('2026-01-05T07:59:59.800Z') + Date.now() - started;
  };
};

/** Source of a streaming handler: `body` runs with `event`, `stream` (a raw response stream) and `context`. */
export const streaming = (body: string): string =>
  `export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
    const open = (head) => awslambda.HttpResponseStream.from(stream, head);
    ${body}
  });`;

/** A handler that streams its event back as JSON. */
export const echo = streaming(`
  const out = open({ statusCode: 200, headers: { 'Content-Type': 'application/json' } });
  out.write(JSON.stringify(event));
  out.end();
`);

/** Sends these bytes on a fresh connection and gives all that comes back until the other side closes. */
export const sendRaw = async (
  url: string,
  bytes: string | Buffer,
  encoding: BufferEncoding = 'utf8',
): Promise<string> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(bytes);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await new Promise((resolve) => socket.on('close', resolve));
  return Buffer.concat(chunks).toString(encoding);
};

/** Waits until `probe` gives something; the test's own time-out is the limit. */
export const eventually = async <T>(probe: () => Promise<T | undefined> | T | undefined): Promise<T> => {
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

export const anyRoute = (functionId: string, route: Partial<TestRoute> = {}): TestRoute[] => [
  { method: 'ANY', path: '/{proxy+}', functionId, ...route },
];
