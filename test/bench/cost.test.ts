/** The question `cost`: its arithmetic, and that docs/cost.md and its result file say what the code does now. */
import { describe, expect, it } from 'vitest';
import { fixedRows, timersOf } from '../../bench/cost/idle.ts';
import { accessLineBytes, platformBytes } from '../../bench/cost/log-lines.ts';
import { mixOf, nothing, times } from '../../bench/cost/operations.ts';
import { dollarsOf } from '../../bench/cost/price-of.ts';
import { requestTypes } from '../../bench/cost/request-types.ts';
import { countTypes, withStage } from '../../bench/cost/run-types.ts';
import { type Resources, readTemplateFacts } from '../../bench/cost/template-facts.ts';
import { billedMillis } from '../../bench/cost/time-model.ts';
import { hasResult, readDocument, readResult, withTables } from '../../bench/documents.ts';
import { priceList } from '../../shared/usage/list-prices.ts';
import { named } from '../infra/stages.ts';
import { synthesize } from '../infra/synthesized.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { isFull } from '../support/test-size.ts';

const resourcesOf = (): Resources => synthesize('prod', named).template.toJSON().Resources as Resources;

const rowsOf = (name: string) => readResult('cost').tables.find((table) => table.name === name)?.rows ?? [];

describe('the arithmetic of cost', () => {
  it('gives each count its price, and all of them together', () => {
    const million = {
      ...nothing,
      gatewayRequests: 1e6,
      firewallRequests: 1e6,
      traces: 50_000,
      invocations: 1e6,
      readUnits: 1e6,
      writeUnits: 1e6,
      logBytes: 1e9,
    };
    const dollars = dollarsOf(million);
    expect(dollars).toMatchObject({
      gateway: 3.5,
      lambda: 0.2,
      tables: 0.75,
      firewall: 0.6,
      logs: 0.5,
      traces: 0.25,
      others: 0,
    });
    expect(dollars.all).toBeCloseTo(5.8);
  });

  it('mixes types of requests by their shares', () => {
    const mix = mixOf([
      [0.8, { ...nothing, readUnits: 1 }],
      [0.2, { ...nothing, readUnits: 6, writeUnits: 5 }],
    ]);
    expect(mix).toMatchObject({ readUnits: 2, writeUnits: 1 });
    expect(times(mix, 10).readUnits).toBe(20);
  });

  it('has the logs, traces and firewall that the stage has', () => {
    expect(readTemplateFacts(resourcesOf())).toMatchObject({ platformBytes: 0, hasFirewall: true, tracedShare: 0.01 });
    const settings = { FACADE_LOGS: 'full', FACADE_TRACE_PERCENT: '0', FACADE_FIREWALL: 'off' };
    const other = synthesize('prod', { ...named, ...settings }).template.toJSON().Resources as Resources;
    const facts = readTemplateFacts(other);
    expect(facts).toMatchObject({ platformBytes, hasFirewall: false, tracedShare: 0 });
    expect(facts.accessLineBytes).toBeGreaterThan(readTemplateFacts(resourcesOf()).accessLineBytes);
  });

  it('lets an invocation take the time of its requests, one after the other', () => {
    expect(billedMillis({ invocations: 1, storeRequests: 2, otherRequests: 1, tenantCalls: 1 })).toBe(179);
  });

  it('refuses a variable of the access log without an example', () => {
    expect(accessLineBytes('$context.status')).toBe(29);
    expect(() => accessLineBytes('$context.unknown')).toThrow('unknown');
  });

  it('knows the timers of a stage, and the memory of each function', () => {
    const facts = readTemplateFacts(resourcesOf());
    const timers = timersOf(facts.resources);
    expect(timers.map(({ id }) => id)).toEqual(expect.arrayContaining([expect.stringMatching(/^SweepSchedule/)]));
    for (const { everyMinutes, targetIds } of nonEmpty(timers)) {
      expect(everyMinutes).toBeGreaterThanOrEqual(1);
      for (const targetId of nonEmpty(targetIds)) expect(targetId).not.toBe('');
    }
    const sweep = timers.find(({ id }) => id.startsWith('SweepSchedule'));
    expect(sweep).toMatchObject({ queues: 1, targetIds: [1, 2].map(() => expect.stringMatching(/^SweepFunction/)) });
    expect(facts.memoryOf('signals-facade-native')).toBe(1_024);
    expect(() => facts.memoryOf('nobody')).toThrow('nobody');
  });
});

describe('docs/cost.md', () => {
  it.runIf(hasResult('cost'))('has the figures of the last full run', () => {
    const text = readDocument('cost');
    expect(text).toBe(withTables(text, readResult('cost')));
    expect(rowsOf('counts').map(({ name }) => name)).toEqual(
      expect.arrayContaining(requestTypes.map(({ name }) => name)),
    );
  });

  it.runIf(hasResult('cost'))('has an example that adds up', () => {
    const dollarsOfAll = (table: string, key: string): number =>
      Number(rowsOf(table).find((row) => row[key] === 'all')?.dollars);
    const requests = 1.4256 * dollarsOfAll('mix-spread', 'part');
    const idle = dollarsOfAll('idle', 'what');
    const text = readDocument('cost');
    for (const dollars of [requests, idle, requests + idle + 0.87 + 1.28])
      expect(text).toContain(`US$${dollars.toFixed(2)}`);
  });

  it('names the region and the month of the prices', () => {
    expect(priceList).toMatchObject({ region: 'us-east-1', asOf: '2026-11' });
    expect(readDocument('cost')).toContain('us-east-1, November 2026');
  });

  it.runIf(hasResult('cost'))('counts the resources of a stage as the template has them, alarms to a tenth', () => {
    for (const { what, count } of nonEmpty(fixedRows(resourcesOf()))) {
      const known = Number(rowsOf('idle').find((row) => row.what === what)?.count);
      const least = what === 'alarms' ? Math.floor(count * 0.9) : count;
      expect([what, known >= least && known <= Math.ceil(count * 1.1)]).toEqual([what, true]);
    }
  });

  // It starts a twin and waits half a minute.
  it.runIf(isFull && hasResult('cost'))(
    'counts the units of a hit, a miss and a write as the twin does now',
    async () => {
      const facts = readTemplateFacts(resourcesOf());
      const names = ['read: hit, from the memory of the instance', 'read: miss', 'write: PATCH'];
      const types = names.flatMap((name) => requestTypes.filter((type) => type.name === name));
      const counted = await withStage(facts, {}, (stage) =>
        countTypes(stage, types, { quick: false, progress: () => {} }),
      );
      for (const { type, each } of nonEmpty(counted)) {
        const known = rowsOf('counts').find(({ name }) => name === type.name);
        expect(Math.abs(Number(known?.writeUnits) - each.writeUnits), `${type.name}: npm run bench:cost`).toBeLessThan(
          1,
        );
        expect(Math.abs(Number(known?.readUnits) - each.readUnits), `${type.name}: npm run bench:cost`).toBeLessThan(1);
      }
    },
  );
});
