/** The routes of /v1/consumers and /v1/me. Reading needs the scope consumers:read, every act consumers:write, /v1/me none. */
import type { Facts } from '../../shared/audit/changes.ts';
import type { ConsumerAdmin, Told } from '../../shared/consumers/admin.ts';
import {
  applyChange,
  ConsumerChange,
  NewConsumer,
  NewKey,
  toAttributes,
  toCallerDocument,
  toConsumerDocument,
  toConsumersDocument,
  toExpiry,
  toKeysDocument,
  toNewConsumer,
  toNewKeyDocument,
} from '../../shared/consumers/admin-document.ts';
import { recordChanges } from '../../shared/consumers/changes.ts';
import type { Caller, Consumer } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import type { ConsumerKeys } from '../../shared/consumers/keys.ts';
import type { ScopeCatalogue } from '../../shared/consumers/scope-catalogue.ts';
import type { ConsumerRecord } from '../../shared/consumers/store.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { type Acts, gatherChanges, noActs } from './acts.ts';
import { authorise } from './authorise.ts';
import { readIfMatch, readPage } from './consumer-parameters.ts';
import { documentReply, type Handle, type HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { readBody } from './read-body.ts';

export type ConsumerParts = {
  readonly identifier: Identifier;
  readonly admin: ConsumerAdmin;
  readonly keys: ConsumerKeys;
  readonly clock: Clock;
  /** Issuers whose tokens this stage takes. */
  readonly issuers: readonly string[];
  /** Scopes that consumers can be given. */
  readonly scopes: ScopeCatalogue;
  /** Told of every act and its outcome. */
  readonly acts?: Acts;
};

/** One request, by a caller whose scope is checked. */
type Asked = { readonly request: HttpRequest; readonly caller: Caller; readonly id: string };

const gone: HttpReply = { status: 204, headers: [], body: undefined };

export const createConsumerRoutes = (parts: ConsumerParts): Handle => {
  const { identifier, admin, keys, clock, issuers, scopes, acts = noActs } = parts;

  const recordReply = (status: number, record: ConsumerRecord, { publicUrl }: HttpRequest): HttpReply => {
    const document = toConsumerDocument(record, publicUrl, scopes);
    const headers: [string, string][] = [['etag', `"${record.version}"`]];
    if (status === 201) headers.push(['location', document.links.self]);
    return documentReply(status, document, headers);
  };

  /** The one place where the outcome of an act is known, and what it has changed. */
  const act = <T>(
    { request, caller }: Asked,
    { name, target, asked = {} }: { name: string; target: string; asked?: Facts },
    run: (told: Told) => Promise<T>,
  ): Promise<T> => {
    const { note, changes } = gatherChanges();
    const done = { caller, requestId: request.requestId, act: `consumers.${name}`, target, asked, changes };
    return acts.around(done, () => run((before, after) => note(recordChanges(before, after))));
  };

  const withTrustedIssuer = (consumer: Consumer): Consumer => {
    if (!consumer.oidc || issuers.includes(consumer.oidc.issuer)) return consumer;
    throw new AppError('REQUEST_INVALID', {
      detail: `This stage takes tokens of ${issuers.join(', ') || 'no issuer'}; oidcIssuers in its configuration names them.`,
      source: { pointer: '/data/attributes/oidc/issuer' },
    });
  };

  const list = async ({ request }: Asked): Promise<HttpReply> => {
    const { after, limit } = readPage(request.query);
    const { records, more } = await admin.list(after, limit);
    const last = more ? records.at(-1)?.consumer.id : undefined;
    const next = last && `${request.publicUrl}/v1/consumers?page%5Blimit%5D=${limit}&page%5Bafter%5D=${last}`;
    return documentReply(200, toConsumersDocument(records, request.publicUrl, next, scopes));
  };

  const create = async (asked: Asked): Promise<HttpReply> => {
    const consumer = withTrustedIssuer(toNewConsumer(readBody(asked.request, NewConsumer), scopes));
    const about = { name: 'create', target: consumer.id, asked: toAttributes(consumer) };
    const record = await act(asked, about, (told) => admin.create(asked.caller.consumer, consumer, told));
    return recordReply(201, record, asked.request);
  };

  const change = async (asked: Asked): Promise<HttpReply> => {
    const { request, caller, id } = asked;
    const version = readIfMatch(request.headers);
    const wanted = readBody(request, ConsumerChange);
    const edit = (consumer: Consumer) => {
      const edited = applyChange(consumer, wanted, scopes);
      return wanted.data.attributes.oidc ? withTrustedIssuer(edited) : edited;
    };
    const about = { name: 'change', target: id, asked: wanted.data.attributes };
    const record = await act(asked, about, (told) => admin.change(caller.consumer, id, version, edit, told));
    return recordReply(200, record, request);
  };

  const remove = async (asked: Asked): Promise<HttpReply> => {
    const version = readIfMatch(asked.request.headers);
    await act(asked, { name: 'remove', target: asked.id }, (told) => admin.remove(asked.id, version, told));
    return gone;
  };

  const addKey = async (asked: Asked): Promise<HttpReply> => {
    const { request, caller, id } = asked;
    const body = request.body === undefined ? undefined : readBody(request, NewKey);
    const expiresAtMillis = toExpiry(body, clock.nowMillis());
    const about = { name: 'add-key', target: id, asked: body?.data.attributes ?? {} };
    const run = (told: Told) => keys.add(caller.consumer, id, expiresAtMillis, told);
    const { view, key } = await act(asked, about, run);
    return documentReply(201, toNewKeyDocument(view, key));
  };

  const revokeKey = async (asked: Asked): Promise<HttpReply> => {
    const keyId = asked.request.pathParameters.keyId ?? '';
    const about = { name: 'revoke-key', target: `${asked.id}/${keyId}` };
    await act(asked, about, (told) => keys.revoke(asked.id, keyId, told));
    return gone;
  };

  const handlers: Readonly<Record<string, (asked: Asked) => Promise<HttpReply>>> = {
    'GET /v1/consumers': list,
    'POST /v1/consumers': create,
    'GET /v1/consumers/{consumerId}': async ({ request, id }) => recordReply(200, await admin.read(id), request),
    'PATCH /v1/consumers/{consumerId}': change,
    'DELETE /v1/consumers/{consumerId}': remove,
    'GET /v1/consumers/{consumerId}/keys': async ({ id }) => documentReply(200, toKeysDocument(await keys.list(id))),
    'POST /v1/consumers/{consumerId}/keys': addKey,
    'DELETE /v1/consumers/{consumerId}/keys/{keyId}': revokeKey,
  };

  return async (request, facts) => {
    if (request.route === '/v1/me') {
      const caller = await identifier.identify(request.headers);
      facts.consumer = caller.consumer.id;
      return documentReply(200, toCallerDocument(caller, request.publicUrl, scopes));
    }
    const kind = request.method === 'GET' ? 'read' : 'write';
    const caller = await authorise(identifier, request, 'consumers', kind, { fresh: true });
    facts.consumer = caller.consumer.id;
    const handle = handlers[`${request.method} ${request.route}`];
    if (!handle) throw new AppError('ROUTE_UNKNOWN');
    return handle({ request, caller, id: request.pathParameters.consumerId ?? '' });
  };
};
