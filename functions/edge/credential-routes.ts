/** The routes of /v1/credentials. */
import { upstreamNames } from '../../shared/config/names.ts';
import type { ApiKey } from '../../shared/credentials/key.ts';
import type { KeyAdmin } from '../../shared/credentials/key-admin.ts';
import { poolChanges } from '../../shared/credentials/key-changes.ts';
import {
  toCredentialDocument,
  toCredentialsDocument,
  toKeyChange,
  toNewKey,
} from '../../shared/credentials/key-document.ts';
import { credentialRoutes } from '../../shared/credentials/routes.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { type CapabilityParts, capability, done, type Note } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type CredentialParts = CapabilityParts & { readonly admin: KeyAdmin; readonly clock: Clock };

const [upstream] = upstreamNames;

export const createCredentialRoutes = ({ admin, clock, ...parts }: CredentialParts): Handle => {
  const toDocument = async (key: ApiKey) =>
    toCredentialDocument(key, await admin.list(key.upstream), clock.nowMillis());

  /** A run that notes its changes of an owner's keys. */
  const noting =
    <T>(ownerIn: (pool: readonly ApiKey[]) => string | undefined, run: () => Promise<T>) =>
    async (note: Note): Promise<T> => {
      const before = await admin.list(upstream);
      const result = await run();
      // The act is valid even if its result cannot be read again.
      const after = await admin.list(upstream).catch(() => undefined);
      if (after) note(poolChanges(before, after, ownerIn(before)));
      return result;
    };

  const ownerOf =
    (id: string) =>
    (pool: readonly ApiKey[]): string | undefined =>
      pool.find((key) => key.id === id)?.owner;

  return capability(credentialRoutes)(parts, {
    listCredentials: async () => ({
      status: 200,
      document: toCredentialsDocument(await admin.list(upstream), clock.nowMillis()),
    }),

    addCredential: async ({ act, body }) => {
      const key = toNewKey(body);
      const { secret: _secret, ...shown } = key;
      const add = noting(
        () => key.owner,
        () => admin.add(key),
      );
      return { status: 201, document: await toDocument(await act(key.owner, add, shown)) };
    },

    changeCredential: async ({ act, body, path: { credentialId: id } }) => {
      const change = noting(ownerOf(id), () => admin.change(upstream, id, toKeyChange(body)));
      return { status: 200, document: await toDocument(await act(id, change, body.data.attributes)) };
    },

    removeCredential: async ({ act, path: { credentialId: id } }) => {
      await act(
        id,
        noting(ownerOf(id), () => admin.remove(upstream, id)),
        {},
      );
      return done;
    },
  });
};
