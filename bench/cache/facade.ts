/** The whole facade on loopback, cache on, in front of a tenant: bundled functions, emulators in other processes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

type FacadeOptions = {
  /** Over the variables of every function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets every line that the functions print. */
  readonly log?: Log;
};

export const startFacade = async (tenantUrl: string, { environment, log }: FacadeOptions = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'facade-bench-'));
  const outDir = join(folder, 'cdk.out');
  await synthesize({ outDir, port: 4000, signalsUrl: tenantUrl, signal: new AbortController().signal });
  const dynamo = await startDynamoProcess();
  const counting = await startCountingProxy(dynamo.url);
  const [sqs, s3, kms] = await Promise.all([startSqs({}), startS3({}), startKms({})]);
  const endpoints = { dynamodb: counting.url, sqs: sqs.url, s3: s3.url, kms: kms.url };
  const gateway = await startGateway({
    assemblyDir: outDir,
    port: 0,
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
  return {
    way,
    counts: counting.of,
    close: async (): Promise<void> => {
      await gateway.close();
      await Promise.all([sqs, s3, kms, counting, dynamo].map((part) => part.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
};
