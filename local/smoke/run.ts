/** Runs the checks one after the other and reports a line for each. */
import type { Ask } from './ask.ts';
import { type Check, type CheckOptions, checks, type Finding, firstChecks, type Verdict } from './checks.ts';

/** All together end by then, the stalled reader apart. */
const mostMillis = 180_000;

const outcomeOf = async (check: Check, ask: Ask, options: CheckOptions): Promise<Finding> => {
  try {
    return await check.run(ask, options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { verdict: 'failed', text: code ?? message };
  }
};

/** @returns how often each verdict came. */
export const runChecks = async (
  ask: Ask,
  options: CheckOptions,
  print: (line: string) => void,
): Promise<Readonly<Record<Verdict, number>>> => {
  const counts: Record<Verdict, number> = { ok: 0, differs: 0, failed: 0, unknown: 0, skipped: 0 };
  let hasBegun = true;
  const endMillis = Date.now() + mostMillis;
  for (const [index, check] of checks.entries()) {
    const isPointless = !hasBegun && index >= firstChecks;
    const isLate = Date.now() > endMillis;
    const finding: Finding =
      isPointless || isLate
        ? { verdict: 'skipped', text: isLate ? 'three minutes are over' : 'one of the first three failed' }
        : await outcomeOf(check, ask, options);
    counts[finding.verdict] += 1;
    print(`${finding.verdict.padEnd(8)}${check.name.padEnd(34)}${finding.text}`);
    hasBegun &&= index >= firstChecks || finding.verdict !== 'failed';
  }
  return counts;
};
