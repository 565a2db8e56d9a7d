/** Successful answers of the Signals surface: statuses and media types as far as guide, OpenAPI files and observation state them. */
import type { Operation } from '../../../shared/catalogue/operation.ts';
import { jsonApiMediaType } from '../../../shared/config/names.ts';
import { documentsOf } from '../../../shared/signals/documents/operation-documents.ts';
import { type AnswerFacts, nameOf } from '../native-api.ts';
import { componentOf } from './documents.ts';

const created = [
  'POST /entities',
  'POST /entities/{eid}/children/{filename}',
  'POST /adt/{eid}',
  'POST /inventory/locations',
  'POST /inventory/containers',
  'POST /materials/{libraryName}/assets',
  'POST /users',
  // The vendor's OpenAPI file states 201 for a change too.
  'PATCH /groups/{groupId}',
  'POST /groups/{groupId}/shares',
];
const ok = [
  'PATCH /entities/{eid}/properties',
  'PUT /entities/export/pdf',
  'PATCH /adt/{eid}/{rowid}',
  'POST /materials/{libraryName}/bulkExport',
  'POST /materials/{libraryName}/bulkImport',
  'POST /inventory/containers/bulkUpdateStatus/jobs',
  'POST /inventory/containers/bulkUpdate/jobs',
  'POST /inventory/containers/bulkReturnHome/jobs',
  'POST /synergy/designTables/{designTableId}/design/bulkImport',
  'POST /fragments/salts',
  'POST /fragments/solvates',
  'PATCH /notifications/{id}',
];
const accepted = [
  'POST /entities/export/bulk',
  'POST /samplesTables/{samplesTableId}/bulkUpdate',
  'POST /materials/{libraryName}/bulkUpdate',
  'POST /attributes/{eid}/refresh',
  'POST /synergy/cros/{croId}/bulkUpdateUsers',
];
const noContent = [
  'DELETE /entities/{eid}',
  'DELETE /adt/{eid}/{rowid}',
  'DELETE /auth/tokens',
  'DELETE /bearerTokens/{domain}',
  'DELETE /bearerTokens/{domain}/user/{email}',
  'DELETE /users/{userId}',
  'DELETE /fragments/salts/{id}',
  'DELETE /fragments/solvates/{id}',
];
const okWithoutBody = [
  'POST /entities/{eid}/reviews/close',
  'POST /entities/{eid}/reviews/reopen',
  'POST /entities/{eid}/reviews/archive',
  'POST /entities/{eid}/reviews/unarchive',
];

const statuses: Readonly<Record<string, number>> = Object.fromEntries([
  ...[...ok, ...okWithoutBody].map((name) => [name, 200] as const),
  ...created.map((name) => [name, 201] as const),
  ...accepted.map((name) => [name, 202] as const),
  ...noContent.map((name) => [name, 204] as const),
]);

const contentTypes: Readonly<Record<string, string>> = {
  'GET /entities/{eid}/pdf': 'application/pdf',
  'GET /entities/export/pdf/{fileId}': 'application/pdf',
  'GET /entities/export/bulk/{jobId}/contents': 'multipart/mixed',
};

const hasNoBody = (operation: Operation, status: AnswerFacts['status']): boolean =>
  operation.method === 'HEAD' || status === 204 || okWithoutBody.includes(nameOf(operation));

const statusOf = (operation: Operation): AnswerFacts['status'] => {
  const isRead = ['GET', 'HEAD'].includes(operation.method) || operation.kind === 'read-body';
  return statuses[nameOf(operation)] ?? (isRead ? 200 : '2XX');
};

const schemasOf = (operation: Operation): AnswerFacts['schemas'] => {
  if (operation.group === 'scim') return ['AnyJson'];
  const documents = documentsOf(nameOf(operation)).map(componentOf);
  if (documents.length > 0) return documents;
  return operation.cache === 'listing' || operation.cache === 'search' ? ['ListDocument'] : ['Document'];
};

export const signalsAnswer = (operation: Operation): AnswerFacts => {
  const status = statusOf(operation);
  if (hasNoBody(operation, status)) return { status, mediaTypes: [], schemas: [] };
  if (operation.answer === 'content' || operation.path.endsWith('*')) {
    return { status, mediaTypes: [contentTypes[nameOf(operation)] ?? '*/*'], schemas: [] };
  }
  const mediaType = operation.group === 'scim' ? 'application/scim+json' : jsonApiMediaType;
  return { status, mediaTypes: [mediaType], schemas: schemasOf(operation) };
};
