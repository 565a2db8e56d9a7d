/** The routes of /v1/lists and /v1/sources: administration of what the tenant calls. */
import * as z from 'zod';
import { etag, ifMatch } from '../../routes/if-match.ts';
import { content, nothing, route } from '../../routes/route.ts';
import {
  ListChange,
  ListDocument,
  ListsDocument,
  NewList,
  NewSource,
  SourceChange,
  SourceDocument,
  SourcesDocument,
} from './documents.ts';
import { ListItemsBody, SourceTest, TestDocument } from './test-documents.ts';

const capability = 'lists';
const reading = { capability, method: 'GET', scope: 'lists:read', fresh: true } as const;
const writing = { capability, scope: 'lists:write', fresh: true } as const;

const lists = '/v1/lists';
const list = '/v1/lists/{listName}';
const sources = '/v1/sources';
const source = '/v1/sources/{sourceName}';
const ofList = { parameters: z.object({ listName: z.string().describe('Name of the list.') }) };
const ofSource = { parameters: z.object({ sourceName: z.string().describe('Name of the source.') }) };

const stores = { 503: ['LISTS_UNAVAILABLE', 'KEY_SERVICE_UNAVAILABLE'] } as const;
const store = { 503: 'LISTS_UNAVAILABLE' } as const;
const unknown = { 404: 'LIST_UNKNOWN' } as const;
const taken = { 409: ['LIST_EXISTS', 'LISTS_FULL'] } as const;
const located = { ...etag, Location: 'The definition.' };

const listLists = route({
  ...reading,
  id: 'listLists',
  path: lists,
  summary: 'All lists that the tenant may read',
  answers: { 200: ListsDocument, ...store },
});

const createList = route({
  ...writing,
  id: 'createList',
  method: 'POST',
  path: lists,
  summary: 'Make a list',
  description:
    'The tenant reads it at `/lists/{name}` with the header and the secret. No answer shows the secret. At most 200 lists.',
  body: NewList,
  examples: [
    {
      summary: 'Projects, put by an administrator',
      value: {
        data: {
          type: 'list',
          id: 'projects',
          attributes: {
            ...{
              header: 'X-List-Secret',
              secret: '<24-random-characters-or-more>',
              key: 'code',
              origin: { kind: 'table' },
            },
            fields: [
              { name: 'code', type: 'text' },
              { name: 'project', type: 'text' },
            ],
          },
        },
      },
    },
  ],
  audit: 'lists.create',
  answers: { 201: ListDocument, ...taken, ...stores },
  answerHeaders: located,
});

const readListDefinition = route({
  ...reading,
  ...ofList,
  id: 'readListDefinition',
  path: list,
  summary: 'One list',
  answers: { 200: ListDocument, ...unknown, ...store },
  answerHeaders: etag,
});

const changeList = route({
  ...writing,
  ...ofList,
  id: 'changeList',
  method: 'PATCH',
  path: list,
  summary: 'Change a list, or its secret',
  description: 'What is left out stays. Two secrets are valid at a time: a third ends the first.',
  headers: ifMatch('list'),
  body: ListChange,
  examples: [
    {
      summary: 'A new secret; the one before it stays valid',
      parameters: { listName: 'projects' },
      value: { data: { type: 'list', attributes: { secret: '<24-random-characters-or-more>' } } },
    },
  ],
  audit: 'lists.change',
  answers: { 200: ListDocument, ...unknown, 412: 'LIST_CHANGED', ...stores },
  answerHeaders: etag,
});

const removeList = route({
  ...writing,
  ...ofList,
  id: 'removeList',
  method: 'DELETE',
  path: list,
  summary: 'Remove a list and its items',
  headers: ifMatch('list'),
  audit: 'lists.remove',
  answers: { 204: nothing, ...unknown, 412: 'LIST_CHANGED', ...store },
});

const replaceListItems = route({
  ...writing,
  ...ofList,
  id: 'replaceListItems',
  method: 'PUT',
  path: '/v1/lists/{listName}/items',
  summary: 'Replace the items of a list with the origin `table`',
  description: 'At most 20,000 items, and about 4.5 MB. All faults are reported, and then nothing is replaced.',
  body: ListItemsBody,
  bodyMediaType: 'application/json',
  mostBodyBytes: 4_718_592,
  examples: [
    {
      summary: 'One project',
      parameters: { listName: 'projects' },
      value: { data: [{ code: 'A1', project: 'Alpha' }] },
    },
  ],
  audit: 'lists.put-items',
  answers: { 204: nothing, ...unknown, ...store },
});

const csv = { path: '/v1/lists/{listName}/csv' } as const;

const readListCsv = route({
  ...reading,
  ...ofList,
  ...csv,
  id: 'readListCsv',
  summary: 'The items of a list with the origin `table`, as a CSV file',
  description: "What a spreadsheet would run as a formula gets a leading `'`.",
  answers: {
    200: content('text/csv; charset=utf-8', 'A header with the names of the fields, and a line for each item.'),
    ...unknown,
    ...store,
  },
});

const replaceListCsv = route({
  ...writing,
  ...ofList,
  ...csv,
  id: 'replaceListCsv',
  method: 'PUT',
  summary: 'Replace the items of a list with the origin `table` by those of a CSV file',
  description: 'UTF-8, with a header that has the names of the fields. At most 20,000 items, and about 4.5 MB.',
  body: z.string(),
  bodyMediaType: 'text/csv',
  mostBodyBytes: 4_718_592,
  examples: [{ summary: 'One project', parameters: { listName: 'projects' }, value: 'code,project\r\nA1,Alpha\r\n' }],
  audit: 'lists.put-items',
  answers: { 204: nothing, ...unknown, ...store },
});

const testList = route({
  ...writing,
  ...ofList,
  id: 'testList',
  method: 'POST',
  path: '/v1/lists/{listName}/tests',
  summary: 'Read the items from their origin now',
  description: 'Nothing is kept. The answer is 200 also if it fails, and says why.',
  audit: 'lists.test',
  answers: { 200: TestDocument, ...unknown, ...store },
});

const listSources = route({
  ...reading,
  id: 'listSources',
  path: sources,
  summary: 'All data sources that the tenant may call',
  answers: { 200: SourcesDocument, ...store },
});

const createSource = route({
  ...writing,
  id: 'createSource',
  method: 'POST',
  path: sources,
  summary: 'Make a data source',
  description:
    'The tenant calls it below `/sources/{name}` with the header and the secret. No answer shows the secret.',
  body: NewSource,
  examples: [
    {
      summary: 'Reagents of an inner system',
      value: {
        data: {
          type: 'source',
          id: 'reagents',
          attributes: {
            ...{ header: 'X-Source-Secret', secret: '<24-random-characters-or-more>', key: 'code' },
            fields: [
              { name: 'code', type: 'text' },
              { name: 'name', type: 'text' },
              { name: 'purity', type: 'number' },
            ],
            urls: { read: 'https://reagents.example.com/items/{id}', create: 'https://reagents.example.com/items' },
          },
        },
      },
    },
  ],
  audit: 'sources.create',
  answers: { 201: SourceDocument, ...taken, ...stores },
  answerHeaders: located,
});

const readSource = route({
  ...reading,
  ...ofSource,
  id: 'readSource',
  path: source,
  summary: 'One data source',
  answers: { 200: SourceDocument, ...unknown, ...store },
  answerHeaders: etag,
});

const changeSource = route({
  ...writing,
  ...ofSource,
  id: 'changeSource',
  method: 'PATCH',
  path: source,
  summary: 'Change a data source, or its secret',
  description: 'What is left out stays. Two secrets are valid at a time: a third ends the first.',
  headers: ifMatch('source'),
  body: SourceChange,
  examples: [
    {
      summary: 'Serve copies of up to an hour',
      parameters: { sourceName: 'reagents' },
      value: { data: { type: 'source', attributes: { staleSeconds: 3600 } } },
    },
  ],
  audit: 'sources.change',
  answers: { 200: SourceDocument, ...unknown, 412: 'LIST_CHANGED', ...stores },
  answerHeaders: etag,
});

const removeSource = route({
  ...writing,
  ...ofSource,
  id: 'removeSource',
  method: 'DELETE',
  path: source,
  summary: 'Remove a data source',
  headers: ifMatch('source'),
  audit: 'sources.remove',
  answers: { 204: nothing, ...unknown, 412: 'LIST_CHANGED', ...store },
});

const testSource = route({
  ...writing,
  ...ofSource,
  id: 'testSource',
  method: 'POST',
  path: '/v1/sources/{sourceName}/tests',
  summary: 'Read one record now',
  description: 'Nothing is kept. The answer is 200 also if it fails, and says why.',
  body: SourceTest,
  examples: [
    {
      summary: 'By its key',
      parameters: { sourceName: 'reagents' },
      value: { data: { type: 'source-test', attributes: { key: 'R-1' } } },
    },
  ],
  audit: 'sources.test',
  answers: { 200: TestDocument, ...unknown, ...store },
});

export const listAdminRoutes = [
  listLists,
  createList,
  readListDefinition,
  changeList,
  removeList,
  replaceListItems,
  readListCsv,
  replaceListCsv,
  testList,
  listSources,
  createSource,
  readSource,
  changeSource,
  removeSource,
  testSource,
] as const;
