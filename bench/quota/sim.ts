/**
 * The ceiling over many simulated minutes: `npm run bench:quota-sim -- [--minutes 100000] [--seed 1] [--limit 30]`.
 * Ends with 1 and the scenario, which can be repeated, when any window holds more sends than the limit.
 */
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { scenarios } from './scenarios.ts';
import { mostInAnyWindow, type Scenario, simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '30' },
  },
});
const minutesWanted = Number(values.minutes);
const started = performance.now();
const totals = { scenarios: 0, minutes: 0, sends: 0, refused: 0, conflicts: 0, storeFailures: 0, late: 0, atLimit: 0 };

const check = async (scenario: Scenario): Promise<void> => {
  const { sends, refused, counts } = await simulate(scenario);
  const most = mostInAnyWindow(sends);
  if (most > scenario.limit) {
    console.error(`Above the ceiling: ${most} sends in one window, limit ${scenario.limit}.`);
    console.error(JSON.stringify(scenario));
    process.exit(1);
  }
  totals.scenarios += 1;
  totals.minutes += scenario.minutes;
  totals.sends += sends.length;
  totals.refused += refused;
  totals.conflicts += counts.conflicts ?? 0;
  totals.storeFailures += counts.storeFailures ?? 0;
  totals.late += counts.late ?? 0;
  totals.atLimit += most === scenario.limit ? 1 : 0;
};

const secondsPassed = (): number => Math.round((performance.now() - started) / 1_000);

for (let batch = 0; totals.minutes < minutesWanted; batch += 1) {
  const sample = fc.sample(scenarios(Number(values.limit)), { numRuns: 500, seed: Number(values.seed) + batch });
  for (const scenario of sample) {
    if (totals.minutes >= minutesWanted) break;
    await check(scenario);
  }
  console.error(`  ... ${totals.minutes} minutes simulated, ${secondsPassed()} s`);
}
console.log(
  JSON.stringify({ seed: Number(values.seed), mostLimit: Number(values.limit), ...totals, seconds: secondsPassed() }),
);
