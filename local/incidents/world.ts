/** A twin in which incidents are made: its tenant takes faults, its table of the budget can be throttled, and its limit is small. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Simulator, startSimulator } from '../../packages/signals-simulator/src/simulator.ts';
import { variables } from '../../shared/config/names.ts';
import { hookPath } from '../../shared/notifications/hook-routes.ts';
import { startEmulators } from '../emulators/emulators.ts';
import { type Gateway, startGateway } from '../gateway/gateway.ts';
import type { Log } from '../gateway/lambda/worker.ts';
import { clientSettings } from '../gateway/resources/client-settings.ts';
import { demoHook } from '../operator/seed.ts';
import { patience } from '../start/patience.ts';
import { namedIn, seedGateway } from '../start/seed-gateway.ts';
import { simulatorKey } from '../start/settings.ts';
import { type AskFacade, askAt } from './ask-facade.ts';
import { callsPerMinute } from './calls-per-minute.ts';
import { startThrottledStore } from './throttled-store.ts';

export type World = {
  /** Of the facade. */
  readonly url: string;
  readonly simulator: Simulator;
  readonly ask: AskFacade;
  /** Adds a fault of the tenant; the last one that fits counts. */
  addFault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  /** Runs a function as its schedule does, by its name in `functions/`. */
  run(name: string): Promise<unknown>;
  /** Refuses every request to the table of the budget, or none. */
  throttleBudget(isThrottled: boolean): void;
  /** Puts a message into the queue between the ledger of notifications and the dispatcher. @returns its id. */
  sendToIngress(body: string): Promise<string>;
  close(): Promise<void>;
};

export type WorldOptions = {
  /** Folder with the synthesized assembly of the stage `local`. */
  readonly assemblyDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly runsSchedules: boolean;
  readonly mostProcesses?: number;
  readonly log?: Log;
};

const runIn =
  (gateway: Gateway): World['run'] =>
  (name) => {
    const prefix = `${name.charAt(0).toUpperCase()}${name.slice(1)}Function`;
    const id = Object.keys(gateway.environments).find((one) => one.startsWith(prefix));
    if (id === undefined) throw new Error(`The stack has no function ${name}.`);
    return gateway.invoke(id, {});
  };

/** Closes what was started, in reverse order, also after a start that failed. */
const createClosers = () => {
  const closers: (() => Promise<void>)[] = [];
  return {
    add: (close: () => Promise<void>): void => void closers.push(close),
    closeAll: async (): Promise<void> => {
      for (const close of closers.splice(0).reverse()) await close().catch(() => {});
    },
  };
};

const startParts = async (
  options: WorldOptions,
  started: ReturnType<typeof createClosers>,
): Promise<Omit<World, 'close'>> => {
  const simulator = await startSimulator({ requestsPerMinute: Number.POSITIVE_INFINITY, compounds: 10 });
  started.add(simulator.close);
  const emulators = await startEmulators();
  started.add(emulators.close);
  const store = await startThrottledStore(emulators.endpoints.dynamodb);
  started.add(store.close);
  const gateway = await startGateway({
    ...options,
    endpoints: { ...emulators.endpoints, dynamodb: store.url },
    environment: (url) => ({
      ...patience,
      [variables.publicUrl]: url,
      [variables.signalsUrl]: simulator.url,
      [variables.tenantRequestsPerMinute]: String(callsPerMinute),
      // So that one booking holds much of the small limit.
      [variables.bookingConsumerShare]: '1',
    }),
  });
  started.add(gateway.close);
  await seedGateway(gateway, emulators.endpoints, simulatorKey);
  const push = { url: gateway.url + hookPath, ...demoHook, autoDismiss: true };
  simulator.tenant.behaviour.push = push;
  simulator.tenant.behaviour.oauthClients = [
    { clientId: 'demo-client', redirectUris: [`${gateway.url}/oauth/callback`] },
  ];
  const named = namedIn(gateway.environments);
  const sqs = new SQSClient(clientSettings(emulators.endpoints.sqs, 'us-east-1'));
  started.add(async () => sqs.destroy());
  return {
    url: gateway.url,
    simulator,
    ask: askAt(gateway.url),
    addFault: async (fault) => {
      await fetch(`${simulator.url}/_control/faults`, { method: 'POST', body: JSON.stringify(fault) });
    },
    run: runIn(gateway),
    throttleBudget: (isThrottled) => store.throttle(isThrottled ? named(variables.quotaTable) : undefined),
    sendToIngress: async (MessageBody) => {
      const place = { QueueUrl: named(variables.ingressQueueUrl), MessageGroupId: 'incident' };
      const sending = new SendMessageCommand({ ...place, MessageBody, MessageDeduplicationId: String(Date.now()) });
      return (await sqs.send(sending)).MessageId ?? '';
    },
  };
};

export const startWorld = async (options: WorldOptions): Promise<World> => {
  const started = createClosers();
  try {
    return { ...(await startParts(options, started)), close: started.closeAll };
  } catch (error) {
    await started.closeAll();
    throw error;
  }
};
