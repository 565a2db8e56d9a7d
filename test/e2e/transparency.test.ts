/** The same requests, good and bad, sent to the tenant itself and through the facade: nothing may differ but links. */
import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Arrival } from '../../packages/signals-simulator/src/http/arrivals.ts';
import { demoKey } from '../../packages/signals-simulator/src/options.ts';
import { createCatalogue } from '../../shared/catalogue/catalogue.ts';
import { variables } from '../../shared/config/names.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { readSignalsOperations } from '../../shared/signals/signals.ts';
import type { OpenApi } from '../support/openapi-answers.ts';
import { type RawAnswer, type RawRequest, sendRequest } from '../support/raw-http.ts';
import { isFull } from '../support/test-size.ts';
import { startTwin, type TestTwin } from '../support/twin.ts';
import { heads, reads, writes } from './transparency/catalogue-requests.ts';
import { type Bases, compareAnswers } from './transparency/compare.ts';
import { meantGroups, readGroups } from './transparency/reads.ts';
import { type Case, differences, type Group } from './transparency/requests.ts';
import { checkSchemas } from './transparency/schemas.ts';
import { writeGroups } from './transparency/writes.ts';

/** One of `step` cases of each group; all of them at full size. */
const sampled = (groups: readonly Group[], step: number): readonly Group[] =>
  isFull
    ? groups
    : groups.map(({ promise, cases }) => ({ promise, cases: cases.filter((_, index) => index % step === 0) }));

/** The walk over all operations is long. At the small size, it takes a part of it. */
const groups: readonly Group[] = [
  ...sampled(reads, 3),
  ...sampled(heads, 12),
  ...readGroups,
  ...writeGroups,
  ...sampled(writes, 3),
  ...meantGroups,
];
const startMillis = Date.parse('2026-06-01T00:00:00Z');
const stepMillis = 1_000;

type Exchange = { readonly request: RawRequest; readonly answer: RawAnswer; readonly arrived: readonly Arrival[] };

/**
 * With the cache on, answers may come from it; they must still equal the tenant's, except for two headers of the cache. That walk runs at full
 * size only: test/shared/cache/bodies.test.ts compares what a cache gives with what it got at every size.
 */
const describeWith = (cache: 'off' | 'on') =>
  describe.runIf(isFull || cache === 'off')(`the native surface through the facade, cache ${cache}`, () => {
    let twin: TestTwin;
    let bases: Bases;
    const agent = new Agent({ keepAlive: true });
    let nowMillis = startMillis;
    const direct = new Map<Case, Exchange>();
    const through = new Map<Case, Exchange>();

    /** Always from the same tenant and the same instant: the two runs see the same ids, digests and times. */
    const run = async (origin: string, key: string, exchanges: Map<Case, Exchange>): Promise<void> => {
      nowMillis = startMillis;
      await fetch(`${twin.simulator.url}/_control/reset`, { method: 'POST' });
      let last: RawAnswer | undefined;
      for (const one of groups.flatMap(({ cases }) => cases)) {
        const request = await one.make({ simulator: twin.simulator, last });
        const keyed = { ...request, headers: [['x-api-key', key] as const, ...(request.headers ?? [])] };
        const before = twin.simulator.arrivals.length;
        last = await sendRequest(origin, keyed, agent).catch((error: Error) => {
          throw new Error(`${request.method} ${request.target}: ${error.message}`);
        });
        exchanges.set(one, { request, answer: last, arrived: twin.simulator.arrivals.slice(before) });
        nowMillis += stepMillis;
      }
    };

    beforeAll(async () => {
      twin = await startTwin({ clock: { nowMillis: () => nowMillis } }, { [variables.cache]: cache });
      bases = { upstream: twin.simulator.url + signalsBasePath, facade: twin.url + signalsBasePath };
      await run(twin.simulator.url, demoKey, direct);
      await run(twin.url, 'demo-admin', through); // Holds what `*` does not cover too.
    });
    afterAll(async () => {
      agent.destroy();
      await twin?.close();
    });

    const catalogue = createCatalogue(readSignalsOperations());
    const operationOf = ({ method, target }: RawRequest) =>
      catalogue.match(method, target.slice(signalsBasePath.length).split('?')[0] ?? '').operation;
    const isContent = (request: RawRequest): boolean => operationOf(request).answer === 'content';

    const compare = (one: Case): string[] => {
      const [before, after] = [direct.get(one), through.get(one)];
      if (!before || !after) throw new Error('A case was not run');
      const { request } = before;
      if (request.target !== after.request.target)
        return [`the runs went apart: ${request.target} ${after.request.target}`];
      return compareAnswers(before.answer, after.answer, bases, {
        isContent: isContent(request),
        mayLackLength: one.differs === 'headLength',
        mayAdd: cache === 'on' ? ['etag', 'age', 'cache-control'] : [],
      });
    };

    const describeDifference = (one: Case): string[] => {
      const found = compare(one);
      if (found.length === 0) return [];
      const { method, target, headers } = direct.get(one)?.request ?? {};
      return [`${method} ${target} ${JSON.stringify(headers)}\n    ${found.join('\n    ')}`];
    };

    /** The audit log of the tenant lists every call, and a cache saves some calls. */
    const tellsOfCalls = (one: Case): boolean =>
      cache === 'on' && (direct.get(one)?.request.target ?? '').startsWith(`${signalsBasePath}/audit/search`);
    const isMeant = (one: Case): boolean =>
      (one.differs !== undefined && one.differs !== 'headLength') || tellsOfCalls(one);

    it.each(groups.map((group) => [group.promise, group] as const))('keeps %s', (_, { cases }) => {
      const unexpected = cases.filter((one) => !isMeant(one)).flatMap(describeDifference);
      expect(unexpected.join('\n\n')).toBe('');
    });

    it.each(Object.entries(differences))('differs on purpose (%s): %s', (name) => {
      const meant = groups.flatMap(({ cases }) => cases).filter(({ differs }) => differs === name);
      const without = meant.filter((one) => name !== 'headLength' && compare(one).length === 0);
      expect(meant.length).toBeGreaterThan(0);
      expect(without.map((one) => direct.get(one)?.request.target)).toEqual([]);
    });

    /** Where the tenant was asked for what; the spelling of the query is the facade's own. */
    const asked = ({ arrived }: Exchange): string[] =>
      arrived.map(({ method, path, operation }) => {
        const [before, ...query] = path.split('?');
        return `${method} ${before} ${operation} ${JSON.stringify([...new URLSearchParams(query.join('?'))])}`;
      });

    const withoutCache = cache === 'off' ? it : undefined;
    withoutCache?.('asks the tenant exactly what it was asked, and once, except for reads that ended in 504', () => {
      const unlike = [...through].flatMap(([one, exchange]) => {
        const wanted = asked(direct.get(one) as Exchange);
        const tries = exchange.answer.status === 504 ? 3 : 1;
        const got = asked(exchange);
        const isAsWanted = isMeant(one) || (got.length === tries && got.every((line) => line === wanted[0]));
        return isAsWanted ? [] : [{ wanted, got }];
      });
      expect(unlike).toEqual([]);
    });

    it('compares several hundred requests, of which many succeed and many fail', () => {
      const statuses = [...direct.values()].map(({ answer }) => answer.status);
      expect(statuses.length).toBeGreaterThan(300);
      expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(200);
      expect(new Set(statuses)).toEqual(new Set([...statuses, 200, 201, 204, 400, 403, 404, 406, 409, 415, 428, 429]));
    });

    it('answers documents that satisfy the schemas of /openapi.json', async () => {
      const document = (await (await fetch(`${twin.url}/openapi.json`)).json()) as OpenApi;
      const exchanges = [...through.values()].map(({ request, answer }) => ({
        operation: operationOf(request),
        answer,
      }));
      const { faults, typed } = checkSchemas(document, exchanges);
      expect(faults).toEqual([]);
      expect(typed.length).toBeGreaterThan(20);
    });

    it('never lets a link of a document lead around the facade', () => {
      const leading = [...through.values()].filter(({ answer }) =>
        answer.body.toString('latin1').includes(`"self":"${twin.simulator.url}`),
      );
      expect(leading.map(({ request }) => request.target)).toEqual([]);
    });
  });

describeWith('off');
describeWith('on');
