/** Holds what the simulator answers to the schema of its operation, as the facade's OpenAPI document has it too. */
import * as z from 'zod';
import {
  type DocumentType,
  documentTypes,
  resourceTypeOf,
} from '../../../../shared/signals/documents/document-types.ts';
import { type Answered, documentsOf } from '../../../../shared/signals/documents/operation-documents.ts';
import { documentOf, Resource } from '../../../../shared/signals/documents/parts.ts';
import { createRouter } from '../../src/http/router.ts';
import { operations } from '../../src/operations.ts';

const router = createRouter<string>();
for (const { method, path, key } of operations) router.add(method, path, key);

/** @param path below the base path, with its query. */
const operationOf = (method: string, path: string): string | undefined => {
  // The pages of a layout are read with a slash at the end, too.
  const [, ...segments] = (path.split('?')[0] ?? '').replace(/\/layout\/pages\/$/, '/layout/pages').split('/');
  return router.find(method, segments)?.value;
};

const typesOfResource = Map.groupBy(Object.keys(documentTypes) as DocumentType[], resourceTypeOf);

/** A resource of a known type has one of the forms of this type, wherever it stands. */
const Known = Resource.superRefine((value, context) => {
  const types = typesOfResource.get(value.type) ?? [];
  if (types.length === 0 || types.some((type) => documentTypes[type].safeParse(value).success)) return;
  context.addIssue({ code: 'custom', message: `is no ${types.join(' or ')}` });
});

const schemaOf = (answered: Answered): z.ZodType => {
  const schema = documentTypes[answered.replace('[]', '') as DocumentType];
  return answered.endsWith('[]') ? z.array(schema) : schema;
};

const isKnown = ({ data }: { data?: unknown }): boolean =>
  [data].flat().some((one) => typesOfResource.has((one as { type?: string } | undefined)?.type ?? ''));

const schemaOfSuccess = (operation: string, document: object): z.ZodType => {
  const answered = documentsOf(operation).map(schemaOf);
  if (answered.length > 0) return documentOf(z.union(answered)).extend({ included: z.array(Known).optional() });
  return isKnown(document)
    ? z.never(`${operation} has no row in operation-documents.ts`)
    : documentOf(z.union([Resource, z.array(Resource)])).extend({ included: z.array(Known).optional() });
};

const text = z.string();
const ErrorMembers = z.strictObject({ status: text, code: text, title: text.optional(), detail: text.optional() });
const ErrorDocument = z.strictObject({ errors: z.array(ErrorMembers).min(1) });
/** A 401 with the switch `bareUnauthorized`. */
const BareError = ErrorMembers.extend({ status: z.literal('401') });

const schemaOfAnswer = (method: string, path: string, status: number, document: object): z.ZodType => {
  if (status >= 400) return status === 401 ? z.union([ErrorDocument, BareError]) : ErrorDocument;
  return schemaOfSuccess(operationOf(method, path) ?? `${method} ${path}`, document);
};

/** What is wrong with a document of the tenant; an empty list for one that is as the sources have it. */
export const documentFaults = (method: string, path: string, status: number, document: object): string[] => {
  const found = schemaOfAnswer(method, path, status, document).safeParse(document);
  return found.success ? [] : z.prettifyError(found.error).split('\n');
};
