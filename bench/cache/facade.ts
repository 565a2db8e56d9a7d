/** The whole facade on loopback, cache on, in front of a tenant: bundled functions, emulators in other processes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startKms } from '../../local/emulators/kms/server.ts';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { startSqs } from '../../local/emulators/sqs.ts';
import { startGateway } from '../../local/gateway/gateway.ts';
import type { Log } from '../../local/gateway/lambda/worker.ts';
import { seedGateway } from '../../local/start/seed-gateway.ts';
import { synthesize } from '../../local/start/synthesize.ts';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { variables } from '../../shared/config/names.ts';
import { startCountingProxy } from './counting-proxy.ts';
import { startDynamoProcess } from './dynamo-process.ts';
import type { Way } from './mix.ts';

type Store = { readonly url: string; close(): Promise<void> };

type FacadeOptions = {
  /** In place of a DynamoDB that is counted and an SQS in this process. */
  readonly stores?: { readonly dynamodb: Store; readonly sqs: Store; readonly s3?: Store };
  /** Over the variables of every function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets every line that the functions print. */
  readonly log?: Log;
  /** As of the gateway: whether the rules of the template run at their times. */
  readonly runsSchedules?: boolean;
  /** Most processes of any one function. */
  readonly mostProcesses?: number;
};

const startCountedDynamo = async () => {
  const dynamo = await startDynamoProcess();
  const counting = await startCountingProxy(dynamo.url);
  return {
    ...{ url: counting.url, of: counting.of },
    close: async (): Promise<void> => {
      await counting.close();
      await dynamo.close();
    },
  };
};

export const startFacade = async (
  tenantUrl: string,
  { environment, log, stores, ...gatewayOptions }: FacadeOptions = {},
) => {
  const folder = await mkdtemp(join(tmpdir(), 'facade-bench-'));
  const outDir = join(folder, 'cdk.out');
  await synthesize({ outDir, port: 4000, signalsUrl: tenantUrl, signal: new AbortController().signal });
  const counted = stores ? undefined : await startCountedDynamo();
  const dynamodb = stores?.dynamodb ?? (counted as Store);
  const [sqs, s3, kms] = await Promise.all([stores?.sqs ?? startSqs({}), stores?.s3 ?? startS3({}), startKms({})]);
  const endpoints = { dynamodb: dynamodb.url, sqs: sqs.url, s3: s3.url, kms: kms.url };
  const gateway = await startGateway({
    assemblyDir: outDir,
    port: 0,
    ...gatewayOptions,
    endpoints,
    environment: () => ({
      [variables.signalsUrl]: tenantUrl,
      [variables.publicUrl]: '',
      [variables.cache]: 'on',
      [variables.tenantRequestsPerMinute]: '1000000',
      ...environment,
    }),
    log,
  });
  await seedGateway(gateway, endpoints, demoKey);
  await gateway.warm();
  const way: Way = { url: gateway.url, key: 'demo-app' };
  const hasSwept = async (): Promise<boolean> => {
    const answer = await fetch(`${way.url}/v1/cache`, { headers: { 'x-api-key': way.key } });
    return /"state":"healthy"/.test(await answer.text());
  };
  return {
    way,
    /** Until the change sweep has run: the first run purges everything. */
    swept: async (): Promise<void> => {
      while (!(await hasSwept())) await sleep(1_000);
    },
    gateway,
    counts: counted?.of ?? (() => ({ reads: 0, writes: 0 })),
    close: async (): Promise<void> => {
      await gateway.close();
      await Promise.all([sqs, s3, kms, dynamodb].map((part) => part.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
};
