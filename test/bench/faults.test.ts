import { describe, expect, it } from 'vitest';
import { hasResult, readDocument, readResult, withTables } from '../../bench/documents.ts';
import type { Report } from '../../bench/faults/scenario.ts';
import { baseline, faults } from '../../bench/faults/schedule.ts';
import { brokenIn } from '../../bench/faults/verdict.ts';
import { nonEmpty } from '../support/non-empty.ts';

const names = [baseline, ...faults].map(({ name }) => name);

const report = (facts: Partial<Report> = {}): Report => ({
  ...{ name: 'a fault', overshoot: 0, mostInMinute: 120, events: 9, eventsMissing: 0, eventsTwice: 0 },
  ...{ writes: 9, writesLost: 0, writesTwice: 0, auditMissing: 0, reads: 9, staleSeconds: 60, ownWritesHidden: 0 },
  ...{ markedStaleSeconds: 0, errors: {}, recoverySeconds: 0, rang: [], rangAfterSeconds: {} },
  ...facts,
});
const quiet = { ...baseline, rings: [] };

describe('the verdict about a fault', () => {
  it('is empty when each promise was kept and exactly the expected alarms rang', () => {
    expect(brokenIn(report(), quiet)).toEqual([]);
    expect(brokenIn(report({ rang: ['A', 'B'] }), { ...quiet, rings: ['A'], mayRing: ['B', 'C'] })).toEqual([]);
  });

  it.each<[string, Partial<Report>, string]>([
    ['sends above the ceiling', { overshoot: 1 }, 'P5'],
    ['an event that a subscriber lacks', { eventsMissing: 1 }, 'P8'],
    ['an event that came twice to a FIFO queue', { eventsTwice: 1 }, 'P8'],
    ['an answer older than the bound', { staleSeconds: 60.1 }, 'P3'],
    ['a marked answer older than its bound', { markedStaleSeconds: 660.1 }, 'P3'],
    ['a read without an own write', { ownWritesHidden: 1 }, 'P3'],
    ['an answered write that is not at the tenant', { writesLost: 1 }, 'P1'],
    ['a write that was carried out twice', { writesTwice: 1 }, 'idempotency'],
    ['a write without an entry', { auditMissing: 1 }, 'audit'],
  ])('names the promise for %s', (_what, facts, promise) => {
    const broken = brokenIn(report(facts), quiet);
    expect(broken).toHaveLength(1);
    expect(broken[0]).toMatch(new RegExp(`^a fault: ${promise}: `));
  });

  it('names an alarm that did not ring, and one that should not have', () => {
    expect(brokenIn(report({ rang: ['B'] }), { ...quiet, rings: ['A'] })).toEqual([
      'a fault: the alarm A did not ring',
      'a fault: the alarm B rang, which the schedule does not expect',
    ]);
  });
});

const columns = [{ key: 'name', title: 'fault' }];
const tables = ['promises', 'staleness', 'errors', 'alarms'].map((name) => ({
  ...{ name, title: name, columns },
  rows: names.map((fault) => ({ name: fault })),
}));

describe('docs/faults.md', () => {
  it('has a section for each fault, and a place for each table', () => {
    const sections = [...readDocument('faults').matchAll(/^## (.+)$/gm)].map(([, title = '']) => title.toLowerCase());
    for (const { name } of nonEmpty(faults)) expect(sections).toContain(name.toLowerCase());
    const text = withTables(readDocument('faults'), { tables, counts: {} });
    for (const { name } of nonEmpty(faults)) expect(text.split(`| ${name} `).length - 1, name).toBe(tables.length);
  });

  it.runIf(hasResult('faults'))('has the figures of the last full run, which broke no promise', () => {
    const text = readDocument('faults');
    expect(text).toBe(withTables(text, readResult('faults')));
    expect(readResult('faults').broken).toEqual([]);
    for (const { rows } of nonEmpty(readResult('faults').tables)) expect(rows.map(({ name }) => name)).toEqual(names);
  });
});
