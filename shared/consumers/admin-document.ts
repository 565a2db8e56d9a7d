/** Consumers and their keys as JSON:API documents: `/v1/consumers` and `/v1/me`. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { type Caller, Consumer, ConsumerId, scopePattern } from '../exchange/consumer.ts';
import { defaultProfile, QuotaProfile } from '../exchange/quota-profile.ts';
import { toIso } from '../time/iso.ts';
import type { KeyView } from './keys.ts';
import type { ScopeCatalogue } from './scope-catalogue.ts';
import type { ConsumerRecord } from './store.ts';

const { state, contact, displayName, returnUrls, actsAs, withoutLink, oidc } = Consumer.shape;

/** `ensureKnown` checks them against the catalogue and names the nearest scope. */
const scopes = z.array(z.string().max(200).meta({ pattern: scopePattern.source })).max(100);
const userAttributed = scopes.optional();

/** Omitted attributes have their defaults. */
const Quota = z.strictObject({
  priority: QuotaProfile.shape.priority.default(defaultProfile.priority),
  weight: QuotaProfile.shape.weight.default(defaultProfile.weight),
  caps: QuotaProfile.shape.caps.default(defaultProfile.caps),
});

/** Body of `POST /v1/consumers`. */
export const NewConsumer = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('consumer'),
      id: ConsumerId,
      attributes: z.strictObject({
        scopes,
        state: state.default('active'),
        contact,
        displayName,
        returnUrls,
        quota: Quota.optional(),
        actsAs,
        withoutLink,
        userAttributed,
        oidc,
      }),
    }),
  })
  .meta({ id: 'NewConsumer' });

/** Body of `PATCH /v1/consumers/{consumerId}`: omitted attributes stay, null restores the default. */
export const ConsumerChange = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('consumer'),
      id: ConsumerId.optional(),
      attributes: z.strictObject({
        scopes: scopes.optional(),
        state: state.optional(),
        contact: contact.nullable(),
        displayName: displayName.nullable(),
        returnUrls: returnUrls.nullable(),
        quota: Quota.nullable().optional(),
        actsAs: actsAs.nullable(),
        withoutLink: withoutLink.nullable(),
        userAttributed: userAttributed.nullable(),
        oidc: oidc.nullable(),
      }),
    }),
  })
  .meta({ id: 'ConsumerChange' });

/** Body of `POST /v1/consumers/{consumerId}/keys`; it may be left out. */
export const NewKey = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('consumer-key'),
      attributes: z.strictObject({ expiresAt: z.iso.datetime({ offset: true }).optional() }).optional(),
    }),
  })
  .meta({ id: 'NewConsumerKey' });

const dropAbsent = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

const invalid = (pointer: string, detail: string): AppError =>
  new AppError('REQUEST_INVALID', { detail, source: { pointer } });

/** @throws AppError REQUEST_INVALID for members that match the schema but contradict each other. */
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

type GivenScopes = {
  readonly scopes?: readonly string[] | undefined;
  readonly userAttributed?: readonly string[] | null | undefined;
};

/** @throws AppError REQUEST_INVALID, with a pointer to the first unknown scope or member of `userAttributed`. */
const ensureKnown = (given: GivenScopes, catalogue: ScopeCatalogue): void => {
  const refuse = (name: keyof GivenScopes, faultOf: (scope: string) => string | undefined): void =>
    (given[name] ?? []).forEach((scope, index) => {
      const fault = faultOf(scope);
      if (fault !== undefined) throw invalid(`/data/attributes/${name}/${index}`, fault);
    });
  refuse('scopes', catalogue.faultOfScope);
  refuse('userAttributed', catalogue.faultOfMark);
};

/** @throws AppError REQUEST_INVALID. */
export const toNewConsumer = ({ data }: z.infer<typeof NewConsumer>, catalogue: ScopeCatalogue): Consumer => {
  ensureKnown(data.attributes, catalogue);
  return checked(Consumer.parse(dropAbsent({ id: data.id, ...data.attributes })));
};

/**
 * Attributes that the change does not name stay, including scopes that have become unknown.
 * @throws AppError REQUEST_INVALID.
 */
export const applyChange = (
  consumer: Consumer,
  { data }: z.infer<typeof ConsumerChange>,
  catalogue: ScopeCatalogue,
): Consumer => {
  ensureKnown(data.attributes, catalogue);
  if (data.id !== undefined && data.id !== consumer.id) throw invalid('/data/id', 'The id never changes.');
  const given = Object.entries(data.attributes).filter(([, value]) => value !== undefined);
  return checked(Consumer.parse(dropAbsent({ ...consumer, ...Object.fromEntries(given) })));
};

/** When the key expires. @throws AppError REQUEST_INVALID for an instant in the past. */
export const toExpiry = (body: z.infer<typeof NewKey> | undefined, nowMillis: number): number | undefined => {
  const expiresAt = body?.data.attributes?.expiresAt;
  if (expiresAt === undefined) return undefined;
  const expiresAtMillis = Date.parse(expiresAt);
  if (expiresAtMillis > nowMillis) return expiresAtMillis;
  throw invalid('/data/attributes/expiresAt', 'The key would have expired already.');
};

/** The record with its defaults. No secret: keys and incarnation are left out. */
export const toAttributes = ({ id: _id, incarnation: _incarnation, ...consumer }: Consumer) => ({
  ...consumer,
  quota: consumer.quota ?? defaultProfile,
  actsAs: consumer.actsAs ?? (['service'] as const),
  withoutLink: consumer.withoutLink ?? ('refuse' as const),
  userAttributed: consumer.userAttributed ?? [],
});

/** Stored scopes that have become unknown. They grant and protect nothing, so an administrator should correct them. */
const unknownIn = ({ scopes: held, userAttributed: marks = [] }: Consumer, catalogue: ScopeCatalogue) => {
  const unknownScopes = held.filter((scope) => catalogue.faultOfScope(scope) !== undefined);
  const unknownUserAttributed = marks.filter((mark) => catalogue.faultOfMark(mark) !== undefined);
  return {
    ...(unknownScopes.length > 0 ? { unknownScopes } : {}),
    ...(unknownUserAttributed.length > 0 ? { unknownUserAttributed } : {}),
  };
};

const toResource = (
  { consumer, version, createdAtMillis, changedAtMillis }: ConsumerRecord,
  publicUrl: string,
  catalogue: ScopeCatalogue,
) => {
  const self = `${publicUrl}/v1/consumers/${consumer.id}`;
  return {
    type: 'consumer' as const,
    id: consumer.id,
    links: { self },
    attributes: toAttributes(consumer),
    relationships: { keys: { links: { related: `${self}/keys` } } },
    meta: {
      version,
      createdAt: toIso(createdAtMillis),
      changedAt: toIso(changedAtMillis),
      ...unknownIn(consumer, catalogue),
    },
  };
};

export const toConsumerDocument = (record: ConsumerRecord, publicUrl: string, catalogue: ScopeCatalogue) => {
  const data = toResource(record, publicUrl, catalogue);
  return { links: data.links, data };
};

/** @param next the link of the next page, if there is one. */
export const toConsumersDocument = (
  records: readonly ConsumerRecord[],
  publicUrl: string,
  next: string | undefined,
  catalogue: ScopeCatalogue,
) => ({
  links: { ...(next === undefined ? {} : { next }) },
  data: records.map((record) => toResource(record, publicUrl, catalogue)),
});

const keyAttributes = (view: KeyView) => ({
  createdAt: toIso(view.createdAtMillis),
  ...(view.lastUsedOn === undefined ? {} : { lastUsedOn: view.lastUsedOn }),
  ...(view.expiresAtMillis === undefined ? {} : { expiresAt: toIso(view.expiresAtMillis) }),
});

const toKeyResource = <Attributes extends object>({ id }: KeyView, attributes: Attributes) => ({
  type: 'consumer-key' as const,
  id,
  attributes,
});

/** @param key the key itself, only in the answer to its creation. */
export const toNewKeyDocument = (view: KeyView, key: string) => ({
  data: toKeyResource(view, { ...keyAttributes(view), key }),
});
export const toKeysDocument = (views: readonly KeyView[]) => ({
  data: views.map((view) => toKeyResource(view, keyAttributes(view))),
});

const keyOf = ({ keyId, keyExpiresAtMillis }: Caller) =>
  keyId === undefined
    ? {}
    : { key: { id: keyId, ...(keyExpiresAtMillis === undefined ? {} : { expiresAt: toIso(keyExpiresAtMillis) }) } };

/** The calling consumer, as `GET /v1/me` shows it. */
export const toCallerDocument = (caller: Caller, publicUrl: string, catalogue: ScopeCatalogue) => {
  const { consumer, subject } = caller;
  const meta = unknownIn(consumer, catalogue);
  return {
    links: { self: `${publicUrl}/v1/me` },
    data: {
      type: 'consumer' as const,
      id: consumer.id,
      attributes: {
        ...toAttributes(consumer),
        ...keyOf(caller),
        ...(subject === undefined ? {} : { onBehalfOf: subject }),
      },
      ...(Object.keys(meta).length > 0 ? { meta } : {}),
    },
  };
};
