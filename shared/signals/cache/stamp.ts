/** The stamp of a record, from its resource in a document or in a listing of changes. */
import { hash } from 'node:crypto';
import * as z from 'zod';
import type { RecordStamp } from '../../exchange/cache-rules.ts';

const Stamped = z.object({
  attributes: z.object({
    digest: z.string(),
    editedAt: z.string(),
    name: z.string().optional(),
    state: z.string().optional(),
    /** Such as `canEdit` and `isTrashed`: what the reader may do with the record. */
    flags: z.record(z.string(), z.unknown()).default({}),
  }),
});

/**
 * The digest moves with each write to the record, and when something is created inside it (developer guide). An edit of
 * something inside it moves the time of change alone.
 */
export const stampOf = (resource: unknown): RecordStamp | undefined => {
  const { digest, editedAt, name, state, flags } = Stamped.safeParse(resource).data?.attributes ?? {};
  const editedAtMillis = Date.parse(editedAt ?? '');
  if (digest === undefined || Number.isNaN(editedAtMillis)) return undefined;
  const shown = [digest, name, state, Object.entries(flags ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))];
  return { editedAtMillis, own: hash('sha256', JSON.stringify(shown), 'base64url').slice(0, 22) };
};
