/** The routes for people and tools, which need no key. */
import * as z from 'zod';
import { content, route } from '../routes/route.ts';

export const Health = z
  .strictObject({ status: z.literal('ok'), stage: z.string(), version: z.string() })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof Health>;

const common = { method: 'GET', capability: 'service', scope: 'everybody' } as const;

const readHealth = route({
  ...common,
  id: 'readHealth',
  path: '/health',
  summary: 'Whether the facade answers',
  answers: { 200: content('application/json', 'It does.', Health) },
});

const readOpenApi = route({
  ...common,
  id: 'readOpenApi',
  path: '/openapi.json',
  summary: 'This document',
  answers: { 200: content('application/json', 'OpenAPI 3.1.', z.looseObject({ openapi: z.string() })) },
});

const readAsyncApi = route({
  ...common,
  id: 'readAsyncApi',
  path: '/asyncapi.json',
  summary: 'The events that the facade sends to queues',
  answers: { 200: content('application/json', 'AsyncAPI 3.0.', z.looseObject({ asyncapi: z.string() })) },
});

const readDocs = route({
  ...common,
  id: 'readDocs',
  path: '/docs',
  summary: 'This document as a page to try calls on',
  passesQuery: true,
  answers: { 200: content('text/html', 'A page.') },
});

const readDocsFile = route({
  ...common,
  id: 'readDocsFile',
  path: '/docs/{proxy+}',
  summary: 'A file of the page',
  passesQuery: true,
  answers: { 200: content('*/*', 'The file.'), 404: 'ROUTE_UNKNOWN' },
});

const readOps = route({
  ...common,
  id: 'readOps',
  path: '/ops',
  summary: 'The page of operators: what /v1/health, /v1/quota, /v1/usage and /v1/requests answer, live',
  passesQuery: true,
  answers: { 200: content('text/html', 'A page, which asks for the key of an administrator.') },
});

const readMePage = route({
  ...common,
  id: 'readMePage',
  path: '/me',
  summary: 'The page of an application: its scopes, limits, usage, subscriptions and tokens, and calls to try',
  passesQuery: true,
  answers: { 200: content('text/html', 'A page, which asks for the key of the application.') },
});

export const documentRoutes = [
  readHealth,
  readOpenApi,
  readAsyncApi,
  readDocs,
  readDocsFile,
  readOps,
  readMePage,
] as const;
