/** The Signals Notebook surface for the OpenAPI document. */
import { createOperations } from '../../../shared/catalogue/operation.ts';
import { jsonApiMediaType } from '../../../shared/config/names.ts';
import { signalsBasePath } from '../../../shared/signals/names.ts';
import { signalsOperations } from '../../../shared/signals/operations.ts';
import { signalsPolicy } from '../../../shared/signals/policy.ts';
import type { NativeApi } from '../native-api.ts';
import { signalsAnswer } from './answers.ts';
import { signalsBody } from './bodies.ts';
import { signalsGroups } from './groups.ts';
import { signalsNotes } from './notes.ts';
import { signalsPathParameter } from './path-parameters.ts';
import { signalsQueryParameter, signalsSharedQuery } from './query-parameters.ts';
import { signalsSchemas } from './schemas.ts';

export const signalsApi: NativeApi = {
  basePath: signalsBasePath,
  operations: createOperations(signalsOperations, signalsPolicy),
  groups: signalsGroups,
  pathParameter: signalsPathParameter,
  sharedQuery: signalsSharedQuery,
  queryParameter: signalsQueryParameter,
  body: signalsBody,
  answer: signalsAnswer,
  notes: signalsNotes,
  schemas: signalsSchemas,
  error: { mediaType: jsonApiMediaType, schema: 'NativeErrorDocument' },
};
