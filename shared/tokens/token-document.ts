/** Tokens as JSON:API documents: never a value. */
import { renewUrlPath } from './events.ts';
import type { NewLink } from './links.ts';
import { dayMillis, diesAtMillisOf, type TokenFacts, type TokenPage } from './token.ts';

const iso = (millis: number): string => new Date(millis).toISOString();

const toResource = (token: TokenFacts, nowMillis: number) => {
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
      linkedAt: iso(token.createdAtMillis),
      lastUsedAt: iso(token.lastUsedAtMillis),
      ...(isOpen ? { diesUnusedAt: iso(diesAtMillisOf(token)) } : {}),
      ...(isOpen ? { daysLeft: Math.max(0, Math.floor((diesAtMillisOf(token) - nowMillis) / dayMillis)) } : {}),
      ...(token.warnedAtMillis === undefined ? {} : { warnedAt: iso(token.warnedAtMillis) }),
      ...(token.doubtedAtMillis === undefined ? {} : { doubtedAt: iso(token.doubtedAtMillis) }),
      ...(token.diedAtMillis === undefined ? {} : { diedAt: iso(token.diedAtMillis) }),
    },
  };
};

const renewal = (publicUrl: string) => ({
  renew: { href: `${publicUrl}${renewUrlPath}`, meta: { method: 'POST' } },
});

export const toTokenDocument = (token: TokenFacts, publicUrl: string, nowMillis: number) => ({
  data: toResource(token, nowMillis),
  links: { self: `${publicUrl}/v1/me/token`, ...renewal(publicUrl) },
});

export const toTokensDocument = (
  { tokens, unreadable, cursor }: TokenPage,
  nextOf: (cursor: string) => string,
  nowMillis: number,
) => ({
  data: tokens.map((token) => toResource(token, nowMillis)),
  links: cursor === undefined ? {} : { next: nextOf(cursor) },
  meta: { unreadable },
});

export const toLinkDocument = ({ id, url, expiresAtMillis }: NewLink) => ({
  data: { type: 'token-link', id, attributes: { url, expiresAt: iso(expiresAtMillis) } },
});
