/** What the routes of /v1/consumers and /v1/me answer, as schemas. */
import * as z from 'zod';
import { Consumer } from '../exchange/consumer.ts';
import { QuotaProfile } from '../exchange/quota-profile.ts';

const { state, contact, displayName, returnUrls, actsAs, withoutLink, oidc } = Consumer.shape;
const Instant = z.iso.datetime();
const Scopes = z.array(z.string());

/** The record with its defaults. */
const attributes = {
  scopes: Scopes,
  state,
  contact,
  displayName,
  returnUrls,
  quota: QuotaProfile,
  actsAs: actsAs.unwrap(),
  withoutLink: withoutLink.unwrap(),
  userAttributed: Scopes,
  oidc,
};

const unknown = {
  unknownScopes: Scopes.optional().describe('Scopes of the record that stand for nothing and grant nothing.'),
  unknownUserAttributed: Scopes.optional().describe('Marks of the record that stand for nothing and protect nothing.'),
};

const self = z.strictObject({ self: z.url() });

const ConsumerResource = z.strictObject({
  type: z.literal('consumer'),
  id: z.string(),
  links: self,
  attributes: z.strictObject(attributes),
  relationships: z.strictObject({
    keys: z.strictObject({ links: z.strictObject({ related: z.url() }) }),
  }),
  meta: z.strictObject({
    version: z.int().describe('Also the ETag, for If-Match.'),
    createdAt: Instant,
    changedAt: Instant,
    ...unknown,
  }),
});

export const ConsumerDocument = z
  .strictObject({ links: self, data: ConsumerResource })
  .meta({ id: 'ConsumerDocument', description: 'The consumer.' });

export const ConsumersDocument = z
  .strictObject({ links: z.strictObject({ next: z.url().optional() }), data: z.array(ConsumerResource) })
  .meta({ id: 'ConsumersDocument', description: 'One page of consumers.' });

const key = {
  createdAt: Instant,
  lastUsedOn: z.iso.date().optional().describe('The last day, in UTC, on which it was used.'),
  expiresAt: Instant.optional(),
};
const keyResource = <Attributes extends z.ZodType>(shown: Attributes) =>
  z.strictObject({ type: z.literal('consumer-key'), id: z.string(), attributes: shown });

export const ConsumerKeysDocument = z
  .strictObject({ data: z.array(keyResource(z.strictObject(key))) })
  .meta({ id: 'ConsumerKeysDocument', description: 'At most two working keys.' });

export const NewConsumerKeyDocument = z
  .strictObject({
    data: keyResource(z.strictObject({ ...key, key: z.string().describe('The key itself. Nothing shows it again.') })),
  })
  .meta({ id: 'NewConsumerKeyDocument', description: 'The key, in `data.attributes.key`.' });

export const CallerDocument = z
  .strictObject({
    links: self,
    data: z.strictObject({
      type: z.literal('consumer'),
      id: z.string(),
      attributes: z.strictObject({
        ...attributes,
        key: z
          .strictObject({ id: z.string(), expiresAt: key.expiresAt })
          .optional()
          .describe('The key of this request. Missing where a token of an issuer was sent.'),
        onBehalfOf: z.string().optional().describe('The person for whom this request was made.'),
      }),
      meta: z.strictObject(unknown).optional(),
    }),
  })
  .meta({ id: 'CallerDocument', description: 'Your own record.' });
