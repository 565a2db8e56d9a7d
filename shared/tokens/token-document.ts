/** Tokens as JSON:API documents: never a value. */
import * as z from 'zod';
import { toIso } from '../time/iso.ts';
import { renewUrlPath } from './events.ts';
import type { NewLink } from './links.ts';
import { dayMillis, diesAtMillisOf, TokenFacts, type TokenPage } from './token.ts';

const Instant = z.iso.datetime();

const TokenResource = z.strictObject({
  type: z.literal('user-token'),
  id: z.string().describe('A renewed token has another.'),
  attributes: z.strictObject({
    upstream: z.string(),
    consumerId: z.string(),
    subject: z.string().describe("The consumer's own name for the person."),
    state: TokenFacts.shape.state.describe(
      'living: in use; doubted: refused once, and asked about again; dead: it has to be renewed.',
    ),
    personId: z.string().describe('The account in the tenant.'),
    personEmail: z.string(),
    linkedAt: Instant,
    lastUsedAt: Instant.describe('Never more than half a day behind.'),
    diesUnusedAt: Instant.optional().describe('Missing for a dead one.'),
    daysLeft: z.int().optional().describe('Missing for a dead one.'),
    warnedAt: Instant.optional(),
    doubtedAt: Instant.optional(),
    diedAt: Instant.optional(),
  }),
});
type TokenResource = z.infer<typeof TokenResource>;

export const TokenDocument = z
  .strictObject({
    data: TokenResource,
    links: z.strictObject({
      self: z.url(),
      renew: z.strictObject({ href: z.url(), meta: z.strictObject({ method: z.literal('POST') }) }),
    }),
  })
  .meta({ id: 'TokenDocument', description: 'The token, without its value.' });
type TokenDocument = z.infer<typeof TokenDocument>;

export const TokensDocument = z
  .strictObject({
    data: z.array(TokenResource),
    links: z.strictObject({ next: z.url().optional() }),
    meta: z.strictObject({
      unreadable: z.int().describe('Records of this page that could not be understood, and are left out.'),
    }),
  })
  .meta({ id: 'TokensDocument', description: 'Tokens, without their values.' });
type TokensDocument = z.infer<typeof TokensDocument>;

/** Body of `POST /v1/me/token/links`; it may be left out. */
export const NewTokenLink = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('token-link'),
      attributes: z.strictObject({
        returnUrl: z
          .string()
          .max(500)
          .optional()
          .describe(
            "Where the pages lead the person back to: one of the consumer's `returnUrls`, character by character, or the page /me of the facade.",
          ),
      }),
    }),
  })
  .meta({ id: 'NewTokenLink' });

export const TokenLinkDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('token-link'),
      id: z.string(),
      attributes: z.strictObject({ url: z.url().describe('For a browser; good once.'), expiresAt: Instant }),
    }),
  })
  .meta({ id: 'TokenLinkDocument', description: 'The link.' });
type TokenLinkDocument = z.infer<typeof TokenLinkDocument>;

const toResource = (token: TokenFacts, nowMillis: number): TokenResource => {
  const isOpen = token.state !== 'dead';
  return {
    type: 'user-token',
    id: token.version,
    attributes: {
      upstream: token.upstream,
      consumerId: token.consumerId,
      subject: token.subject,
      state: token.state,
      personId: token.person.id,
      personEmail: token.person.email ?? '',
      linkedAt: toIso(token.createdAtMillis),
      lastUsedAt: toIso(token.lastUsedAtMillis),
      ...(isOpen ? { diesUnusedAt: toIso(diesAtMillisOf(token)) } : {}),
      ...(isOpen ? { daysLeft: Math.max(0, Math.floor((diesAtMillisOf(token) - nowMillis) / dayMillis)) } : {}),
      ...(token.warnedAtMillis === undefined ? {} : { warnedAt: toIso(token.warnedAtMillis) }),
      ...(token.doubtedAtMillis === undefined ? {} : { doubtedAt: toIso(token.doubtedAtMillis) }),
      ...(token.diedAtMillis === undefined ? {} : { diedAt: toIso(token.diedAtMillis) }),
    },
  };
};

export const toTokenDocument = (token: TokenFacts, publicUrl: string, nowMillis: number): TokenDocument => ({
  data: toResource(token, nowMillis),
  links: {
    self: `${publicUrl}/v1/me/token`,
    renew: { href: `${publicUrl}${renewUrlPath}`, meta: { method: 'POST' } },
  },
});

export const toTokensDocument = (
  { tokens, unreadable, cursor }: TokenPage,
  nextOf: (cursor: string) => string,
  nowMillis: number,
): TokensDocument => ({
  data: tokens.map((token) => toResource(token, nowMillis)),
  links: cursor === undefined ? {} : { next: nextOf(cursor) },
  meta: { unreadable },
});

export const toLinkDocument = ({ id, url, expiresAtMillis }: NewLink): TokenLinkDocument => ({
  data: { type: 'token-link', id, attributes: { url, expiresAt: toIso(expiresAtMillis) } },
});
