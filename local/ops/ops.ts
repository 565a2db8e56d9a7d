/**
 * The operators' part of a twin, for the page at /ops (docs/ops.md): alarms, figures, queues, jobs and faults. No stage that is deployed
 * has it, since the gateway of the twin answers it, and not a function.
 */
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Simulator } from '../../packages/signals-simulator/src/simulator.ts';
import { variables } from '../../shared/config/names.ts';
import type { AlarmReport, Gateway, OwnRoutes } from '../gateway/gateway.ts';
import type { Endpoints } from '../gateway/lambda/definitions.ts';
import { clientSettings } from '../gateway/resources/client-settings.ts';
import { askAt } from '../incidents/ask-facade.ts';
import { namedIn } from '../start/seed-gateway.ts';
import { createFaultControl, type FaultControl } from './fault-control.ts';
import { createFaultWorld } from './fault-world.ts';
import { faults } from './faults.ts';
import { figuresOf } from './figures.ts';
import { createGuard } from './guard.ts';
import { queueUrlOf, readQueueDepths } from './queue-depths.ts';

export type OpsOptions = {
  readonly gateway: Gateway;
  readonly endpoints: Endpoints;
  /** Undefined: the tenant is a real one, in which nobody provokes faults. */
  readonly simulator: Pick<Simulator, 'url' | 'tenant'> | undefined;
  /** As the alarms go. */
  readonly nowMillis?: () => number;
};

const path = '/_twin/ops';

/** Of `signals-facade-local-Failures` and `… .\nRunbook: docs/runbook.md#answers-of-500-and-above`. */
const toAlarm = ({ name, description, state, sinceMillis, watchedMillis }: AlarmReport) => {
  const [what = '', runbook = ''] = description.split('\nRunbook: ');
  return {
    id: name.replace(/^signals-facade-[^-]+-/, ''),
    state,
    sinceMillis,
    what,
    section: runbook.split('#')[1],
    watchedMillis,
  };
};

type Answer = { readonly status: number; readonly document: unknown };

const refuse = (status: number, detail: string): Answer => ({ status, document: { error: detail } });

/** Answers `POST` and `DELETE` of /faults/ID, and `DELETE` of /faults. */
const actOnFaults = async (
  control: FaultControl | undefined,
  method: string,
  id: string | undefined,
): Promise<Answer> => {
  if (!control) return refuse(409, 'The tenant of this twin is a real one: no fault is provoked in it.');
  if (method === 'DELETE' && id === undefined) await control.endAll();
  else if (id === undefined || (method !== 'POST' && method !== 'DELETE'))
    return refuse(405, 'POST or DELETE a fault.');
  else if (!(method === 'POST' ? await control.start(id) : await control.end(id)))
    return refuse(404, 'There is no such fault.');
  return { status: 200, document: { faults: control.states() } };
};

const scopesAt = (url: string) => {
  const ask = askAt(url);
  return async (key: string): Promise<readonly string[] | undefined> => {
    const { status, document } = await ask('GET', '/v1/me', key);
    return status === 200 ? document.data.attributes.scopes : undefined;
  };
};

/** Serves it at the gateway until `close`, which ends the faults. */
export const serveOps = ({ gateway, endpoints, simulator, nowMillis = Date.now }: OpsOptions) => {
  const sqs = new SQSClient(clientSettings(endpoints.sqs, 'us-east-1'));
  const { url } = gateway;
  const guard = createGuard({ scopesOf: scopesAt(url), nowMillis });
  const source = { ...gateway, stage: namedIn(gateway.environments)(variables.stage) };
  const ingress = {
    queueUrl: queueUrlOf(gateway, 'NotificationsIngress'),
    deadLettersUrl: queueUrlOf(gateway, 'NotificationsIngressDeadLetters'),
  };
  const control =
    simulator &&
    createFaultControl(faults, createFaultWorld({ url, ask: askAt(url), simulator, sqs, ingress }), nowMillis);

  const show = async (): Promise<Answer> => ({
    status: 200,
    document: {
      nowMillis: nowMillis(),
      alarms: gateway.alarms().map(toAlarm),
      faults: control?.states() ?? [],
      queues: await readQueueDepths(sqs, gateway),
      jobs: gateway.runningJobs(),
      figures: figuresOf(source, nowMillis()),
    },
  });

  const routes: OwnRoutes = (request, asked) => {
    const [, rest] = new RegExp(`^${path}(?:/(.*))?$`).exec(asked) ?? [];
    if (asked !== path && rest === undefined) return undefined;
    const [, id] = /^faults(?:\/([\w-]+))?$/.exec(rest ?? '') ?? [];
    const method = request.method ?? '';
    const answer = async (): Promise<Answer> => {
      const refusal = await guard(request);
      if (refusal) return refuse(refusal.status, refusal.detail);
      if (rest === undefined) return method === 'GET' ? show() : refuse(405, 'GET it.');
      const isOfFaults = rest === 'faults' || id !== undefined;
      return isOfFaults ? actOnFaults(control, method, id) : refuse(404, 'There is no such path.');
    };
    return answer().catch((error: Error) => refuse(500, error.message));
  };
  gateway.serveOwn(routes);
  return {
    close: async (): Promise<void> => {
      await control?.endAll().catch(() => {});
      sqs.destroy();
    },
  };
};
