/** A lane: when the calls of one rank may book their next unit, given the units that were taken before. */
import { type Outlook, outlookBeside } from './ledger.ts';

export type ReservedUnits = { readonly units: number; readonly unitsPerMilli: number };

export type Lane = {
  /** Earliest slot that may be booked now. `taken` must not fall between calls. */
  readonly slot: (taken: number) => number;
  /** When the next unit will be free if the reserved units are not used. `taken` must not fall between calls. */
  readonly expected: (taken: number) => number;
  /** Units that may be booked for now. */
  readonly freeNow: number;
};

/** Latest instant at which a lane whose held room shrinks as time passes gets its unit, by segment of the outlook. */
const lendingTimes = ({ at, free }: Outlook, held: ReservedUnits): number[] => {
  const until = new Array<number>(at.length);
  let latest = Number.NEGATIVE_INFINITY;
  for (let index = at.length - 1; index >= 0; index -= 1) {
    const end = at[index + 1];
    if (end !== undefined)
      latest = Math.max(latest, end - ((free[index] as number) - held.units - 1) / held.unitsPerMilli);
    until[index] = latest;
  }
  return until;
};

/** Slots by a rising need: the first entry with enough, or a window after the last. */
const bySteps = ({ at, free }: Outlook, windowMillis: number): ((taken: number) => number) => {
  let index = 0;
  return (taken) => {
    while (index < at.length && (free[index] as number) - taken < 1) index += 1;
    return index < at.length ? (at[index] as number) : (at[at.length - 1] as number) + windowMillis;
  };
};

export const createLane = (base: Outlook, held: ReservedUnits, windowMillis: number): Lane => {
  const beside = held.units + held.unitsPerMilli > 0 ? outlookBeside(base, held, windowMillis) : base;
  const steps = bySteps(beside, windowMillis);
  const lane = { slot: steps, freeNow: beside.free[0] as number };
  if (held.unitsPerMilli === 0) return { ...lane, expected: bySteps(beside, windowMillis) };
  const { at, free } = base;
  const lending = lendingTimes(base, held);
  let index = 0;
  const expected = (taken: number): number => {
    for (; index < at.length; index += 1) {
      const time = Math.max(at[index] as number, (lending[index] as number) + taken / held.unitsPerMilli);
      const enough = (free[index] as number) - held.units - taken >= 1;
      if (enough && time < (at[index + 1] ?? Number.POSITIVE_INFINITY)) return time;
    }
    return (at[at.length - 1] as number) + windowMillis;
  };
  return { ...lane, expected };
};
