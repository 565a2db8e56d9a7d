/** `GET /v1/audit`: its parameters, and a page of entries as a JSON:API document. */
import * as z from 'zod';
import { ConsumerId } from '../consumers/consumer.ts';
import { AppError } from '../errors/app-error.ts';
import type { AuditEntry, AuditPage, AuditQuery } from './page.ts';
import { outcomes } from './record.ts';

/** The range without `from`, where no consumer and no entity narrows it. */
const defaultDays = 30;
const dayMillis = 86_400_000;
/** The latest instant whose text sorts with the others. */
const latestMillis = Date.parse('9999-12-31T23:59:59.999Z');

const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-06-01T08:00:00Z' })
  .transform((text) => Date.parse(text))
  .refine((millis) => millis >= 0 && millis <= latestMillis, 'must lie between the years 1970 and 9999');

const position = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z[#~][\w-]{0,64}$/;
const readCursor = (text: string): string => Buffer.from(text, 'base64url').toString('latin1');
const writeCursor = (next: string): string => Buffer.from(next, 'latin1').toString('base64url');

/** The query parameters, each given at most once. */
const AuditParameters = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  consumer: ConsumerId.optional(),
  entity: z.string().min(1, 'must name an entity').max(256, 'is longer than any entity').optional(),
  outcome: z.enum(outcomes, `must be one of ${outcomes.join(', ')}`).optional(),
  'page[cursor]': z
    .string()
    .max(200)
    .transform(readCursor)
    .refine((text) => position.test(text) && !Number.isNaN(Date.parse(text.slice(0, 24))), 'must come from links.next')
    .optional(),
  'page[size]': z.coerce
    .number('must be a whole number from 1 to 100')
    .int('must be a whole number from 1 to 100')
    .min(1, 'must be at least 1')
    .max(100, 'must be at most 100')
    .default(50),
});

const refuse = (parameter: string, what: string): never => {
  throw new AppError('REQUEST_INVALID', { detail: `${parameter} ${what}.`, source: { parameter } });
};

const asRecord = (query: readonly (readonly [string, string])[]): Record<string, string> => {
  const twice = query.find(([name], index) => query.findIndex(([other]) => other === name) !== index);
  return twice ? refuse(twice[0], 'is given more than once') : Object.fromEntries(query);
};

/** @throws AppError REQUEST_INVALID that names the first parameter at fault. */
export const parseAuditQuery = (query: readonly (readonly [string, string])[], nowMillis: number): AuditQuery => {
  const result = AuditParameters.safeParse(asRecord(query));
  if (!result.success) {
    const [issue] = result.error.issues;
    if (issue?.code === 'unrecognized_keys') return refuse(issue.keys[0] ?? '', 'is no parameter of this resource');
    return refuse(String(issue?.path[0] ?? ''), issue?.message ?? 'is not as documented');
  }
  const { from, to, consumer, entity, outcome, 'page[cursor]': before, 'page[size]': size } = result.data;
  if (from !== undefined && to !== undefined && from >= to) return refuse('from', 'must be before to');
  // Days that have not come yet need no look, but clocks may be a little ahead of this one.
  const untilMillis = Math.min(to ?? latestMillis, nowMillis + dayMillis);
  const isNarrow = consumer !== undefined || entity !== undefined;
  const fromMillis = from ?? (isNarrow ? 0 : Math.max(0, Math.min(untilMillis, nowMillis) - defaultDays * dayMillis));
  const range = { fromMillis, untilMillis, before, outcome, size };
  if (entity !== undefined) return { ...range, of: { entity }, consumer };
  return consumer === undefined ? range : { ...range, of: { consumer } };
};

const toIso = (millis: number): string => new Date(millis).toISOString();

const toResource = ({ record, outcome }: AuditEntry) => {
  const { id, stage: _stage, startedMillis, deleteAtSeconds, ...facts } = record;
  const { endedMillis, ...rest } = 'endedMillis' in facts ? facts : { ...facts, endedMillis: undefined };
  return {
    type: 'audit-entry',
    id,
    attributes: {
      startedAt: toIso(startedMillis),
      ...(endedMillis === undefined
        ? {}
        : { endedAt: toIso(endedMillis), durationMillis: Math.max(0, endedMillis - startedMillis) }),
      ...rest,
      outcome,
      keptUntil: toIso(deleteAtSeconds * 1_000),
    },
  };
};

/** @param self URL of the request without its query; @param query its parameters, kept in `links.next`. */
export const toAuditDocument = (
  { entries, next }: AuditPage,
  self: string,
  query: readonly (readonly [string, string])[],
) => {
  const others = query.filter(([name]) => name !== 'page[cursor]');
  const data = entries.map(toResource);
  if (next === undefined) return { links: {}, data };
  const parameters = new URLSearchParams(others.map(([name, value]): [string, string] => [name, value]));
  parameters.append('page[cursor]', writeCursor(next));
  return { links: { next: `${self}?${parameters}` }, data };
};
