/** Starts gateways for tests and closes them when the test is over. */
import { onTestFinished } from 'vitest';
import { type Gateway, type GatewayOptions, startGateway } from '../../../../local/gateway/gateway.ts';
import { type TestAssembly, writeAssembly } from './assembly.ts';

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
