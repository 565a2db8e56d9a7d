/** Runs all counts of the question `cost`. */
import { variables } from '../../shared/config/names.ts';
import type { RunOptions } from '../question.ts';
import { countBusyMix } from './busy-mix.ts';
import { countTimers, type TimerCount, timersOf } from './idle.ts';
import type { Operations } from './operations.ts';
import { requestTypes } from './request-types.ts';
import { type Counted, countType, countTypes, withStage } from './run-types.ts';
import { readTemplateFacts, synthesizeResources, type TemplateFacts } from './template-facts.ts';

/** The types that a single user sees, whose calls are far apart. */
const alonePattern = /^(read: hit, from the memory|read: miss$|write: PATCH$)/;
/** Longer than records wait for others. */
const apartMillis = 6_000;

export type CountedAll = {
  readonly facts: TemplateFacts;
  /** Calls back to back. */
  readonly types: readonly Counted[];
  /** Calls that are far apart. */
  readonly alone: readonly Counted[];
  /** One request of the mix, ten a second. */
  readonly busy: Operations;
  readonly timers: readonly TimerCount[];
  /** Metrics that have data while nobody calls the stage, and of those in all. */
  readonly metrics: { readonly idle: number; readonly used: number };
};

/** A stage of production, with a tenant of its own. */
const readFacts = (): TemplateFacts =>
  readTemplateFacts(synthesizeResources('prod', { FACADE_TENANT_URL: 'https://tenant.example.com' }));

const memoryMiBOfTimers = 512;

export const countAll = async (options: RunOptions): Promise<CountedAll> => {
  const facts = readFacts();
  const { withMemory, alone, busy, timers, metrics } = await withStage(facts, {}, async (stage) => {
    const rules = timersOf(facts.resources);
    const counted = await countTimers(stage.twin, rules, memoryMiBOfTimers, options.progress);
    const idle = stage.twin.metrics().length;
    const types = requestTypes.filter(({ withoutMemory }) => !withoutMemory);
    const dense = await countTypes(stage, types, options);
    const busy = await countBusyMix(stage, options);
    const sparse: Counted[] = [];
    for (const type of types.filter(({ name }) => alonePattern.test(name))) {
      options.progress(`${type.name}, alone`);
      sparse.push(await countType(stage, type, options.quick ? 2 : 5, apartMillis));
    }
    const used = stage.twin.metrics().length;
    return { withMemory: dense, alone: sparse, busy, timers: counted, metrics: { idle, used } };
  });
  const without = await withStage(facts, { [variables.cacheMemoryMiB]: '0' }, (stage) =>
    countTypes(
      stage,
      requestTypes.filter(({ withoutMemory }) => withoutMemory),
      options,
    ),
  );
  const all = [...withMemory, ...without];
  const types = requestTypes.map(({ name }) => all.find(({ type }) => type.name === name) as Counted);
  return { facts, types, alone, busy, timers, metrics };
};

/** What a type of request makes, by its name. @throws Error when it was not counted. */
export const eachOf = (counted: readonly Counted[], name: string): Operations => {
  const found = counted.find(({ type }) => type.name === name);
  if (!found) throw new Error(`No type of request is named ${name}.`);
  return found.each;
};
