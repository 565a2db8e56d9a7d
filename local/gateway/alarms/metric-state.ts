/** The state of one metric alarm, from its latest data points (user guide, Configuring how CloudWatch alarms treat missing data). */

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';
/** Of one period; undefined = no data. */
export type DataPoint = 'breaching' | 'within' | undefined;

export type MetricRule = {
  /** N: how many data points decide. */
  readonly evaluationPeriods: number;
  /** M: how many of them must breach. */
  readonly datapointsToAlarm: number;
  readonly missing: MissingData;
};

/**
 * CloudWatch looks at more periods than the alarm evaluates. It does not say at how many; in its examples at five for an alarm on three.
 */
export const evaluationRange = (evaluationPeriods: number): number => evaluationPeriods + 2;

const count = (points: readonly DataPoint[], kind: DataPoint): number => points.filter((one) => one === kind).length;

/**
 * With too few data points of which all breach, `missing` rings only if the oldest is as old as M periods: a late first data point does not
 * ring before its neighbours could have come.
 */
const isOldEnough = (points: readonly DataPoint[], needed: number): boolean => {
  const oldest = points.findIndex((one) => one !== undefined);
  return oldest >= 0 && points.length - oldest >= needed;
};

/** @param points oldest first, of the whole evaluation range. */
export const stateOf = (
  points: readonly DataPoint[],
  { evaluationPeriods, datapointsToAlarm: needed, missing }: MetricRule,
  current: AlarmState,
): AlarmState => {
  const existing = points.filter((one) => one !== undefined);
  const decided = (breaching: number): AlarmState => (breaching >= needed ? 'ALARM' : 'OK');
  const used = existing.slice(-evaluationPeriods);
  const breaching = count(used, 'breaching');
  // With enough real data points, how missing ones are treated does not matter.
  if (used.length === evaluationPeriods) return decided(breaching);
  if (missing === 'breaching') return decided(breaching + evaluationPeriods - used.length);
  if (missing === 'notBreaching') return decided(breaching);
  if (breaching >= needed || count(used, 'within') > 0) return decided(breaching);
  if (missing === 'ignore') return current;
  return isOldEnough(points, needed) ? 'ALARM' : 'INSUFFICIENT_DATA';
};
