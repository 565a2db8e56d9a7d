/** Tries a filter on what has happened lately, or on an event that the caller gives. */
import * as z from 'zod';
import { toCloudEvent } from '../notifications/cloud-event.ts';
import type { Entry, Ledger } from '../notifications/ledger.ts';
import { searchLedger } from '../notifications/search.ts';
import { compileFilter, FilterPattern } from './filter/filter.ts';

const mostTested = 100;
const mostExamples = 10;

/** Body of `POST /v1/subscriptions/filter-tests`. */
export const FilterTest = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('filter-test'),
      attributes: z.strictObject({
        filter: FilterPattern,
        event: z
          .record(z.string(), z.unknown())
          .optional()
          .describe(`An event as it is sent. Without it the last ${mostTested} events are tried.`),
      }),
    }),
  })
  .meta({ id: 'FilterTest' });

export const FilterTestDocument = z
  .strictObject({
    data: z.strictObject({
      type: z.literal('filter-test'),
      id: z.string(),
      attributes: z.strictObject({
        tested: z.int().describe('Events that the filter was tried on.'),
        matching: z.int(),
        examples: z
          .array(z.record(z.string(), z.unknown()))
          .describe(
            `The first ${mostExamples} that match, or where none does the first that do not, without their \`data\`.`,
          ),
      }),
    }),
  })
  .meta({ id: 'FilterTestDocument', description: 'What the filter matches.' });

export type FilterTestParts = {
  readonly ledger: Pick<Ledger, 'list'>;
  /** `/signals-facade/<stage>`. */
  readonly source: string;
  readonly nowMillis: () => number;
};

/** @param maySee whether the caller may know of an entry. */
export const runFilterTest = async (
  { filter: pattern, event }: z.output<typeof FilterTest>['data']['attributes'],
  { ledger, source, nowMillis }: FilterTestParts,
  maySee: (entry: Entry) => boolean,
) => {
  const recent = async (): Promise<readonly object[]> => {
    const { entries } = await searchLedger(ledger, { limit: mostTested, isWanted: maySee }, nowMillis());
    return entries.map(({ notification, dispatched }) =>
      toCloudEvent(notification, { source, sequence: dispatched?.sequence }),
    );
  };
  const filter = compileFilter(pattern);
  const events = event ? [event] : await recent();
  const matching = events.filter(filter);
  const examples = matching.length > 0 ? matching : events;
  const withoutData = (one: object): Record<string, unknown> => {
    const { data: _data, ...rest } = one as Record<string, unknown>;
    return rest;
  };
  return {
    data: {
      type: 'filter-test' as const,
      id: 'filter-test',
      attributes: {
        tested: events.length,
        matching: matching.length,
        examples: examples.slice(0, mostExamples).map(withoutData),
      },
    },
  };
};
