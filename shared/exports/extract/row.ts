/** A row of an extract, and where a run keeps what it works with. */
import * as z from 'zod';
import type { Material } from '../../materials/material-document.ts';
import { workingKeyOf } from '../export-record.ts';

export const Row = z.strictObject({
  id: z.string(),
  type: z.enum(['asset', 'batch']),
  name: z.string(),
  description: z.string().optional(),
  createdAt: z.string(),
  modifiedAt: z.string(),
  digest: z.string().optional(),
  structure: z.string().nullable().optional(),
  structureError: z.string().optional(),
  fields: z.record(z.string(), z.unknown()),
});
export type Row = z.output<typeof Row>;

export const toRow = ({ id, kind, attributes: { fields, ...rest } }: Material): Row => ({
  id,
  type: kind,
  ...rest,
  fields,
});

const padded = (number: number): string => String(number).padStart(6, '0');

/** Keys of the objects of a run. The same step writes the same keys again. */
export const objectsOf = (runName: string) => ({
  /** Rows as the walk found them. */
  walked: (part: number): string => workingKeyOf(runName, `walked-${padded(part)}`),
  /** Each row once. */
  settled: (share: number): string => workingKeyOf(runName, `settled-${padded(share)}`),
  /** Structures by the names of rows: from a file of the tenant, or asked for one by one. */
  structures: (part: number): string => workingKeyOf(runName, `structures-${padded(part)}`),
  /** Rows as they are given. */
  joined: (part: number): string => workingKeyOf(runName, `joined-${padded(part)}.ndjson`),
});
