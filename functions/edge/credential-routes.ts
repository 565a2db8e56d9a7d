/** The routes of /v1/credentials. Reading needs the scope credentials:read, changing credentials:write. */
import type { Caller } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import type { ApiKey } from '../../shared/credentials/key.ts';
import type { KeyAdmin } from '../../shared/credentials/key-admin.ts';
import {
  CredentialChange,
  NewCredential,
  toCredentialDocument,
  toCredentialsDocument,
  toKeyChange,
  toNewKey,
} from '../../shared/credentials/key-document.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Acts } from './acts.ts';
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

export const createCredentialRoutes = ({ identifier, admin, acts, clock }: CredentialParts): Handle => {
  const reply = async (status: number, key: ApiKey): Promise<HttpReply> =>
    documentReply(status, toCredentialDocument(key, await admin.list(key.upstream), clock.nowMillis()));

  const list = async (): Promise<HttpReply> =>
    documentReply(200, toCredentialsDocument(await admin.list(upstream), clock.nowMillis()));

  const changers: Readonly<Record<string, (request: HttpRequest, caller: Caller) => Promise<HttpReply>>> = {
    async POST(request, caller) {
      const key = toNewKey(readBody(request, NewCredential));
      const act = { caller, requestId: request.requestId, act: 'credentials.add', target: key.owner };
      return reply(201, await acts.around(act, () => admin.add(key)));
    },
    async PATCH(request, caller) {
      const change = toKeyChange(readBody(request, CredentialChange));
      const target = request.pathParameters.credentialId ?? '';
      const act = { caller, requestId: request.requestId, act: 'credentials.change', target };
      return reply(200, await acts.around(act, () => admin.change(upstream, target, change)));
    },
    async DELETE(request, caller) {
      const target = request.pathParameters.credentialId ?? '';
      const act = { caller, requestId: request.requestId, act: 'credentials.remove', target };
      await acts.around(act, () => admin.remove(upstream, target));
      return { status: 204, headers: [], body: undefined };
    },
  };

  return async (request) => {
    const changer = changers[request.method];
    const caller = await authorise(identifier, request, 'credentials', changer ? 'write' : 'read', {
      fresh: true,
    });
    return changer ? changer(request, caller) : list();
  };
};
