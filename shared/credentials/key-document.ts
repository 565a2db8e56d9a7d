/** Keys as JSON:API documents: `/v1/credentials`. Only state: no secret, no part and no hash of one. */
import * as z from 'zod';
import { upstreamNames } from '../config/names.ts';
import { toIso, toIsoOrNothing } from '../time/iso.ts';
import type { ApiKey, KeyChange } from './key.ts';
import { KeyState, Owner } from './key.ts';
import { type NewKey, Secret } from './key-admin.ts';
import { isUsable, usableKeys } from './key-order.ts';

const instant = z.iso.datetime({ offset: true });
const Rank = z
  .int()
  .min(0)
  .max(1_000_000)
  .describe('The usable owner of the lowest rank is used. All keys of an owner have one rank.');

/** Body of `POST /v1/credentials`. */
export const NewCredential = z
  .object({
    data: z.object({
      type: z.literal('credential'),
      attributes: z.strictObject({
        upstream: z.literal(upstreamNames).default(upstreamNames[0]),
        owner: Owner.describe('The account of the tenant that the key belongs to: the facade has its rights.'),
        secret: Secret.describe('The API key. It is stored encrypted and never shown again.'),
        rank: Rank.optional(),
        expiresAt: instant.optional().describe('Not used from then on.'),
      }),
    }),
  })
  .meta({ id: 'NewCredential' });

/** Body of `PATCH /v1/credentials/{credentialId}`. */
export const CredentialChange = z
  .object({
    data: z.object({
      type: z.literal('credential'),
      attributes: z
        .strictObject({ state: KeyState.optional(), rank: Rank.optional(), expiresAt: instant.nullable().optional() })
        .refine((attributes) => Object.keys(attributes).length > 0, 'name at least one of state, rank and expiresAt'),
    }),
  })
  .meta({ id: 'CredentialChange' });

const Credential = z.strictObject({
  type: z.literal('credential'),
  id: z.string(),
  attributes: z.strictObject({
    upstream: z.string(),
    owner: z.string(),
    accountId: z.string().optional().describe("The tenant's id of the account, when it could be asked."),
    state: KeyState.describe(
      'active: in use; retiring: used only while no active key of its owner is usable; disabled: never used.',
    ),
    rank: z.int(),
    usable: z.boolean().describe('Neither disabled, nor expired, nor put aside after a 401.'),
    preferred: z.boolean().describe('The one that calls use now.'),
    addedAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().optional().describe('Right to the hour.'),
    expiresAt: z.iso.datetime().optional(),
    strikes: z.int().describe('Times in a row that a 401 has put it aside; the third disables it.'),
    refusedSince: z.iso.datetime().optional().describe('When the first of these refusals came.'),
    cooldown: z
      .strictObject({ until: z.iso.datetime(), reason: z.literal(['401', '429']) })
      .optional()
      .describe('401: refused, not used until then. 429: a note only, for the limit is that of the tenant.'),
  }),
});
export const CredentialDocument = z
  .strictObject({ data: Credential })
  .meta({ id: 'CredentialDocument', description: 'The key, without its secret.' });
export const CredentialsDocument = z
  .strictObject({ data: z.array(Credential) })
  .meta({ id: 'CredentialsDocument', description: 'The pool.' });

const toResource = (key: ApiKey, pool: readonly ApiKey[], nowMillis: number): z.infer<typeof Credential> => ({
  type: 'credential',
  id: key.id,
  attributes: {
    upstream: key.upstream,
    owner: key.owner,
    accountId: key.accountId,
    state: key.state,
    rank: key.rank,
    usable: isUsable(key, nowMillis),
    preferred: usableKeys(pool, nowMillis)[0]?.id === key.id,
    addedAt: toIso(key.addedAtMillis),
    lastUsedAt: toIsoOrNothing(key.lastUsedAtMillis),
    expiresAt: toIsoOrNothing(key.expiresAtMillis),
    strikes: key.strikes,
    refusedSince: toIsoOrNothing(key.refusedSinceMillis),
    cooldown:
      key.cooldown && key.cooldown.untilMillis > nowMillis
        ? { until: toIso(key.cooldown.untilMillis), reason: `${key.cooldown.reason}` }
        : undefined,
  },
});

export const toCredentialsDocument = (pool: readonly ApiKey[], nowMillis: number) => ({
  data: pool.map((key) => toResource(key, pool, nowMillis)),
});

/** One of the pool, which tells whether it is the preferred one. */
export const toCredentialDocument = (key: ApiKey, pool: readonly ApiKey[], nowMillis: number) => ({
  data: toResource(key, pool, nowMillis),
});

export const toNewKey = (body: z.infer<typeof NewCredential>): NewKey => {
  const { expiresAt, ...given } = body.data.attributes;
  return { ...given, expiresAtMillis: expiresAt === undefined ? undefined : Date.parse(expiresAt) };
};

export const toKeyChange = (
  body: z.infer<typeof CredentialChange>,
): Pick<KeyChange, 'state' | 'rank' | 'expiresAtMillis'> => {
  const { expiresAt, state, rank } = body.data.attributes;
  return {
    ...(state === undefined ? {} : { state }),
    ...(rank === undefined ? {} : { rank }),
    ...(expiresAt === undefined ? {} : { expiresAtMillis: expiresAt === null ? undefined : Date.parse(expiresAt) }),
  };
};
