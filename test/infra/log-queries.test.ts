/** Each field of a saved log query is one that the code writes: the lines are made by the code that logs them. */
import { readFileSync } from 'node:fs';
import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { Context, SQSRecord } from 'aws-lambda';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { toJobContext } from '../../functions/edge/durable-job.ts';
import { tellAttempt } from '../../functions/edge/fan-out-log.ts';
import { logger } from '../../functions/edge/logger.ts';
import { queueHandler } from '../../functions/edge/queue-handler.ts';
import { createSweepRun } from '../../functions/edge/sweep-run.ts';
import { functionNames } from '../../infra/function-names.ts';
import { logQueries } from '../../infra/log-queries.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Decision } from '../../shared/exchange/decision.ts';
import type { CallAsParts } from '../../shared/pipeline/call-as.ts';
import { invokeStreaming, proxyEvent } from '../support/lambda.ts';
import { synthesize } from './synthesized.ts';

/** Every member of a decision: the type requires it. */
const decision: Required<Decision> = {
  ...{
    consumer: 'app',
    incarnation: 'c_1',
    keyId: 'k',
    operation: 'GET /users',
    group: 'users',
    scope: 'users:read',
    credential: 'service s',
  },
  ...{ cacheStatus: 'hit', cacheClass: 'entity', refusal: { limit: 'tenant', retryAtMillis: 1 }, sends: [200] },
  quota: { outcome: 'refused', priority: 'interactive', asked: 1, units: 0, waitedMillis: 0 },
};
const ownCall: Parameters<NonNullable<CallAsParts['onOwnCall']>>[0] = {
  ...{ ...decision, purpose: 'change-sweep', millis: 1, status: 200 },
};

/** Paths of the members, such as `quota.units`, by the message of the line. */
const logged = new Map<string, Set<string>>();
const pathsOf = (value: object, prefix = ''): string[] =>
  Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    typeof member === 'object' && member !== null && !(member instanceof Error)
      ? pathsOf(member, `${prefix}${name}.`)
      : [`${prefix}${name}`, ...(member instanceof Error ? [`${prefix}${name}.message`] : [])],
  );
const note = (message: unknown, extra: unknown): void => {
  const known = logged.get(String(message)) ?? new Set<string>();
  for (const path of pathsOf(Object(extra))) known.add(path);
  logged.set(String(message), known);
};

const answer = async (status: number, error?: AppError): Promise<void> => {
  const { httpHandler } = await import('../../functions/edge/http-handler.ts');
  const handler = httpHandler('https://facade.example.com', async (_request, facts) => {
    Object.assign(facts, decision);
    if (error) throw error;
    return { status, headers: [], body: undefined };
  });
  await invokeStreaming(handler, proxyEvent({ method: 'GET', resource: '/', path: '/' }));
};

beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(logger, level).mockImplementation((...[message, extra]: unknown[]) => note(message, extra));
  await answer(200);
  await answer(429, new AppError('TOO_MANY_REQUESTS'));
  await answer(500, new AppError('INTERNAL'));
  // As functions/wiring/upstream.ts and functions/sweep.ts log them.
  note('own call', ownCall);
  const runs = (fails: boolean) =>
    createSweepRun({
      sweeper: {
        run: async () => {
          if (fails) throw new Error('late');
          return { purged: 1, calls: 1, all: false, sweep: {} };
        },
        lagMillis: async () => undefined,
      } as unknown as Parameters<typeof createSweepRun>[0]['sweeper'],
      ...{ clock: { nowMillis: () => 0 }, putMetrics: () => {} },
      onRun: (facts) => note('sweep', facts),
      onFailure: (error) => note('sweep failed', { error }),
    })();
  await runs(false);
  await runs(true);
  const care = { hide: async () => {}, keep: async () => {} };
  const queue = queueHandler({ queue: 'q', body: z.object({}), care, mostReceives: 3 }, async () => ({
    ...{ kind: 'retry' as const, reason: 'later' },
  }));
  const record = {
    ...{ messageId: 'm', receiptHandle: 'h', body: '{}', messageAttributes: {}, eventSourceARN: 'arn:aws:sqs:x:0:q' },
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1' },
  } as unknown as SQSRecord;
  await queue({ Records: [record] }, { getRemainingTimeInMillis: () => 9_000 } as Context);
  const result = { kind: 'failed', reason: 'there is no such queue' } as const;
  tellAttempt({ subscriptionId: 's', notification: { id: 'n', traceId: '1-0' }, result, isLetter: false });
  const journal = { step: (_name: string, work: () => Promise<unknown>) => work() } as unknown as DurableContext;
  await toJobContext(journal, { run: 'r' }).step('begin', async () => ({}));
});

/** Those that the formatter adds to each line (functions/edge/logger.ts). */
const always = ['message', 'traceId'];
const words = new Set(
  'filter fields stats sort limit parse by as and or asc desc count pct max avg sum bin ispresent like'.split(' '),
);
/** Words of a query that are no text, command, function, number or name that the query gives itself. */
const fieldsOf = (text: string): string[] => {
  const own = [...text.matchAll(/\bas (\w+)|\?<(\w+)>/g)].map(([, alias, group]) => alias ?? group);
  const bare = text.replaceAll(/'[^']*'|\/\^.*\//g, ' ');
  const found = [...bare.matchAll(/@?[A-Za-z][\w.]*/g)].map(([word]) => word);
  return found.filter((word) => !word.startsWith('@') && !words.has(word) && !own.includes(word));
};

describe('the saved log queries', () => {
  it.each(logQueries.map((query) => [query.name, query] as const))(
    '%s asks for fields that its lines have',
    (_name, query) => {
      const text = query.lines.join(' | ');
      const named = [...text.matchAll(/message = '([^']+)'/g)].map(([, message = '']) => message);
      const messages = named.length > 0 ? named : [...logged.keys()];
      const known = new Set([...always, ...messages.flatMap((message) => [...(logged.get(message) ?? [])])]);
      expect(messages.filter((message) => !logged.has(message))).toEqual([]);
      const fields = fieldsOf(text.replaceAll('1m', ''));
      expect(fields.length).toBeGreaterThan(2);
      expect(fields.filter((field) => !known.has(field))).toEqual([]);
      expect((query.functions ?? []).filter((name) => !functionNames.includes(name))).toEqual([]);
    },
  );

  it('are eleven, and docs/log-queries.md explains the answer of each', () => {
    const document = readFileSync(new URL('../../docs/log-queries.md', import.meta.url), 'utf8');
    const explained = [...document.matchAll(/^\| [^|]+\? \| `([\w-]+)` \| .+ \|$/gm)].map(([, name]) => name);
    expect(explained).toHaveLength(11);
    expect(explained.toSorted()).toEqual(logQueries.map(({ name }) => name).toSorted());
  });

  it('are in the stack, each with the logs of its functions', () => {
    type Definition = { Name: string; QueryString: string; LogGroupNames: unknown[] };
    const definitions = synthesize('dev')
      .ofType<Definition>('AWS::Logs::QueryDefinition')
      .map(({ properties }) => properties);
    expect(definitions.map(({ Name, LogGroupNames }) => [Name, LogGroupNames.length]).toSorted()).toEqual(
      logQueries
        .map(({ name, functions = functionNames }) => [`signals-facade-dev/${name}`, functions.length])
        .toSorted(),
    );
  });
});
