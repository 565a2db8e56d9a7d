/** The routes of /v1/consumers. */

import type { ConsumerAdmin, OnRecordChange } from '../../shared/consumers/admin.ts';
import {
  applyChange,
  toAttributes,
  toConsumerDocument,
  toConsumersDocument,
  toExpiry,
  toKeysDocument,
  toNewConsumer,
  toNewKeyDocument,
} from '../../shared/consumers/admin-document.ts';
import { recordChanges } from '../../shared/consumers/changes.ts';
import type { ConsumerKeys } from '../../shared/consumers/keys.ts';
import { consumerRoutes } from '../../shared/consumers/routes.ts';
import type { ScopeCatalogue } from '../../shared/consumers/scope-catalogue.ts';
import type { ConsumerRecord } from '../../shared/consumers/store.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Consumer } from '../../shared/exchange/consumer.ts';
import { etagOf } from '../../shared/routes/if-match.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { type CapabilityParts, capability, done, type Note } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type ConsumerParts = CapabilityParts & {
  readonly admin: ConsumerAdmin;
  readonly keys: ConsumerKeys;
  readonly clock: Clock;
  /** Issuers whose tokens this stage accepts. */
  readonly issuers: readonly string[];
  /** Scopes that consumers can be given. */
  readonly scopes: ScopeCatalogue;
};

/** Notes what an act changes on a record. */
const telling =
  (note: Note): OnRecordChange =>
  (before, after) =>
    note(recordChanges(before, after));

/** @throws AppError REQUEST_INVALID for an issuer that the stage does not trust. */
const withTrustedIssuer = (issuers: readonly string[], consumer: Consumer): Consumer => {
  if (!consumer.oidc || issuers.includes(consumer.oidc.issuer)) return consumer;
  throw new AppError('REQUEST_INVALID', {
    detail: `This stage takes tokens of ${issuers.join(', ') || 'no issuer'}; oidcIssuers in its configuration names them.`,
    source: { pointer: '/data/attributes/oidc/issuer' },
  });
};

const nextLink = (publicUrl: string, records: readonly ConsumerRecord[], limit: number): string =>
  `${publicUrl}/v1/consumers?page%5Blimit%5D=${limit}&page%5Bafter%5D=${records.at(-1)?.consumer.id}`;

export const createConsumerRoutes = ({ admin, keys, clock, issuers, scopes, ...parts }: ConsumerParts): Handle =>
  capability(consumerRoutes)(parts, {
    listConsumers: async ({ query, request: { publicUrl } }) => {
      const { 'page[limit]': limit, 'page[after]': after } = query;
      const { records, more } = await admin.list(after, limit);
      const next = more ? nextLink(publicUrl, records, limit) : undefined;
      return { status: 200, document: toConsumersDocument(records, publicUrl, next, scopes) };
    },

    createConsumer: async ({ act, body, caller, request: { publicUrl } }) => {
      const consumer = withTrustedIssuer(issuers, toNewConsumer(body, scopes));
      const create = (note: Note) => admin.create(caller.consumer, consumer, telling(note));
      const record = await act(consumer.id, create, toAttributes(consumer));
      const document = toConsumerDocument(record, publicUrl, scopes);
      return { status: 201, document, headers: [etagOf(record), ['location', document.links.self]] };
    },

    readConsumer: async ({ path, request: { publicUrl } }) => {
      const record = await admin.read(path.consumerId);
      return { status: 200, document: toConsumerDocument(record, publicUrl, scopes), headers: [etagOf(record)] };
    },

    changeConsumer: async ({ act, body, caller, headers, path, request: { publicUrl } }) => {
      const id = path.consumerId;
      const edit = (consumer: Consumer) => {
        const edited = applyChange(consumer, body, scopes);
        return body.data.attributes.oidc ? withTrustedIssuer(issuers, edited) : edited;
      };
      const change = (note: Note) => admin.change(caller.consumer, id, headers['If-Match'], edit, telling(note));
      const record = await act(id, change, body.data.attributes);
      return { status: 200, document: toConsumerDocument(record, publicUrl, scopes), headers: [etagOf(record)] };
    },

    deleteConsumer: async ({ act, headers, path: { consumerId } }) => {
      await act(consumerId, (note) => admin.remove(consumerId, headers['If-Match'], telling(note)), {});
      return done;
    },

    listConsumerKeys: async ({ path }) => ({
      status: 200,
      document: toKeysDocument(await keys.list(path.consumerId)),
    }),

    createConsumerKey: async ({ act, body, caller, path: { consumerId } }) => {
      const expiresAtMillis = toExpiry(body, clock.nowMillis());
      const add = (note: Note) => keys.add(caller.consumer, consumerId, expiresAtMillis, telling(note));
      const { view, key } = await act(consumerId, add, body?.data.attributes ?? {});
      return { status: 201, document: toNewKeyDocument(view, key) };
    },

    revokeConsumerKey: async ({ act, path: { consumerId, keyId } }) => {
      await act(`${consumerId}/${keyId}`, (note) => keys.revoke(consumerId, keyId, telling(note)), {});
      return done;
    },
  });
