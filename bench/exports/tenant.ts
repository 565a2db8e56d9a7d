/** The simulated tenant, by its control surface: people close experiments, and what reaches the tenant is counted. */
import { demoHook } from '../../local/operator/seed.ts';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { hookPath } from '../../shared/notifications/hook-routes.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';

export type Arrival = { readonly method: string; readonly operation?: string; readonly atMillis: number };

const mediaType = 'application/vnd.api+json';
const pageSize = 100;
const windowMillis = 60_000;

const answered = async (response: Response): Promise<Response> => {
  if (response.ok) return response;
  throw new Error(`${response.url} was answered with ${response.status}: ${await response.text()}`);
};

export const createTenant = (url: string) => {
  const control = async (method: string, path: string, body?: object) => {
    const sent = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
    return (await answered(await fetch(`${url}/_control/${path}`, { method, ...sent }))).json();
  };
  const native = async (method: string, path: string): Promise<Response> =>
    answered(
      await fetch(url + signalsBasePath + path, { method, headers: { 'x-api-key': demoKey, accept: mediaType } }),
    );
  return {
    native,
    limit: (requestsPerMinute: number | null) => control('POST', 'limit', { requestsPerMinute }),
    pushTo: (facadeUrl: string) =>
      control('PATCH', 'behaviour', { push: { url: facadeUrl + hookPath, ...demoHook, autoDismiss: true } }),
    /** As a person does in the web page, so the tenant counts no request. */
    close: (entityId: string) => control('POST', 'edits', { entityId, action: 'close' }),
    arrivals: async (): Promise<readonly Arrival[]> =>
      ((await control('GET', 'arrivals')) as { arrivals: Arrival[] }).arrivals,
    forgetArrivals: () => control('DELETE', 'arrivals'),
    /** Experiments that can be closed. */
    async openExperiments(count: number): Promise<readonly string[]> {
      const found: string[] = [];
      for (let offset = 0; found.length < count; offset += pageSize) {
        const path = `/entities?includeTypes=experiment&page[limit]=${pageSize}&page[offset]=${offset}`;
        const { data } = (await (await native('GET', path)).json()) as {
          data: { id: string; attributes: { name: string; state?: string } }[];
        };
        if (data.length === 0) throw new Error(`The tenant has ${found.length} open experiments, not ${count}`);
        // Those of the demo have other uses.
        found.push(
          ...data
            .filter(({ attributes: { name, state } }) => state === 'open' && name.startsWith('Load '))
            .map(({ id }) => id),
        );
      }
      return found.slice(0, count);
    },
  };
};
export type Tenant = ReturnType<typeof createTenant>;

/** Most arrivals in any 60 s. */
export const busiestMinute = (arrivals: readonly Arrival[]): number => {
  const instants = arrivals.map(({ atMillis }) => atMillis).sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  instants.forEach((atMillis, index) => {
    while ((instants[first] ?? 0) <= atMillis - windowMillis) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
};

const ofOneExport = /^(GET \/entities\/\{eid\}|(PUT|HEAD|GET) \/entities\/export\/pdf.*)$/;

/** Calls that serve one experiment each, by operation. */
export const exportCalls = (arrivals: readonly Arrival[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { operation = '' } of arrivals)
    if (ofOneExport.test(operation)) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
};
