/** Ids of entities: `<type>:<uuid>`. */
import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { isSingleLine } from '../http/single-line.ts';

/** Text that can stand in an address: `.` and `..` would be steps in it. */
export const Id = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => isSingleLine(text) && !/[/\\]|^\.{1,2}$/.test(text), 'must be an id');

export const entityPath = (eid: string): string => `/entities/${encodeURIComponent(eid)}`;

export const typeOf = (eid: string): string => eid.split(':')[0] ?? '';

export const unknownEntity = (what: string): AppError =>
  new AppError('ENTITY_UNKNOWN', { detail: `The tenant shows you no ${what}.`, sent: false });
