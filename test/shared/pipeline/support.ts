/** What the tests of the pipeline share. */
import { buffer } from 'node:stream/consumers';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { createTestPipeline, type PipelineOverrides, publicUrl } from '../../support/pipeline.ts';
import { type Answering, startUpstream } from '../../support/upstream.ts';

export const jsonApi = { 'content-type': 'application/vnd.api+json' };
export const base = `${publicUrl}/api/rest/v1.0`;

export const bytesOf = async ({ body }: NativeAnswer): Promise<Buffer> => {
  if (body === undefined) return Buffer.alloc(0);
  return body instanceof Uint8Array ? Buffer.from(body) : buffer(body);
};

export const start = async (answering: Answering, overrides: PipelineOverrides = {}) => {
  const upstream = await startUpstream(answering);
  return { ...upstream, ...(await createTestPipeline(upstream.url, overrides)) };
};

export const failing = async (promise: Promise<unknown>): Promise<AppError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`Expected an AppError, got ${String(error)}`);
};
