/** Reads and changes how the tenant behaves: job times, push target, OAuth clients, list contents. */
import { badRequest } from '../errors.ts';
import { arrayOf, isObject, type Json, numberOf, textOf } from '../json.ts';
import type { Behaviour, OAuthClient, PushTarget } from '../tenant/behaviour.ts';
import type { Act } from './control.ts';

const shown = (behaviour: Behaviour): Json => ({
  jobMillis: behaviour.jobMillis,
  pdfsNeverFinish: behaviour.pdfsNeverFinish,
  exportWorkers: behaviour.exportWorkers,
  push: behaviour.push === undefined ? null : { ...behaviour.push },
  oauthClients: behaviour.oauthClients.map((client) => ({ ...client })),
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

const change: Act = (state, body) => {
  const { behaviour } = state.tenant();
  const { push, oauthClients, jobMillis, exportWorkers, pdfsNeverFinish } = body;
  if (push !== undefined) behaviour.push = readPush(push);
  if (oauthClients !== undefined) behaviour.oauthClients = readClients(oauthClients);
  behaviour.jobMillis = numberOf(jobMillis) ?? behaviour.jobMillis;
  behaviour.exportWorkers = numberOf(exportWorkers) ?? behaviour.exportWorkers;
  if (typeof pdfsNeverFinish === 'boolean') behaviour.pdfsNeverFinish = pdfsNeverFinish;
  return shown(behaviour);
};

export const behaviourActs: Readonly<Record<string, Act>> = {
  'GET /_control/behaviour': (state) => shown(state.tenant().behaviour),
  'PATCH /_control/behaviour': change,
};
