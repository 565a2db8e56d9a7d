/** Uploads in memory, and the tenant that they are forwarded to. */
import type { Identifier } from '../../../shared/consumers/identify.ts';
import {
  createMemoryAllowanceStore,
  createMemoryUploadBytes,
  createMemoryUploadStore,
} from '../../../shared/uploads/adapters/memory.ts';
import { createAllowance } from '../../../shared/uploads/allowance.ts';
import { createUploads } from '../../../shared/uploads/upload.ts';
import { createTestPipeline } from '../pipeline.ts';
import { startUpstream } from '../upstream.ts';

/** The tenant answers 201, until a test says otherwise. */
export const createUploadParts = async (identifier: Identifier, clock: { nowMillis(): number }) => {
  let tenantStatus = 201;
  const { url } = await startUpstream((_request, response) => void response.writeHead(tenantStatus).end('made'));
  const { pipeline } = await createTestPipeline(url, { identifier });
  const store = createMemoryUploadStore();
  const bytes = createMemoryUploadBytes();
  const bounds = { mostOpen: 20, mostBytesPerDay: 1_000_000_000 };
  const allowance = createAllowance(createMemoryAllowanceStore(), store, clock, bounds);
  const uploads = createUploads({ store, bytes, allowance, clock, warn: () => {} });
  const answerAsTenant = (status: number): void => {
    tenantStatus = status;
  };
  return { pipeline, uploads, bytes, answerAsTenant };
};
