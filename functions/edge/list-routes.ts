/** The routes of /lists and /sources, which the tenant calls. Neither a header nor a key nor a body is ever logged. */
import type { Act } from '../../shared/audit/describe.ts';
import type { MetricValues } from '../../shared/config/metrics.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { Headers } from '../../shared/http/headers.ts';
import {
  type Definition,
  type DefinitionStore,
  type Kind,
  type ListDefinition,
  namePattern,
  type SourceDefinition,
} from '../../shared/lists/definition.ts';
import type { Lists } from '../../shared/lists/lists.ts';
import type { Served } from '../../shared/lists/read-through.ts';
import { listRoutes } from '../../shared/lists/routes.ts';
import type { Recorded, Sources, WriteKind } from '../../shared/lists/sources.ts';
import { isFromTenant } from '../../shared/notifications/hook-header.ts';
import { capability } from './capability.ts';
import type { Facts, Handle, HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { parseJsonBody } from './json-body.ts';
import { checkJsonType } from './parse-request.ts';
import type { PutMetrics } from './put-metrics.ts';

export type ListRouteParts = {
  readonly definitions: Pick<DefinitionStore, 'read'>;
  readonly lists: Pick<Lists, 'serve'>;
  readonly sources: Pick<Sources, 'serve' | 'write'>;
  readonly putMetrics: PutMetrics;
  /** Records writes to sources. */
  readonly audit: { around<T>(act: Act, run: () => Promise<T>): Promise<T> };
};

type Query = { readonly username?: string | undefined; readonly user_alias?: string | undefined };

const peopleOf = ({ username, user_alias }: Query) => ({
  ...(username === undefined ? {} : { username }),
  ...(user_alias === undefined ? {} : { user_alias }),
});

/** Faults of a call, and outcomes that are no failure of what lies behind the facade. */
const ownFaults: readonly ErrorCode[] = ['REQUEST_INVALID', 'RECORD_UNKNOWN', 'RECORD_REFUSED'];

/** A renewal may take as long as a call without a copy: the caller has waited for 3 s of it (read-through.ts). */
const renewMillis = 20_000;

/** The same answer whatever is wrong, so that nobody learns which names there are. */
const refused = (): AppError => new AppError('LIST_REFUSED', { detail: 'The header of the call is missing or wrong.' });

const jsonReply = (text: string, headers: Headers = []): HttpReply => ({
  status: 200,
  headers: [['content-type', 'application/json'], ['cache-control', 'no-store'], ...headers],
  body: Buffer.from(text),
});

const cacheStatus: Readonly<Record<Served['state'], string>> = {
  fresh: 'signals-facade; hit',
  read: 'signals-facade; fwd=stale',
  stale: 'signals-facade; hit; detail=stale',
};

const ofServed = ({ text, state, ageSeconds }: Served): HttpReply =>
  jsonReply(text, [
    ['age', String(ageSeconds)],
    ['cache-status', cacheStatus[state]],
  ]);

/** In the audit log, the caller of every write to a source. No consumer calls here. */
const tenant = { id: 'tenant' };

export const createListRoutes = ({ definitions, lists, sources, putMetrics, audit }: ListRouteParts): Handle => {
  const count = (Kind: Kind, values: MetricValues): void => putMetrics(values, { dimensions: { Kind } });

  const find = async (kind: Kind, name: string, { headers }: HttpRequest): Promise<Definition> => {
    const found = namePattern.test(name) ? await definitions.read(kind, name) : undefined;
    if (isFromTenant(found?.caller, headers) && found) return found;
    count(kind, { ListCallsRefused: 1 });
    throw refused();
  };
  const findList = async (name: string, request: HttpRequest) => (await find('list', name, request)) as ListDefinition;
  const findSource = async (name: string, request: HttpRequest) =>
    (await find('source', name, request)) as SourceDefinition;

  /** Counts a call, and whether it failed for what lies behind the facade. */
  const counted = async <T>(kind: Kind, run: () => Promise<T>): Promise<T> => {
    const isFailure = (error: unknown): boolean => !(error instanceof AppError) || !ownFaults.includes(error.code);
    try {
      const result = await run();
      count(kind, { ListCalls: 1 });
      return result;
    } catch (error) {
      count(kind, { ListCalls: 1, ListCallsFailed: isFailure(error) ? 1 : 0 });
      throw error;
    }
  };

  const serve = async (kind: Kind, facts: Facts, run: () => Promise<Served>): Promise<HttpReply> => {
    const served = await counted(kind, run);
    facts.copy = served.state;
    facts.copyAgeSeconds = served.ageSeconds;
    if (served.state === 'stale') count(kind, { ListCallsStale: 1 });
    return ofServed(served);
  };

  const backgroundOf =
    ({ background }: HttpRequest) =>
    (work: Promise<void>): void =>
      background?.(work, renewMillis);

  const write = async (
    kind: WriteKind,
    call: { readonly request: HttpRequest; readonly facts: Facts; readonly query: Query },
    path: { readonly name: string; readonly key?: string },
  ): Promise<HttpReply> => {
    const { request, facts, query } = call;
    checkJsonType(request);
    const source = await findSource(path.name, request);
    facts.source = source.name;
    const wish = { kind, body: parseJsonBody(request), people: peopleOf(query), id: path.key };
    const recorded: Recorded = (key, run) =>
      audit.around(
        {
          ...{ kind: 'source', actor: source.name, act: `sources.${kind}-record`, requestId: request.requestId },
          caller: { consumer: tenant, ...(query.username === undefined ? {} : { subject: query.username }) },
          target: `sources/${source.name}${key === undefined ? '' : `/${key}`}`,
        },
        run,
      );
    return jsonReply(await counted('source', () => sources.write(source, wish, recorded)));
  };

  return capability(listRoutes)(
    {},
    {
      readList: async ({ request, path, facts }) => {
        const list = await findList(path.name, request);
        facts.list = list.name;
        return serve('list', facts, () => lists.serve(list, backgroundOf(request)));
      },
      readSourceRecord: async ({ request, path, query, facts }) => {
        const source = await findSource(path.name, request);
        facts.source = source.name;
        const values = { ...peopleOf(query), id: path.key };
        return serve('source', facts, () => sources.serve(source, values, backgroundOf(request)));
      },
      createSourceRecord: (call) => write('create', call, call.path),
      updateSourceRecord: (call) => write('update', call, call.path),
      updateSourceRecordByKey: (call) => write('update', call, call.path),
    },
  );
};
