/** Counts each type of request: calls back to back, and calls that are far apart. */
import { setTimeout as sleep } from 'node:timers/promises';
import { variables } from '../../shared/config/names.ts';
import type { RunOptions } from '../question.ts';
import { type CountedTwin, startCountedTwin } from './counted-twin.ts';
import { type Operations, times } from './operations.ts';
import { createStage, type RequestType, type Stage } from './request-types.ts';
import type { TemplateFacts } from './template-facts.ts';

export type Counted = { readonly type: RequestType; readonly each: Operations };

const calls = { full: 10, quick: 3 } as const;

/** @throws Error when the answer is not one of this type. */
export const checkAnswer = (
  { name, status, verdict }: RequestType,
  answer: Awaited<ReturnType<RequestType['call']>>,
): void => {
  const cacheStatus = answer.headers.get('cache-status') ?? '';
  if (answer.status !== status) throw new Error(`${name} was answered with ${answer.status}: ${answer.text}`);
  if (verdict && !verdict.test(cacheStatus)) throw new Error(`${name} has the cache status ${cacheStatus}`);
};

/** @param apartMillis between two calls. Records of calls within 5 s are written together. */
export const countType = async (
  stage: Stage<CountedTwin>,
  type: RequestType,
  count: number,
  apartMillis = 0,
): Promise<Counted> => {
  await type.prepare?.(stage);
  const { made } = await stage.twin.count(async () => {
    for (let index = 0; index < count; index += 1) {
      if (index > 0) await sleep(apartMillis);
      checkAnswer(type, await type.call(stage, index));
    }
    await type.finish?.(stage);
  });
  return { type, each: times(made, 1 / count) };
};

/** A twin with what the calls need. */
export const withStage = async <Value>(
  facts: TemplateFacts,
  environment: Readonly<Record<string, string>>,
  use: (stage: Stage<CountedTwin>) => Promise<Value>,
): Promise<Value> => {
  const twin = await startCountedTwin(facts, { [variables.subscriptionsPerConsumer]: '100', ...environment });
  try {
    const stage = createStage(twin, await twin.tenant.openExperiments(200));
    await stage.native('GET', '/profiles/me');
    return await use(stage);
  } finally {
    await twin.close();
  }
};

export const countTypes = async (
  stage: Stage<CountedTwin>,
  types: readonly RequestType[],
  { quick, progress }: RunOptions,
): Promise<Counted[]> => {
  const counted: Counted[] = [];
  for (const type of types) {
    progress(type.name);
    const count = Math.min(type.most ?? Number.POSITIVE_INFINITY, quick ? calls.quick : calls.full);
    counted.push(await countType(stage, type, count));
  }
  return counted;
};
