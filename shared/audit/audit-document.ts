/** `GET /v1/audit`: its parameters, and a page of entries as a JSON:API document. */

import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { ConsumerId, OwnId } from '../exchange/consumer.ts';
import { instantParameter, latestMillis } from '../http/instant-parameter.ts';
import { nextPageOf } from '../http/next-page.ts';
import { pageSize } from '../http/page-size.ts';
import { toIso } from '../time/iso.ts';
import { dayMillis } from '../time/units.ts';
import type { AuditEntry, AuditPage, AuditQuery } from './page.ts';
import { auditKinds, outcomes } from './record.ts';

/** The range without `from`, where no consumer and no entity narrows it. */
const defaultDays = 30;

const position = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z[#~][\w-]{0,64}$/;
const readCursor = (text: string): string => Buffer.from(text, 'base64url').toString('latin1');
const writeCursor = (next: string): string => Buffer.from(next, 'latin1').toString('base64url');

/** The query parameters. */
export const AuditParameters = z.strictObject({
  from: instantParameter
    .optional()
    .describe('Begun at this instant or later. Without it 30 days back, or all of one consumer or entity.'),
  to: instantParameter.optional().describe('Begun before this instant.'),
  consumer: z
    .union([ConsumerId, OwnId])
    .optional()
    .describe('Made by this consumer, or by the facade for a purpose of its own, such as `facade.register-sample`.'),
  entity: z
    .string()
    .min(1, 'must name an entity')
    .max(256, 'is longer than any entity')
    .optional()
    .describe('About this entity, or about what an admin act changed.'),
  outcome: z
    .enum(outcomes, `must be one of ${outcomes.join(', ')}`)
    .optional()
    .describe('What came of it.'),
  'page[cursor]': z
    .string()
    .max(200)
    .transform(readCursor)
    .refine((text) => position.test(text) && !Number.isNaN(Date.parse(text.slice(0, 24))), 'must come from links.next')
    .optional()
    .describe('From `links.next`.'),
  'page[size]': z.coerce
    .number('must be a whole number from 1 to 100')
    .int('must be a whole number from 1 to 100')
    .min(1, 'must be at least 1')
    .max(100, 'must be at most 100')
    .optional()
    .describe('The former name of `page[limit]`. It counts if both are given.'),
  'page[limit]': pageSize(50, 100).describe('Entries on a page.'),
});

const Instant = z.iso.datetime();

/** A page of the log. What an entry is about decides which members it has. */
export const AuditDocument = z
  .strictObject({
    links: z.strictObject({ next: z.url().optional() }),
    data: z.array(
      z.strictObject({
        type: z.literal('audit-entry'),
        id: z.string(),
        attributes: z.looseObject({
          startedAt: Instant,
          endedAt: Instant.optional(),
          durationMillis: z.number().optional(),
          kind: z.enum(auditKinds),
          requestId: z.string(),
          consumer: z
            .string()
            .describe(
              'Who called; `operator` for a command of an operator, `tenant` for a write of the tenant to a source.',
            ),
          actor: z.string().optional().describe('Who ran a command of an operator; the name of the source of a write.'),
          subject: z.string().optional(),
          operation: z.string(),
          target: z.string(),
          outcome: z.enum(outcomes),
          status: z.int().optional(),
          asked: z.record(z.string(), z.unknown()).optional().describe('What an act asked for.'),
          changes: z
            .array(
              z.strictObject({
                of: z.string().optional().describe('The record, where it is not the target of the act.'),
                field: z.string(),
                old: z.unknown().optional().describe('Missing where there was no value.'),
                new: z.unknown().optional().describe('Missing where there is no value any longer.'),
              }),
            )
            .optional()
            .describe('What an act changed.'),
          keptUntil: Instant,
        }),
      }),
    ),
  })
  .meta({ id: 'AuditDocument', description: 'One page.' });
type AuditDocument = z.infer<typeof AuditDocument>;

/** @throws AppError REQUEST_INVALID for a range that is empty by its own ends. */
export const toAuditQuery = (parameters: z.output<typeof AuditParameters>, nowMillis: number): AuditQuery => {
  const { from, to, consumer, entity, outcome, 'page[cursor]': before, 'page[limit]': limit } = parameters;
  const size = parameters['page[size]'] ?? limit;
  if (from !== undefined && to !== undefined && from >= to)
    throw new AppError('REQUEST_INVALID', { detail: 'from must be before to.', source: { parameter: 'from' } });
  // Days that have not come yet need no look, but clocks may be a little ahead of this one.
  const untilMillis = Math.min(to ?? latestMillis, nowMillis + dayMillis);
  const isNarrow = consumer !== undefined || entity !== undefined;
  const fromMillis = from ?? (isNarrow ? 0 : Math.max(0, Math.min(untilMillis, nowMillis) - defaultDays * dayMillis));
  const range = { fromMillis, untilMillis, before, outcome, size };
  if (entity !== undefined) return { ...range, of: { entity }, consumer };
  return consumer === undefined ? range : { ...range, of: { consumer } };
};

const toResource = ({ record, outcome }: AuditEntry): AuditDocument['data'][number] => {
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
): AuditDocument => {
  const links = next === undefined ? {} : { next: nextPageOf(self, query, writeCursor(next)) };
  return { links, data: entries.map(toResource) };
};
