/** The routes of /lists and /sources, and of their administration, in front of a system of record that answers as the test says. */
import { createListAdminRoutes } from '../../functions/edge/list-admin-routes.ts';
import { createListRoutes } from '../../functions/edge/list-routes.ts';
import type { MetricValues } from '../../shared/config/metrics.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { noActs } from './acts.ts';
import { createListParts, secretOfLists } from './facade/lists.ts';

export const clock = { now: Date.parse('2026-06-01T08:00:00Z'), nowMillis: () => clock.now };
export const url = { kind: 'url', url: 'https://sor.example.com/projects' } as const;

type Ask = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string; readonly query?: string };

export const createListWorld = (networks?: readonly string[]) => {
  const parts = createListParts(clock, networks);
  const counted: MetricValues[] = [];
  const works: Promise<void>[] = [];
  const workMillis: (number | undefined)[] = [];
  const recorded: unknown[] = [];
  const consumer = { id: 'admin', scopes: ['lists:*'], state: 'active' as const };
  const acts = {
    async around<T>(act: object, run: () => Promise<T>): Promise<T> {
      const result = await noActs.around(act as never, run);
      const { changes, ...rest } = act as { changes?: () => unknown };
      recorded.push({ ...rest, changes: changes?.() });
      return result;
    },
  };
  const calls = createListRoutes({ ...parts, putMetrics: (values) => void counted.push(values) });
  const administration = createListAdminRoutes({
    ...{ ...parts, acts, clock },
    identifier: { identify: async () => ({ consumer }) } as never,
  });
  const facts: object[] = [];
  const ask = async (line: string, { headers = {}, body, query = '' }: Ask = {}) => {
    const [method = '', path = ''] = line.split(' ');
    const handle = path.startsWith('/v1/') ? administration : calls;
    const fact = {};
    facts.push(fact);
    const reply = await handle(
      {
        ...{ requestId: 'r', method, path, route: path, publicUrl: 'https://facade.example.com', deadlineMillis: 0 },
        headers: Object.entries({ 'content-type': 'application/json', ...headers }),
        query: [...new URLSearchParams(query)],
        body: body === undefined ? undefined : Buffer.from(body),
        background: (work, mostMillis) => {
          works.push(work);
          workMillis.push(mostMillis);
        },
      },
      fact,
    ).catch((error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    });
    await Promise.all(works);
    if (reply instanceof AppError) return { code: reply.code, facts: reply.facts, headers: {}, text: '' };
    const text = reply.body === undefined ? '' : Buffer.from(reply.body as Uint8Array).toString();
    return { code: reply.status, headers: Object.fromEntries(reply.headers), text, facts: undefined };
  };
  return { ...parts, ask, counted, recorded, workMillis, logged: facts };
};

export const asTenant = { 'x-list-secret': secretOfLists };
export const asSource = { 'x-source-secret': secretOfLists };
export const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ code: `C${index}`, project: 'P' }));
