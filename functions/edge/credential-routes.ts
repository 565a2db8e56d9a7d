/** The routes of /v1/credentials. Reading needs the scope credentials:read, changing credentials:write. */
import type { Facts } from '../../shared/audit/changes.ts';
import type { Caller } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import type { ApiKey } from '../../shared/credentials/key.ts';
import type { KeyAdmin } from '../../shared/credentials/key-admin.ts';
import { poolChanges } from '../../shared/credentials/key-changes.ts';
import {
  CredentialChange,
  NewCredential,
  toCredentialDocument,
  toCredentialsDocument,
  toKeyChange,
  toNewKey,
} from '../../shared/credentials/key-document.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { type Acts, gatherChanges } from './acts.ts';
import { authorise } from './authorise.ts';
import { documentReply, type Handle, type HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { readBody } from './read-body.ts';

export type CredentialParts = {
  readonly identifier: Identifier;
  readonly admin: KeyAdmin;
  readonly acts: Acts;
  readonly clock: Clock;
};

const upstream = 'signals';

/** One request, by a caller whose scope is checked. */
type Asked = { readonly request: HttpRequest; readonly caller: Caller };

export const createCredentialRoutes = ({ identifier, admin, acts, clock }: CredentialParts): Handle => {
  const reply = async (status: number, key: ApiKey): Promise<HttpReply> =>
    documentReply(status, toCredentialDocument(key, await admin.list(key.upstream), clock.nowMillis()));

  const list = async (): Promise<HttpReply> =>
    documentReply(200, toCredentialsDocument(await admin.list(upstream), clock.nowMillis()));

  /** An act on keys, with what it changes on those of the owner. */
  const act = async <T>(
    { request, caller }: Asked,
    { name, target, asked = {} }: { name: string; target: string; asked?: Facts },
    ownerIn: (pool: readonly ApiKey[]) => string | undefined,
    run: () => Promise<T>,
  ): Promise<T> => {
    const { note, changes } = gatherChanges();
    const done = { caller, requestId: request.requestId, act: `credentials.${name}`, target, asked, changes };
    return acts.around(done, async () => {
      const before = await admin.list(upstream);
      const result = await run();
      // The act stands, also when it cannot be looked at once more.
      const after = await admin.list(upstream).catch(() => undefined);
      if (after) note(poolChanges(before, after, ownerIn(before)));
      return result;
    });
  };

  const ownerOf =
    (id: string) =>
    (pool: readonly ApiKey[]): string | undefined =>
      pool.find((key) => key.id === id)?.owner;

  const changers: Readonly<Record<string, (asked: Asked) => Promise<HttpReply>>> = {
    async POST(asked) {
      const key = toNewKey(readBody(asked.request, NewCredential));
      const { secret: _secret, ...shown } = key;
      const about = { name: 'add', target: key.owner, asked: shown };
      return reply(
        201,
        await act(
          asked,
          about,
          () => key.owner,
          () => admin.add(key),
        ),
      );
    },
    async PATCH(asked) {
      const body = readBody(asked.request, CredentialChange);
      const target = asked.request.pathParameters.credentialId ?? '';
      const about = { name: 'change', target, asked: body.data.attributes };
      const change = toKeyChange(body);
      return reply(200, await act(asked, about, ownerOf(target), () => admin.change(upstream, target, change)));
    },
    async DELETE(asked) {
      const target = asked.request.pathParameters.credentialId ?? '';
      await act(asked, { name: 'remove', target }, ownerOf(target), () => admin.remove(upstream, target));
      return { status: 204, headers: [], body: undefined };
    },
  };

  return async (request) => {
    const changer = changers[request.method];
    const caller = await authorise(identifier, request, 'credentials', changer ? 'write' : 'read', {
      fresh: true,
    });
    return changer ? changer({ request, caller }) : list();
  };
};
