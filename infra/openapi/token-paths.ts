/** /v1/me/token and /v1/tokens, and the pages on which people link tokens. */
import { jsonApiMediaType } from '../../shared/config/names.ts';
import { facadeErrorsOf } from './error-responses.ts';
import type { Json } from './native-api.ts';

export const tokenTag: Json = {
  name: 'tokens',
  description:
    'Tokens of people, for calls in their name: linked by the person in a browser, kept alive while idle. No answer holds a value.',
};

const headers: Json = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };

const answer = (description: string): Json => ({
  description,
  headers,
  content: { [jsonApiMediaType]: { schema: { $ref: '#/components/schemas/AnyJson' } } },
});

/** Not needed by callers whose own token names the person. */
const subject: Json = {
  name: 'X-On-Behalf-Of',
  in: 'header',
  description: "The consumer's own name for the person; left out by callers whose JWT names the person.",
  schema: { type: 'string', minLength: 1, maxLength: 128 },
};

const readToken: Json = {
  operationId: 'readMyToken',
  tags: ['tokens'],
  summary: 'State of the token that a person has linked, and when it would die unused',
  parameters: [subject],
  responses: {
    '200': answer('The token, without its value.'),
    ...facadeErrorsOf([400, 401, 403, 404, 429, 500, 502, 503, 504]),
  },
};

const revokeToken: Json = {
  operationId: 'revokeMyToken',
  tags: ['tokens'],
  summary: 'Forget the token of a person',
  description:
    'Record and secret are removed at once; an instance that has just used it goes on for 30 seconds at most. The tenant is not told: an administrator revokes there.',
  parameters: [subject],
  responses: {
    '204': { description: 'Forgotten.', headers },
    ...facadeErrorsOf([400, 401, 403, 404, 429, 500, 502, 503, 504]),
  },
};

const createLink: Json = {
  operationId: 'createTokenLink',
  tags: ['tokens'],
  summary: 'A page where the person links a token, or renews it',
  description:
    'The URL is good once, for 10 minutes. Send the person there in a browser; a new token of the same person replaces the old.',
  parameters: [subject],
  responses: { '201': answer('The link.'), ...facadeErrorsOf([400, 401, 403, 429, 500, 502, 503, 504]) },
};

const revokeAnyToken: Json = {
  operationId: 'revokeToken',
  tags: ['tokens'],
  summary: 'Forget any token, also one that no consumer can reach',
  description: 'The id is that of GET /v1/tokens; a renewed token has another. Otherwise as `revokeMyToken`.',
  'x-facade-scope': 'tokens:write',
  parameters: [
    { name: 'tokenId', in: 'path', required: true, description: 'Of the token.', schema: { type: 'string' } },
  ],
  responses: {
    '204': { description: 'Forgotten.', headers },
    ...facadeErrorsOf([400, 401, 403, 404, 429, 500, 502, 503, 504]),
  },
};

const listTokens: Json = {
  operationId: 'listTokens',
  tags: ['tokens'],
  summary: 'All linked tokens, with countdown',
  'x-facade-scope': 'tokens:read',
  parameters: [
    {
      name: 'page[limit]',
      in: 'query',
      description: 'Tokens in one page.',
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 100 },
    },
    {
      name: 'page[cursor]',
      in: 'query',
      description: 'Where the page begins; `links.next` of the page before has it.',
      schema: { type: 'string' },
    },
    {
      name: 'filter[consumer]',
      in: 'query',
      description: 'Only those that this consumer has linked.',
      schema: { type: 'string' },
    },
  ],
  responses: {
    '200': answer('Tokens, without their values.'),
    ...facadeErrorsOf([400, 401, 403, 429, 500, 502, 503, 504]),
  },
};

const page = (description: string, mediaType = 'text/html'): Json => ({
  description,
  headers,
  content: { [mediaType]: { schema: { type: 'string' } } },
});

/** For browsers: no key, and nothing that an application would call. */
const forBrowsers = (operationId: string, summary: string, responses: Json, more: Json = {}): Json => ({
  operationId,
  tags: ['tokens'],
  summary,
  security: [],
  ...more,
  responses: { ...responses, ...facadeErrorsOf([429, 500, 502, 504]) },
});

const refusal = { '403': page('Why not, in plain words.') };

export const tokenPaths: Readonly<Record<string, Json>> = {
  '/v1/me/token': { get: readToken, delete: revokeToken },
  '/v1/me/token/links': { post: createLink },
  '/v1/tokens': { get: listTokens },
  '/v1/tokens/{tokenId}': { delete: revokeAnyToken },
  '/oauth/start': {
    get: forBrowsers(
      'showTokenLink',
      'The page that says for whom a token will be used',
      { '200': page('A page.'), ...refusal },
      {
        parameters: [
          { name: 'ticket', in: 'query', required: true, description: 'Of the link.', schema: { type: 'string' } },
        ],
      },
    ),
    post: forBrowsers('startTokenLink', "What that page's button does", {
      '303': { description: "To the tenant's login.", headers },
      ...refusal,
    }),
  },
  '/oauth/callback': {
    get: forBrowsers('showTokenCallback', 'Where the login leads back to', { '200': page('A page.'), ...refusal }),
    post: forBrowsers('finishTokenLink', "What that page's script sends", {
      '200': page('What was linked.', 'application/json'),
      ...facadeErrorsOf([400, 403, 413, 415, 503]),
    }),
  },
  '/oauth/callback.js': {
    get: forBrowsers('readTokenScript', "That page's script", { '200': page('A script.', 'text/javascript') }),
  },
  '/oauth/page.css': {
    get: forBrowsers('readTokenStyles', "Those pages' styles", { '200': page('Styles.', 'text/css') }),
  },
};
