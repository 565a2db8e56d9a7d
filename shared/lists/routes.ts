/** The routes that the tenant calls: external lists and data sources, with a secret header each instead of a key of the facade. */
import * as z from 'zod';
import { content, route } from '../routes/route.ts';

const capability = 'lists';
const calling = { capability, scope: 'everybody' } as const;

const Item = z
  .record(z.string(), z.unknown())
  .meta({ id: 'ExternalListItem', description: 'Values by the names of the fields.' });
const Items = z.object({ data: z.array(Item).max(20_000) }).meta({ id: 'ExternalListItems' });
const SourceRecord = z
  .record(z.string(), z.unknown())
  .meta({ id: 'DataSourceRecord', description: 'A record, flat or nested, with the fields of the source.' });

const copyHeaders = {
  Age: 'Seconds since the system of record gave what is answered.',
  'Cache-Status': '`hit` for a copy, with `detail=stale` where the system of record is slow or fails.',
};
const json = (description: string, schema: z.ZodType) => content('application/json', description, schema);
const record = json('The record.', SourceRecord);

const name = z.string().describe('Name of the list or source.');
const key = z.string().describe('Key of the record: what Signals calls `{id}`.');
const people = {
  username: z.string().max(500).optional().describe('What Signals calls `{username}`.'),
  user_alias: z.string().max(500).optional().describe('What Signals calls `{user_alias}`.'),
};
const query = z.strictObject(people);

const reads = { 401: 'LIST_REFUSED', 503: ['LISTS_UNAVAILABLE', 'KEY_SERVICE_UNAVAILABLE'] } as const;
const asked = { 502: ['SOURCE_FAILED', 'RECORDS_UNREADABLE', 'ADDRESS_REFUSED'], 504: 'SOURCE_LATE' } as const;
const written = {
  200: record,
  422: 'RECORD_REFUSED',
  502: asked[502],
  503: [...reads[503], 'AUDIT_UNAVAILABLE'],
  504: ['RECORD_UNCERTAIN', 'SOURCE_LATE'],
} as const;

const onlyOnce =
  'It is sent once and never repeated. After 504 `RECORD_UNCERTAIN`, read the record before you write it again.';

const readList = route({
  ...calling,
  id: 'readList',
  method: 'GET',
  path: '/lists/{name}',
  summary: 'For the tenant: an external list',
  description:
    'At most 20,000 items. The header is the one that an administrator has set for the list. The answer is the same for a wrong header and an unknown name.',
  parameters: z.object({ name }),
  answers: { ...reads, ...asked, 200: json('The list, as Signals reads it.', Items) },
  answerHeaders: copyHeaders,
});

const readSourceRecord = route({
  ...calling,
  id: 'readSourceRecord',
  method: 'GET',
  path: '/sources/{name}/{key}',
  summary: 'For the tenant: a record of a data source',
  description: 'The header is the one that an administrator has set for the source.',
  parameters: z.object({ name, key }),
  query,
  answers: { ...reads, ...asked, 200: record, 404: 'RECORD_UNKNOWN' },
  answerHeaders: copyHeaders,
});

const writing = {
  ...calling,
  query,
  body: SourceRecord,
  bodyMediaType: 'application/json',
  mostBodyBytes: 262_144,
} as const;
const examples = [
  {
    summary: 'A reagent',
    parameters: { name: 'reagents', key: 'R-1' },
    value: { code: 'R-1', name: 'Ethanol', purity: 99.5 },
  },
] as const;

const createSourceRecord = route({
  ...writing,
  id: 'createSourceRecord',
  method: 'POST',
  path: '/sources/{name}',
  summary: 'For the tenant: create a record in the system of record',
  description: `The answer is the record as the system of record has it. ${onlyOnce}`,
  parameters: z.object({ name }),
  examples,
  answers: { ...reads, ...written },
});

const updateSourceRecord = route({
  ...writing,
  id: 'updateSourceRecord',
  method: 'PUT',
  path: '/sources/{name}',
  summary: 'For the tenant: update the record whose key is in the body',
  description: `The answer is the record as the system of record has it. ${onlyOnce}`,
  parameters: z.object({ name }),
  examples,
  answers: { ...reads, ...written },
});

const updateSourceRecordByKey = route({
  ...writing,
  id: 'updateSourceRecordByKey',
  method: 'PUT',
  path: '/sources/{name}/{key}',
  summary: 'For the tenant: update a record',
  description: `The body has the key too. ${onlyOnce}`,
  parameters: z.object({ name, key }),
  examples,
  answers: { ...reads, ...written },
});

export const listRoutes = [
  readList,
  readSourceRecord,
  createSourceRecord,
  updateSourceRecord,
  updateSourceRecordByKey,
] as const;
