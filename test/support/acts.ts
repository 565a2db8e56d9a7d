import type { Acts } from '../../functions/edge/acts.ts';

/** Records nothing. */
export const noActs: Acts = { around: (_act, run) => run() };
