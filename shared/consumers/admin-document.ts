/** Consumers and their keys as JSON:API documents: `/v1/consumers` and `/v1/me`. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { defaultProfile, QuotaProfile } from '../quota/profile.ts';
import { type Caller, Consumer, ConsumerId } from './consumer.ts';
import type { KeyView } from './keys.ts';
import type { ConsumerRecord } from './store.ts';

const { scopes, state, contact, actsAs, withoutLink, userAttributed, oidc } = Consumer.shape;

/** What is left out has its default. */
const Quota = z.strictObject({
  priority: QuotaProfile.shape.priority.default(defaultProfile.priority),
  weight: QuotaProfile.shape.weight.default(defaultProfile.weight),
  caps: QuotaProfile.shape.caps.default(defaultProfile.caps),
});

/** Body of `POST /v1/consumers`. */
export const NewConsumer = z.strictObject({
  data: z.strictObject({
    type: z.literal('consumer'),
    id: ConsumerId,
    attributes: z.strictObject({
      scopes,
      state: state.default('active'),
      contact,
      quota: Quota.optional(),
      actsAs,
      withoutLink,
      userAttributed,
      oidc,
    }),
  }),
});

/** Body of `PATCH /v1/consumers/{consumerId}`: what is left out stays, null takes the default again. */
export const ConsumerChange = z.strictObject({
  data: z.strictObject({
    type: z.literal('consumer'),
    id: ConsumerId.optional(),
    attributes: z.strictObject({
      scopes: scopes.optional(),
      state: state.optional(),
      contact: contact.nullable(),
      quota: Quota.nullable().optional(),
      actsAs: actsAs.nullable(),
      withoutLink: withoutLink.nullable(),
      userAttributed: userAttributed.nullable(),
      oidc: oidc.nullable(),
    }),
  }),
});

/** Body of `POST /v1/consumers/{consumerId}/keys`; it may be left out. */
export const NewKey = z.strictObject({
  data: z.strictObject({
    type: z.literal('consumer-key'),
    attributes: z.strictObject({ expiresAt: z.iso.datetime({ offset: true }).optional() }).optional(),
  }),
});

const dropAbsent = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

const invalid = (pointer: string, detail: string): AppError =>
  new AppError('REQUEST_INVALID', { detail, source: { pointer } });

/** @throws AppError REQUEST_INVALID for members that fit the schema and not each other. */
const checked = (consumer: Consumer): Consumer => {
  const { userAttributed: marked = [], actsAs: kinds = ['service'], withoutLink: fallback } = consumer;
  if (marked.length > 0 && kinds.every((kind) => kind === 'service')) {
    throw invalid(
      '/data/attributes/userAttributed',
      'These calls must carry the name of a person, so actsAs has to have user or bearer.',
    );
  }
  if (fallback === 'service' && !(kinds.includes('user') && kinds.includes('service'))) {
    throw invalid(
      '/data/attributes/withoutLink',
      'Calls for people can fall back to the service account only when actsAs has both user and service.',
    );
  }
  return consumer;
};

/** @throws AppError REQUEST_INVALID. */
export const toNewConsumer = ({ data }: z.infer<typeof NewConsumer>): Consumer =>
  checked(Consumer.parse(dropAbsent({ id: data.id, ...data.attributes })));

/** @throws AppError REQUEST_INVALID. */
export const applyChange = (consumer: Consumer, { data }: z.infer<typeof ConsumerChange>): Consumer => {
  if (data.id !== undefined && data.id !== consumer.id) throw invalid('/data/id', 'The id never changes.');
  const given = Object.entries(data.attributes).filter(([, value]) => value !== undefined);
  return checked(Consumer.parse(dropAbsent({ ...consumer, ...Object.fromEntries(given) })));
};

/** When the key shall expire. @throws AppError REQUEST_INVALID for a moment that is over. */
export const toExpiry = (body: z.infer<typeof NewKey> | undefined, nowMillis: number): number | undefined => {
  const expiresAt = body?.data.attributes?.expiresAt;
  if (expiresAt === undefined) return undefined;
  const expiresAtMillis = Date.parse(expiresAt);
  if (expiresAtMillis > nowMillis) return expiresAtMillis;
  throw invalid('/data/attributes/expiresAt', 'The key would have expired already.');
};

const toIso = (millis: number): string => new Date(millis).toISOString();

/** With the defaults that hold where the record says nothing. */
const toAttributes = ({ id: _id, incarnation: _incarnation, ...consumer }: Consumer) => ({
  ...consumer,
  quota: consumer.quota ?? defaultProfile,
  actsAs: consumer.actsAs ?? ['service'],
  withoutLink: consumer.withoutLink ?? 'refuse',
  userAttributed: consumer.userAttributed ?? [],
});

const toResource = ({ consumer, version, createdAtMillis, changedAtMillis }: ConsumerRecord, publicUrl: string) => {
  const self = `${publicUrl}/v1/consumers/${consumer.id}`;
  return {
    type: 'consumer',
    id: consumer.id,
    links: { self },
    attributes: toAttributes(consumer),
    relationships: { keys: { links: { related: `${self}/keys` } } },
    meta: { version, createdAt: toIso(createdAtMillis), changedAt: toIso(changedAtMillis) },
  };
};

export const toConsumerDocument = (record: ConsumerRecord, publicUrl: string) => {
  const data = toResource(record, publicUrl);
  return { links: data.links, data };
};

/** @param next the link of the next page, if there is one. */
export const toConsumersDocument = (
  records: readonly ConsumerRecord[],
  publicUrl: string,
  next: string | undefined,
) => ({
  links: { ...(next === undefined ? {} : { next }) },
  data: records.map((record) => toResource(record, publicUrl)),
});

/** @param key the secret itself, in the answer to its creation only. */
const toKeyResource = (view: KeyView, key?: string) => ({
  type: 'consumer-key',
  id: view.id,
  attributes: {
    createdAt: toIso(view.createdAtMillis),
    ...(view.lastUsedOn === undefined ? {} : { lastUsedOn: view.lastUsedOn }),
    ...(view.expiresAtMillis === undefined ? {} : { expiresAt: toIso(view.expiresAtMillis) }),
    ...(key === undefined ? {} : { key }),
  },
});

export const toNewKeyDocument = (view: KeyView, key: string) => ({ data: toKeyResource(view, key) });
export const toKeysDocument = (views: readonly KeyView[]) => ({ data: views.map((view) => toKeyResource(view)) });

/** Who calls, as `GET /v1/me` tells it. */
export const toCallerDocument = ({ consumer, subject }: Caller, publicUrl: string) => ({
  links: { self: `${publicUrl}/v1/me` },
  data: {
    type: 'consumer',
    id: consumer.id,
    attributes: { ...toAttributes(consumer), ...(subject === undefined ? {} : { onBehalfOf: subject }) },
  },
});
