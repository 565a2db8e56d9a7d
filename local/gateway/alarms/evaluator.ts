/** The alarms of a stage and their states: evaluated once a minute, as CloudWatch does (user guide, Alarm evaluation). */
import type { CompositeAlarm, MetricAlarm } from './definitions.ts';
import { type AlarmState, type DataPoint, evaluationRange, stateOf } from './metric-state.ts';
import type { MetricStore } from './metric-store.ts';

export type AlarmReport = {
  readonly name: string;
  readonly state: AlarmState;
  readonly sinceMillis: number;
  readonly description: string;
  /** The time on which it decides; undefined = the states of other alarms decide. */
  readonly watchedMillis?: number;
};
export type AlarmChange = AlarmReport & { readonly before: AlarmState };

const minuteMillis = 60_000;
/** The longest time that an alarm may look at (API reference, PutMetricAlarm) is two periods of a day, and CloudWatch looks at some more. */
const keptMillis = 5 * 86_400_000;
/** Samples that are older are kept by minute: each request has several, and five days of them would not fit into memory. */
const singleMillis = 10 * minuteMillis;

/** The latest data points, oldest first. The last period ends with the last full minute. */
const dataPointsOf = (alarm: MetricAlarm, store: MetricStore, untilMillis: number): DataPoint[] => {
  const range = evaluationRange(alarm.rule.evaluationPeriods);
  return Array.from({ length: range }, (_, index) => {
    const endMillis = untilMillis - (range - 1 - index) * alarm.periodMillis;
    const values = Object.fromEntries(
      alarm.watched.map(({ id, metric, statistic }) => [
        id,
        store.statistic(metric, statistic, endMillis - alarm.periodMillis, endMillis),
      ]),
    );
    const value = alarm.expression(values);
    if (value === undefined || Number.isNaN(value)) return undefined;
    return alarm.isBreaching(value) ? 'breaching' : 'within';
  });
};

type Alarm = MetricAlarm | CompositeAlarm;

const constantsOf = (alarm: Alarm): Pick<AlarmReport, 'name' | 'description' | 'watchedMillis'> => ({
  name: alarm.name,
  description: alarm.description,
  ...(alarm.kind === 'metric' ? { watchedMillis: alarm.periodMillis * alarm.rule.evaluationPeriods } : {}),
});

/** @param idsOf names under which composite rules know an alarm: its name, and its ARN. */
export const createAlarmEvaluator = (
  alarms: readonly Alarm[],
  store: MetricStore,
  nowMillis: () => number,
  idsOf: (alarm: Alarm) => readonly string[] = ({ name }) => [name],
) => {
  const reports = new Map<string, AlarmReport>(
    alarms.map((alarm) => [
      alarm.name,
      { ...constantsOf(alarm), state: 'INSUFFICIENT_DATA', sinceMillis: nowMillis() },
    ]),
  );
  const names = new Map(alarms.flatMap((alarm) => idsOf(alarm).map((id) => [id, alarm.name] as const)));

  const stateByName = (id: string): AlarmState => {
    const report = reports.get(names.get(id) ?? '');
    if (!report) throw new RangeError(`A composite alarm names ${id}, which the twin does not know.`);
    return report.state;
  };
  const evaluate = (alarm: Alarm, untilMillis: number): AlarmState =>
    alarm.kind === 'metric'
      ? stateOf(dataPointsOf(alarm, store, untilMillis), alarm.rule, stateByName(alarm.name))
      : alarm.rule(stateByName)
        ? 'ALARM'
        : 'OK';

  // Composites after the alarms that they name.
  const inOrder = [
    ...alarms.filter(({ kind }) => kind === 'metric'),
    ...alarms.filter(({ kind }) => kind === 'composite'),
  ];

  return {
    /** Evaluates all alarms at this time. @returns those whose state changed. */
    evaluate(atMillis: number): AlarmChange[] {
      const untilMillis = atMillis - (atMillis % minuteMillis);
      store.compactBefore(untilMillis - singleMillis);
      store.forgetBefore(atMillis - keptMillis);
      return inOrder.flatMap((alarm) => {
        const before = stateByName(alarm.name);
        const state = evaluate(alarm, untilMillis);
        if (state === before) return [];
        const report = { ...constantsOf(alarm), state, sinceMillis: atMillis };
        reports.set(alarm.name, report);
        return [{ ...report, before }];
      });
    },
    /** Ringing ones first, then by name. */
    states: (): AlarmReport[] =>
      [...reports.values()].toSorted(
        (a, b) => Number(b.state === 'ALARM') - Number(a.state === 'ALARM') || (a.name < b.name ? -1 : 1),
      ),
  };
};
