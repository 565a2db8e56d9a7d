/** The mix of a busy stage, at its pace: what waits for others and is written together depends on how close requests are. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunOptions } from '../question.ts';
import type { CountedTwin } from './counted-twin.ts';
import { type Operations, times } from './operations.ts';
import { requestTypes, type Stage } from './request-types.ts';
import { checkAnswer } from './run-types.ts';

const perSecond = 10;
/** One in five requests is a miss. */
const missEvery = 5;
const seconds = { full: 20, quick: 4 } as const;

export const memoryHit = 'read: hit, from the memory of the instance';
export const miss = 'read: miss';

const typeNamed = (name: string) => requestTypes.find((type) => type.name === name) as (typeof requestTypes)[number];

/** What one request makes on average: 80 % hits from memory and 20 % misses, ten a second, of one consumer on one instance. */
export const countBusyMix = async (stage: Stage<CountedTwin>, { quick, progress }: RunOptions): Promise<Operations> => {
  progress('mix of a busy stage');
  const [hits, misses] = [typeNamed(memoryHit), typeNamed(miss)];
  await hits.prepare?.(stage);
  const count = (quick ? seconds.quick : seconds.full) * perSecond;
  const { made } = await stage.twin.count(async () => {
    const calls: Promise<void>[] = [];
    for (let index = 0; index < count; index += 1) {
      const type = index % missEvery === missEvery - 1 ? misses : hits;
      calls.push(type.call(stage, index).then((answer) => checkAnswer(type, answer)));
      await sleep(1_000 / perSecond);
    }
    await Promise.all(calls);
  });
  return times(made, 1 / count);
};
