/** The routes of /v1/me/token, /v1/me/tokens and /v1/tokens: linked tokens of people. */
import * as z from 'zod';
import { ConsumerId } from '../exchange/consumer.ts';
import { pageSize } from '../http/page-size.ts';
import { nothing, route } from '../routes/route.ts';
import { NewTokenLink, TokenDocument, TokenLinkDocument, TokensDocument } from './token-document.ts';

/** The identifier reads it. Callers whose own token names the person omit it. */
const headers = z.object({
  'X-On-Behalf-Of': z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe("The consumer's own name for the person; left out by callers whose JWT names the person."),
});
const own = { capability: 'tokens', scope: 'any-consumer', headers } as const;

const readMyToken = route({
  ...own,
  id: 'readMyToken',
  method: 'GET',
  path: '/v1/me/token',
  summary: 'State of the token that a person has linked, and when it would die unused',
  answers: { 200: TokenDocument, 404: 'TOKEN_UNKNOWN', 503: 'TOKENS_UNAVAILABLE' },
});

const revokeMyToken = route({
  ...own,
  id: 'revokeMyToken',
  method: 'DELETE',
  path: '/v1/me/token',
  fresh: true,
  summary: 'Forget the token of a person',
  description:
    'Record and secret are removed at once; an instance that has just used it goes on for 30 seconds at most. The tenant is not told: an administrator revokes there.',
  audit: 'tokens.revoke',
  answers: { 204: nothing, 404: 'TOKEN_UNKNOWN', 503: 'TOKENS_UNAVAILABLE' },
});

const createTokenLink = route({
  ...own,
  id: 'createTokenLink',
  method: 'POST',
  path: '/v1/me/token/links',
  fresh: true,
  summary: 'A page where the person links a token, or renews it',
  description:
    'The URL is good once, for 10 minutes. Send the person there in a browser; a new token of the same person replaces the old.',
  body: NewTokenLink.optional(),
  examples: [
    {
      summary: 'A link that leads back to the application',
      value: { data: { type: 'token-link', attributes: { returnUrl: 'https://lab.example.com/linked' } } },
    },
  ],
  audit: 'tokens.create-link',
  answers: { 201: TokenLinkDocument, 503: ['LINKING_OFF', 'TOKENS_UNAVAILABLE'] },
});

const pages = {
  'page[limit]': pageSize(100, 100).describe('Tokens in one page.'),
  'page[cursor]': z.string().optional().describe('Where the page begins; `links.next` of the page before has it.'),
};

const listMyTokens = route({
  id: 'listMyTokens',
  method: 'GET',
  path: '/v1/me/tokens',
  capability: 'tokens',
  scope: 'any-consumer',
  fresh: true,
  summary: 'The tokens that people have linked to you, with countdown',
  description: 'A page may hold fewer tokens than asked for, or none, and still have a `links.next`.',
  query: z.strictObject(pages),
  answers: { 200: TokensDocument, 503: 'TOKENS_UNAVAILABLE' },
});

const listTokens = route({
  id: 'listTokens',
  method: 'GET',
  path: '/v1/tokens',
  capability: 'tokens',
  scope: 'tokens:read',
  fresh: true,
  summary: 'All linked tokens, with countdown',
  query: z.strictObject({
    ...pages,
    'filter[consumer]': ConsumerId.optional().describe('Only those that this consumer has linked.'),
  }),
  answers: { 200: TokensDocument, 503: 'TOKENS_UNAVAILABLE' },
});

const revokeToken = route({
  id: 'revokeToken',
  method: 'DELETE',
  path: '/v1/tokens/{tokenId}',
  capability: 'tokens',
  scope: 'tokens:write',
  fresh: true,
  summary: 'Forget any token, also one that no consumer can reach',
  description: 'The id is that of GET /v1/tokens; a renewed token has another. Otherwise as `revokeMyToken`.',
  parameters: z.object({ tokenId: z.string().describe('Of the token.') }),
  audit: 'tokens.revoke',
  answers: { 204: nothing, 404: 'TOKEN_UNKNOWN', 503: 'TOKENS_UNAVAILABLE' },
});

export const tokenRoutes = [
  readMyToken,
  revokeMyToken,
  createTokenLink,
  listMyTokens,
  listTokens,
  revokeToken,
] as const;
