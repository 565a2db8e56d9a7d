/** Lists and sources as administrators see and write them. Secrets go in and never come out. */
import * as z from 'zod';
import { toIso } from '../../time/iso.ts';
import { type Definition, type ListDefinition, namePattern, type SourceDefinition } from '../definition.ts';
import { Fields } from '../field.ts';
import { UrlTemplate } from '../url-template.ts';

/** Headers that HTTP clients and gateways use for themselves. */
const reserved =
  /^(?:host|connection|keep-alive|content-.*|transfer-encoding|te|trailer|upgrade|via|expect|cookie|accept.*|x-amz.*|x-forwarded-.*)$/i;

/** A token (RFC 9110, 5.6.2). */
const HeaderName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the name of a header')
  .refine((name) => !reserved.test(name), 'is a header that clients and gateways use for themselves');
const valueRule = 'must be visible ASCII, with no space at its ends';
const HeaderValue = z
  .string()
  .max(4_096)
  .regex(/^[!-~]([ -~]*[!-~])?$/, valueRule);
const Secret = HeaderValue.min(24).max(1_024).describe('What the tenant sends in the header: 24 characters or more.');

const UpstreamHeader = z
  .strictObject({ name: HeaderName, value: HeaderValue.describe('Kept encrypted, and sent to this origin only.') })
  .describe('A header that the facade sends to the system of record.');

const seconds = (most: number) => z.int().min(0).max(most);
const settings = {
  header: HeaderName.describe('The header that the tenant sends.'),
  key: z.string().min(1).max(200).describe('The field that tells items or records apart: a text, number or integer.'),
  fields: Fields,
  upstreamHeader: UpstreamHeader.optional(),
  freshSeconds: seconds(86_400).describe('How long a copy is served before the facade asks again.'),
  staleSeconds: seconds(2_592_000).describe(
    'How old a copy may be that is served while the system of record is slow or fails.',
  ),
};

const Origin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('table') }).meta({ id: 'ExternalListOriginTable' }),
  z
    .strictObject({
      kind: z.literal('csv'),
      object: z
        .string()
        .regex(/^[\w-][\w.-]{0,99}(\/[\w-][\w.-]{0,99}){0,4}$/)
        .describe('Key of an object below `csv/` in the bucket of lists.'),
    })
    .meta({ id: 'ExternalListOriginCsv' }),
  z.strictObject({ kind: z.literal('url'), url: UrlTemplate }).meta({ id: 'ExternalListOriginUrl' }),
]);
const Urls = z
  .strictObject({ read: UrlTemplate, create: UrlTemplate.optional(), update: UrlTemplate.optional() })
  .describe('Addresses of the system of record, all of one origin. Without the latter two, such writes are refused.');

const Name = z
  .string()
  .regex(namePattern, 'must be a-z, then up to 62 of a-z, 0-9 and -')
  .describe('A part of the address that the tenant calls.');

const common = { ...settings, secret: Secret };
const listDefaults = {
  freshSeconds: settings.freshSeconds.default(300),
  staleSeconds: settings.staleSeconds.default(604_800),
};
const sourceDefaults = {
  freshSeconds: settings.freshSeconds.default(0),
  staleSeconds: settings.staleSeconds.default(86_400),
};

export const NewList = z
  .object({
    data: z.object({
      type: z.literal('list'),
      id: Name,
      attributes: z.strictObject({ ...common, ...listDefaults, origin: Origin }),
    }),
  })
  .meta({ id: 'NewExternalList' });
export const NewSource = z
  .object({
    data: z.object({
      type: z.literal('source'),
      id: Name,
      attributes: z.strictObject({ ...common, ...sourceDefaults, urls: Urls }),
    }),
  })
  .meta({ id: 'NewDataSource' });

const changeable = {
  ...z.object(settings).partial().shape,
  secret: Secret.optional().describe('A new value. The one before it stays valid.'),
  endsOtherSecrets: z.literal(true).optional().describe('All other values stop working at once.'),
  upstreamHeader: UpstreamHeader.nullable().optional(),
};
const isChange = (attributes: object): boolean => Object.keys(attributes).length > 0;

export const ListChange = z
  .object({
    data: z.object({
      type: z.literal('list'),
      attributes: z
        .strictObject({ ...changeable, origin: Origin.optional() })
        .refine(isChange, 'names nothing to change'),
    }),
  })
  .meta({ id: 'ExternalListChange' });
export const SourceChange = z
  .object({
    data: z.object({
      type: z.literal('source'),
      attributes: z.strictObject({ ...changeable, urls: Urls.optional() }).refine(isChange, 'names nothing to change'),
    }),
  })
  .meta({ id: 'DataSourceChange' });

const shown = {
  ...settings,
  upstreamHeader: z.strictObject({ name: z.string(), setAt: z.iso.datetime() }).optional(),
  secretsSetAt: z.array(z.iso.datetime()).describe('When each value that is valid was set, the newest first.'),
  url: z.url().describe('What to enter in Signals.'),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
};
const List = z.strictObject({
  type: z.literal('list'),
  id: z.string(),
  attributes: z.strictObject({ ...shown, origin: Origin }),
});
const Source = z.strictObject({
  type: z.literal('source'),
  id: z.string(),
  attributes: z.strictObject({ ...shown, urls: Urls }),
});
export const ListDocument = z
  .strictObject({ data: List })
  .meta({ id: 'ExternalListDocument', description: 'The list, without secrets.' });
export const ListsDocument = z
  .strictObject({ data: z.array(List) })
  .meta({ id: 'ExternalListsDocument', description: 'All lists.' });
export const SourceDocument = z
  .strictObject({ data: Source })
  .meta({ id: 'DataSourceDocument', description: 'The source, without secrets.' });
export const SourcesDocument = z
  .strictObject({ data: z.array(Source) })
  .meta({ id: 'DataSourcesDocument', description: 'All sources.' });

/** What an administrator may know of a definition. */
const commonFacts = ({ caller, header, ...rest }: Definition) => ({
  header: caller.name,
  key: rest.key,
  fields: [...rest.fields],
  ...(header ? { upstreamHeader: { name: header.name, setAt: toIso(header.setAtMillis) } } : {}),
  freshSeconds: rest.freshSeconds,
  staleSeconds: rest.staleSeconds,
  secretsSetAt: caller.values.map(({ sinceMillis }) => toIso(sinceMillis)),
});

const timesOf = ({ createdAtMillis, changedAtMillis }: Definition) => ({
  createdAt: toIso(createdAtMillis),
  changedAt: toIso(changedAtMillis),
});

export const listFacts = (list: ListDefinition) => ({ ...commonFacts(list), origin: list.origin });
export const sourceFacts = (source: SourceDefinition) => ({ ...commonFacts(source), urls: source.urls });

export const toList = (list: ListDefinition, publicUrl: string): z.infer<typeof List> => ({
  type: 'list',
  id: list.name,
  attributes: { ...listFacts(list), url: `${publicUrl}/lists/${list.name}`, ...timesOf(list) },
});
export const toSource = (source: SourceDefinition, publicUrl: string): z.infer<typeof Source> => ({
  type: 'source',
  id: source.name,
  attributes: { ...sourceFacts(source), url: `${publicUrl}/sources/${source.name}`, ...timesOf(source) },
});
