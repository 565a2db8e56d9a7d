/** Reads and changes how the tenant behaves: job times, push target, OAuth clients, list contents. */
import { badRequest } from '../errors.ts';
import { arrayOf, isObject, type Json, numberOf, textOf } from '../json.ts';
import { type Switches, switchName } from '../options.ts';
import type { OAuthClient, PushTarget } from '../tenant/behaviour.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Act } from './act.ts';

const shown = ({ behaviour, switches }: Tenant): Json => ({
  jobMillis: behaviour.jobMillis,
  pdfsNeverFinish: behaviour.pdfsNeverFinish,
  exportWorkers: behaviour.exportWorkers,
  push: behaviour.push === undefined ? null : { ...behaviour.push },
  oauthClients: behaviour.oauthClients.map((client) => ({ ...client })),
  switches: { ...switches },
});

const readPush = (value: Json): PushTarget | undefined => {
  if (value === null) return undefined;
  const url = isObject(value) ? textOf(value.url) : undefined;
  if (!isObject(value) || url === undefined || !URL.canParse(url)) throw badRequest('push needs a url.');
  return {
    url,
    headerName: textOf(value.headerName) ?? 'x-signals-push',
    headerValue: textOf(value.headerValue) ?? '',
    autoDismiss: value.autoDismiss === true,
  };
};

const readClients = (value: Json): OAuthClient[] =>
  arrayOf(value).map((client) => {
    const clientId = isObject(client) ? textOf(client.clientId) : undefined;
    if (!isObject(client) || clientId === undefined) throw badRequest('Each OAuth client needs a clientId.');
    return { clientId, redirectUris: arrayOf(client.redirectUris).map(String) };
  });

const readSwitch = (name: string): keyof Switches => {
  try {
    return switchName(name);
  } catch (cause) {
    throw badRequest((cause as Error).message);
  }
};

/** All of them or none. */
const setSwitches = (tenant: Tenant, given: Json) => {
  if (!isObject(given)) throw badRequest('switches must be an object.');
  const pairs = Object.entries(given).map(([name, value]) => {
    if (typeof value !== 'boolean') throw badRequest(`Switch ${name} must be true or false.`);
    return [readSwitch(name), value] as const;
  });
  for (const [name, value] of pairs) tenant.switches[name] = value;
};

const change: Act = (state, body) => {
  const tenant = state.tenant();
  const { behaviour } = tenant;
  const { push, oauthClients, switches, jobMillis, exportWorkers, pdfsNeverFinish } = body;
  if (switches !== undefined) setSwitches(tenant, switches);
  if (push !== undefined) behaviour.push = readPush(push);
  if (oauthClients !== undefined) behaviour.oauthClients = readClients(oauthClients);
  behaviour.jobMillis = numberOf(jobMillis) ?? behaviour.jobMillis;
  behaviour.exportWorkers = numberOf(exportWorkers) ?? behaviour.exportWorkers;
  if (typeof pdfsNeverFinish === 'boolean') behaviour.pdfsNeverFinish = pdfsNeverFinish;
  return shown(tenant);
};

export const behaviourActs: Readonly<Record<string, Act>> = {
  'GET /_control/behaviour': (state) => shown(state.tenant()),
  'PATCH /_control/behaviour': change,
};
