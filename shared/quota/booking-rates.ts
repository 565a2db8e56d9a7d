/** How much of the budget bookings hold at each instant, and whether another one fits. */

/** N calls in a period; `untilMillis` is the first instant that does not belong to it. */
export type BookedPeriod = { readonly units: number; readonly fromMillis: number; readonly untilMillis: number };

/** From this instant until that of the next step, bookings hold this rate together. */
type Step = { readonly atMillis: number; readonly rate: number };

/** Calls a millisecond. */
export const rateOf = ({ units, fromMillis, untilMillis }: BookedPeriod): number => units / (untilMillis - fromMillis);

/** In order of time. Of several steps at one instant the last one counts; ends come before beginnings. */
const toSteps = (bookings: readonly BookedPeriod[]): readonly Step[] => {
  const changes = bookings
    .flatMap((booking): Step[] => [
      { atMillis: booking.fromMillis, rate: rateOf(booking) },
      { atMillis: booking.untilMillis, rate: -rateOf(booking) },
    ])
    .sort((one, other) => one.atMillis - other.atMillis || one.rate - other.rate);
  let rate = 0;
  return changes.map((change) => {
    rate += change.rate;
    return { atMillis: change.atMillis, rate };
  });
};

/** The highest rate at any instant of the period. */
const highestRate = (steps: readonly Step[], { fromMillis, untilMillis }: BookedPeriod): number => {
  let highest = 0;
  for (const { atMillis, rate } of steps) {
    if (atMillis >= untilMillis) break;
    highest = atMillis <= fromMillis ? Math.max(0, rate) : Math.max(highest, rate);
  }
  return highest;
};

/** Tolerance for the rounding errors of sums of fractions. */
const slack = 1 + 1e-9;

/** Checks whether a booking fits beside these bookings under a rate. Each check takes linear time. */
export const createFit = (bookings: readonly BookedPeriod[], mostRate: number) => {
  const steps = toSteps(bookings);
  return (wanted: BookedPeriod): boolean => highestRate(steps, wanted) + rateOf(wanted) <= mostRate * slack;
};
