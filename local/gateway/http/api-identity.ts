/** Facts about the API in events: ids, stage, binary media types. */
import * as z from 'zod';
import { accountId } from '../template/references.ts';
import type { Stack } from '../template/stack.ts';
import type { ApiIdentity } from './proxy-event.ts';

const Api = z.object({ BinaryMediaTypes: z.array(z.string()).default([]) });
const Stage = z.object({ StageName: z.string(), Variables: z.record(z.string(), z.string()).optional() });

/** Reads the stack's REST API and its stage. A stack without either gets empty ones. */
export const readApiIdentity = (stack: Stack): ApiIdentity => {
  const [apiId] = stack.ofType('AWS::ApiGateway::RestApi');
  const [stageId] = stack.ofType('AWS::ApiGateway::Stage');
  const stage = stageId ? stack.read(stageId, Stage) : undefined;
  return {
    apiId: apiId ? stack.reference(apiId).ref : '',
    accountId,
    stage: stage?.StageName ?? '',
    stageVariables: stage?.Variables ?? null,
    binaryMediaTypes: apiId ? stack.read(apiId, Api).BinaryMediaTypes : [],
  };
};
