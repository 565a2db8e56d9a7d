/**
 * Takes samples of several subjects in turn. Whatever disturbs the machine for a while (heat, a neighbour, a collection)
 * then disturbs all of them, and their ratio survives.
 */

export type Subject = {
  readonly name: string;
  /** Does the thing once and returns how long it took, or another figure. */
  readonly measure: () => Promise<number>;
};

export type Schedule = {
  readonly rounds: number;
  /** Samples of a subject in a row, within a round. */
  readonly callsPerRound: number;
  /** First rounds whose samples are thrown away: compilers and caches settle. */
  readonly warmUpRounds: number;
};

/** A fixed series of numbers in [0, 1), so that two runs shuffle alike (Lehmer generator, Park and Miller 1988). */
const createRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const shuffle = <Item>(items: readonly Item[], random: () => number): Item[] =>
  items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);

/** The samples of each subject, by name. Each round visits all subjects, in another order each time. */
export const interleave = async (
  subjects: readonly Subject[],
  { rounds, callsPerRound, warmUpRounds }: Schedule,
): Promise<ReadonlyMap<string, readonly number[]>> => {
  const random = createRandom(20_26);
  const samples = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const { name, measure } of shuffle(subjects, random)) {
      for (let call = 0; call < callsPerRound; call += 1) {
        const sample = await measure();
        if (round >= 0) samples.get(name)?.push(sample);
      }
    }
  }
  return samples;
};

/** Wall time of a call, in milliseconds. */
export const millisOf = async (call: () => Promise<unknown>): Promise<number> => {
  const startMillis = performance.now();
  await call();
  return performance.now() - startMillis;
};
