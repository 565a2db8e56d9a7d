/** The documents of native operations as components: one for each type of document, alone and in a list. */
import * as z from 'zod';
import { type DocumentType, documentTypes } from '../../../shared/signals/documents/document-types.ts';
import { type Answered, documentsOf } from '../../../shared/signals/documents/operation-documents.ts';
import {
  DocumentLinks,
  documentOf,
  Identifier,
  Links,
  Relationship,
  Resource,
} from '../../../shared/signals/documents/parts.ts';
import { Column } from '../../../shared/signals/documents/tables.ts';
import { readSignalsOperations } from '../../../shared/signals/signals.ts';
import { type Json, nameOf } from '../native-api.ts';
import { open } from '../tidy.ts';

const isList = (answered: Answered): answered is `${DocumentType}[]` => answered.endsWith('[]');
const typeOf = (answered: Answered): DocumentType => answered.replace('[]', '') as DocumentType;

/** `NativeEntity`; the facade has documents of its own, such as `Material`. */
const nameOfType = (type: DocumentType): string => `Native${type.charAt(0).toUpperCase()}${type.slice(1)}`;

/** The component of a whole document. */
export const componentOf = (answered: Answered): string =>
  `${nameOfType(typeOf(answered))}${isList(answered) ? 'List' : ''}Document`;

const schemaOf = (answered: Answered): z.ZodType => {
  const schema = documentTypes[typeOf(answered)];
  return documentOf(isList(answered) ? z.array(schema) : schema);
};

const exampleResource: Json = {
  type: 'entity',
  id: 'experiment:<uuid>',
  attributes: { type: 'experiment', name: 'Run 7', digest: '41200317' },
};

/** Of operations whose documents no source settles: they state only what is true of every document. */
const AnyDocument = documentOf(z.union([Resource, z.array(Resource), z.null()]).optional()).meta({
  description: 'A JSON:API document. Some operations answer with one resource, some with a list.',
  example: { data: exampleResource },
});
const AnyListDocument = documentOf(z.array(Resource)).meta({
  description: 'One page of a list. Follow `links.next` until it is absent; there is no `last` and often no total.',
  example: { links: { next: '<URL of the next page>' }, data: [exampleResource] },
});

const answeredDocuments = new Set(readSignalsOperations().flatMap((operation) => documentsOf(nameOf(operation))));

const named: readonly (readonly [string, z.ZodType])[] = [
  ['Links', Links],
  ['Resource', Resource],
  ['Document', AnyDocument],
  ['ListDocument', AnyListDocument],
  ['NativeDocumentLinks', DocumentLinks],
  ['NativeIdentifier', Identifier],
  ['NativeRelationship', Relationship],
  ['NativeColumn', Column],
  ...Object.entries(documentTypes).map(([type, schema]) => [nameOfType(type as DocumentType), schema] as const),
  ...[...answeredDocuments].map((one) => [componentOf(one), schemaOf(one)] as const),
];

const toComponents = (schemas: typeof named): Readonly<Record<string, Json>> => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of schemas) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    target: 'draft-2020-12',
    uri: (id) => `#/components/schemas/${id}`,
    override: open,
  });
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, { $id: _address, $schema: _dialect, ...schema }]) => [id, schema]),
  );
};

export const signalsDocuments: Readonly<Record<string, Json>> = toComponents(named);
