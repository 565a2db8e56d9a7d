/** What is kept of an upload, and the port of where. */
import * as z from 'zod';

/**
 * - `waiting`: bytes may be put, and forwarded. Also after the upstream refused the request (4xx): it changed nothing.
 * - `forwarding`: on its way, until the lease ends.
 * - `forwarded`: the upstream answered 2xx; the bytes are gone from the bucket.
 * - `uncertain`: no answer came, or a 5xx: the upstream may have carried the operation out.
 */
export const UploadState = z.enum(['waiting', 'forwarding', 'forwarded', 'uncertain']);

export const Upload = z.object({
  id: z.string(),
  consumerId: z.string(),
  /** Which of all consumers that ever had this id. */
  incarnation: z.string().optional(),
  method: z.string(),
  /** Native path with base path and query, as the caller named it. */
  path: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  state: UploadState,
  createdAtMillis: z.number(),
  deleteAtSeconds: z.number(),
  /** Ends a `forwarding` whose function died. */
  leaseUntilMillis: z.number().optional(),
  /** Status of the last native answer. */
  answerStatus: z.number().optional(),
});
export type Upload = z.infer<typeof Upload>;

/** Port: the records. */
export interface UploadStore {
  create(upload: Upload): Promise<void>;
  /** The record as last written. */
  read(id: string): Promise<Upload | undefined>;
  /** Replaces the record if its state and lease are still those of `before`; false when somebody else was first. Atomic. */
  replace(before: Upload, after: Upload): Promise<boolean>;
  remove(id: string): Promise<void>;
}
