/** The emulator gives the event history that AWS's own local test runner gives for the same handler. */
import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handlers } from './handlers.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
});
afterAll(async () => {
  await LocalDurableTestRunner.teardownTestEnvironment();
  await world.close();
});

type Loose = Readonly<Record<string, unknown>>;

/** Ids, times and the number of the try are left out: AWS's runner counts tries one too low. */
const left = new Set([
  'EventId',
  'Id',
  'ParentId',
  'EventTimestamp',
  'CurrentAttempt',
  'RequestId',
  'StackTrace',
  'ExecutionTimeout',
]);

const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name, member]) => !left.has(name) && !name.endsWith('Timestamp') && member !== undefined)
    .map(([name, member]) => [name, bare(member)] as const)
    .filter(([, member]) => JSON.stringify(member) !== '{}');
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** The end of an invocation may be noted before or after the end of the execution. */
const comparable = (events: readonly Loose[]): unknown[] =>
  events.filter(({ EventType }) => EventType !== 'InvocationCompleted').map(bare);

describe('the history of an execution', () => {
  it.each(Object.keys(handlers))('is that of AWS for %s', async (name) => {
    const make = handlers[name] as () => never;
    const runner = new LocalDurableTestRunner({ handlerFunction: withDurableExecution(make()) });
    const oracle = (await runner.run({ payload: { n: 3 } })).getHistoryEvents() as unknown as Loose[];
    const own = await world.run(make(), { n: 3 });
    expect(oracle.length).toBeGreaterThan(1);
    expect(comparable(own.events)).toEqual(comparable(oracle));
  });
});
