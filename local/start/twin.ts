/** Starts everything that `npm start` promises, in order, and stops it in reverse. */
import { join } from 'node:path';
import type { Simulator } from '../../packages/signals-simulator/src/simulator.ts';
import { variables } from '../../shared/config/names.ts';
import { hookPath } from '../../shared/notifications/hook-routes.ts';
import { startEmulators } from '../emulators/emulators.ts';
import { startGateway } from '../gateway/gateway.ts';
import { startDemoIssuer } from '../issuer/demo-issuer.ts';
import { demoHook } from '../operator/seed.ts';
import { serveOps } from '../ops/ops.ts';
import { closeDemoExperiment } from './close-demo.ts';
import { seedDemoLists } from './demo-lists.ts';
import { createLogFiles } from './log-file.ts';
import { patience } from './patience.ts';
import { checkPortIsFree } from './ports.ts';
import { namedIn, seedGateway } from './seed-gateway.ts';
import { portsOf, type Settings, simulatorKey } from './settings.ts';
import { prepareState, withKeptState } from './state.ts';
import { synthesize } from './synthesize.ts';

type Close = () => Promise<void>;
export type Twin = {
  readonly url: string;
  readonly sqsUrl: string;
  readonly s3Url: string;
  readonly archiveBucket: string;
  /** The demo issuer of identity tokens. */
  readonly issuerUrl: string;
  readonly stateDir: string;
};
/** Collects the started parts, so that a failed or interrupted start is cleaned up too. */
export type Started = { add(close: Close): void };

const progress = (text: string): void => console.log(`  ${text}`);

const checkPorts = async (settings: Settings): Promise<void> => {
  for (const [variable, port] of portsOf(settings)) await checkPortIsFree(port, variable);
};

const startTenant = async ({ port, tenant }: Settings, started: Started): Promise<Simulator | undefined> => {
  if (tenant.kind === 'real') return undefined;
  progress('Signals simulator');
  const { startSimulator } = await import('../../packages/signals-simulator/src/simulator.ts'); // Not needed for a real tenant.
  const simulator = await startSimulator({
    port: tenant.port,
    behaviour: {
      push: { url: `http://127.0.0.1:${port}${hookPath}`, ...demoHook, autoDismiss: true },
      oauthClients: [{ clientId: 'demo-client', redirectUris: [`http://127.0.0.1:${port}/oauth/callback`] }],
    },
  });
  started.add(simulator.close);
  return simulator;
};

/** @throws TwinError for failures that the user can fix. */
export const startTwin = async (settings: Settings, started: Started, signal: AbortSignal): Promise<Twin> => {
  const { port, stateDir, tenant } = settings;
  // First, since a second twin is in the way of the first one's ports, too.
  started.add(await prepareState(stateDir, settings.isFresh));
  await checkPorts(settings);
  console.log('Starting the facade:');
  const simulator = await startTenant(settings, started);
  const signalsUrl = tenant.kind === 'real' ? tenant.url : (simulator?.url ?? '');
  progress('demo issuer of identity tokens');
  const issuer = await startDemoIssuer(settings.issuerPort);
  started.add(issuer.close);
  progress('functions and stack (bundle, synthesize)');
  const outDir = join(stateDir, 'cdk.out');
  await synthesize({ outDir, port, issuerPort: settings.issuerPort, signalsUrl, signal });
  signal.throwIfAborted();
  progress('emulators of DynamoDB, SQS, S3 and KMS');
  const emulators = await withKeptState(settings, () =>
    startEmulators({ stateDir, sqsPort: settings.sqsPort, s3Port: settings.s3Port }),
  );
  started.add(emulators.close);
  signal.throwIfAborted();
  const logs = await createLogFiles(join(stateDir, 'logs'), settings.showsLogs);
  started.add(logs.close);
  const gateway = await withKeptState(settings, () =>
    startGateway({
      assemblyDir: outDir,
      port,
      endpoints: emulators.endpoints,
      environment: () => patience,
      stateDir,
      log: logs.log,
      logFileOf: logs.fileOf,
      onProgress: (step) => progress(`${step} of the stack`),
    }),
  );
  started.add(gateway.close);
  const apiKey = tenant.kind === 'real' ? tenant.apiKey : simulatorKey;
  await seedGateway(gateway, emulators.endpoints, apiKey, issuer.url);
  started.add(serveOps({ gateway, endpoints: emulators.endpoints, simulator }).close);
  progress('first process of each function');
  await gateway.warm();
  const { sqs: sqsUrl, s3: s3Url } = emulators.endpoints;
  const archiveBucket = namedIn(gateway.environments)(variables.archiveBucket);
  await seedDemoLists(gateway.url).catch((error: unknown) => progress(`no demo list: ${(error as Error).message}`));
  // Before the twin is ready, so that its tenant does not change under the first requests. The PDF is there a few seconds later.
  if (tenant.kind === 'simulator') await closeDemoExperiment(signalsUrl, gateway.url).catch(() => {});
  return { url: gateway.url, sqsUrl, s3Url, archiveBucket, issuerUrl: issuer.url, stateDir };
};
