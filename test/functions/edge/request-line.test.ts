/** The log line of a request, and how short that of a hit is. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import '../../support/lambda.ts';
import { requestLine } from '../../../functions/edge/http-handler.ts';
import { logger } from '../../../functions/edge/logger.ts';
import { logQueries } from '../../../infra/log-queries.ts';
import { variables } from '../../../shared/config/names.ts';
import type { Decision } from '../../../shared/exchange/decision.ts';

const hit: Decision & Record<string, unknown> = {
  ...{ gatewayRequestId: 'g', consumer: 'app', incarnation: 'c_1', keyId: 'k', operation: 'GET /entities/{eid}' },
  ...{
    group: 'entities',
    scope: 'entities:read',
    credential: 'service s',
    cacheStatus: 'hit; ttl=12',
    cacheClass: 'entity',
  },
};
const request = { requestId: 'r', method: 'GET', route: '/api/rest/v1.0/{proxy+}' };
const lineOf = (facts: Decision, status = 200) => requestLine(request, { status }, 3, facts);

const whatIf = readFileSync(new URL('../../../docs/what-if.md', import.meta.url), 'utf8');

/** The line as it is printed. */
const printed = (facts: Decision): Record<string, unknown> => {
  const level = logger.getLevelName();
  logger.setLogLevel('INFO');
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-00000000-000000000000000000000000;Sampled=1');
  onTestFinished(() => void vi.unstubAllEnvs());
  onTestFinished(() => logger.setLogLevel(level));
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  logger.info('request', lineOf(facts));
  const lines = write.mock.calls.map(([text]) => String(text));
  write.mockRestore();
  expect(lines).toHaveLength(1);
  return JSON.parse(lines.join(''));
};

/** Fields that a query names, without those that CloudWatch adds. */
const fieldsOf = (text: string): string[] => [...text.matchAll(/(?<![\w@.'])[a-z]\w*(\.\w+)?/g)].map(([name]) => name);

describe('the line of a hit', () => {
  it('has what finds it and says what it was, and nothing else', () => {
    expect(Object.keys(printed(hit)).toSorted()).toEqual(
      [
        ...['level', 'message', 'timestamp', 'requestId', 'gatewayRequestId', 'status', 'millis', 'consumer'],
        ...['operation', 'cacheClass', 'credential', 'cacheStatus'],
      ].toSorted(),
    );
  });

  it('has all that the saved queries about hits and what-if read of one', () => {
    const known = Object.keys(printed(hit));
    const names = ['slow-operations', 'answers-of-the-cache', 'one-request'];
    const queries = logQueries.filter(({ name }) => names.includes(name)).flatMap(({ lines }) => lines);
    expect(queries.length).toBeGreaterThan(names.length);
    const table = /\| fields (@timestamp, requestId, consumer.*)/.exec(whatIf)?.[1] ?? expect.fail();
    // Those of a hit with full logs: it failed at nothing, and took nothing of the budget.
    const every = Object.keys(printed({ ...hit, sends: [] }));
    const read = [...queries, table].flatMap(fieldsOf).filter((field) => every.includes(field));
    expect(read).toEqual(expect.arrayContaining(['operation', 'cacheClass', 'cacheStatus', 'gatewayRequestId']));
    expect(read.filter((field) => !known.includes(field))).toEqual([]);
  });

  it('has everything with full logs', () => {
    vi.stubEnv(variables.logs, 'full');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { incarnation: _, ...shown } = hit;
    expect(lineOf(hit)).toEqual({ ...request, status: 200, millis: 3, ...shown });
  });
});

describe('the line of every other request', () => {
  it.each<[string, Decision, number]>([
    ['a miss', { ...hit, cacheStatus: 'fwd=uri-miss; stored' }, 200],
    ['a stale answer that a call was tried for', { ...hit, sends: [503] }, 200],
    [
      'a hit that waited for the budget',
      { ...hit, quota: { outcome: 'refused', priority: 'interactive', asked: 1, units: 0, waitedMillis: 1 } },
      200,
    ],
    ['a cached 404', hit, 404],
    ['a call without a cache', { consumer: 'app' }, 200],
  ])('has everything: %s', (_name, facts, status) => {
    const { incarnation: _none, ...all } = facts;
    expect(lineOf(facts, status)).toEqual({ ...request, status, millis: 3, ...all });
  });

  it('is printed with its trace and its function', () => {
    expect(printed({ ...hit, cacheStatus: 'fwd=uri-miss' })).toMatchObject({
      ...{ traceId: '1-00000000-000000000000000000000000', service: expect.any(String), route: request.route },
    });
  });

  it('names the error', () => {
    expect(requestLine(request, { status: 429, errorCode: 'TOO_MANY_REQUESTS' }, 3, hit)).toMatchObject({
      errorCode: 'TOO_MANY_REQUESTS',
      method: 'GET',
    });
  });
});
