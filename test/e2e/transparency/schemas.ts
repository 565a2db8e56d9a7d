/** Whether answers fit the schemas that the facade's own /openapi.json has for their operations. */

import type { Operation } from '../../../shared/catalogue/operation.ts';
import { jsonApiMediaType } from '../../../shared/config/names.ts';
import { documentsOf } from '../../../shared/signals/documents/operation-documents.ts';
import { signalsBasePath } from '../../../shared/signals/names.ts';
import { createAnswerCheck, type OpenApi } from '../../support/openapi-answers.ts';
import { decoded, type RawAnswer } from '../../support/raw-http.ts';

type Exchange = { readonly operation: Operation; readonly answer: RawAnswer };

const isDocument = ({ operation, answer }: Exchange): boolean =>
  operation.method !== 'HEAD' &&
  answer.status < 300 &&
  answer.headers['content-type'] === jsonApiMediaType &&
  answer.body.byteLength > 0;

/** @returns what does not fit, and the operations with a type of document whose answers were looked at. */
export const checkSchemas = (document: OpenApi, exchanges: readonly Exchange[]) => {
  const check = createAnswerCheck(document);
  const documents = exchanges.filter(isDocument);
  const faults = documents.flatMap(({ operation: { method, path }, answer }) =>
    check({
      method,
      path: `${signalsBasePath}${path.replace(/\*$/, '{rest}')}`,
      status: answer.status,
      mediaType: jsonApiMediaType,
      json: JSON.parse(decoded(answer).toString()),
    }),
  );
  const names = new Set(documents.map(({ operation: { method, path } }) => `${method} ${path}`));
  return { faults, typed: [...names].filter((name) => documentsOf(name).length > 0) };
};
