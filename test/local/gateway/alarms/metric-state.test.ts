/** The state of an alarm with missing data: the cases of CloudWatch's own tables, and what follows from its rules. */
import { describe, expect, it } from 'vitest';
import {
  type AlarmState,
  type DataPoint,
  evaluationRange,
  type MissingData,
  stateOf,
} from '../../../../local/gateway/alarms/metric-state.ts';

/** As the tables write data points: 0 is within the threshold, X breaches, - is missing. Oldest first. */
const pointsOf = (text: string): DataPoint[] =>
  text.split(' ').map((one) => (one === 'X' ? 'breaching' : one === '0' ? 'within' : undefined));

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const current = 'ALARM' satisfies AlarmState;
const words: Readonly<Record<string, AlarmState>> = {
  OK: 'OK',
  ALARM: 'ALARM',
  insufficient: 'INSUFFICIENT_DATA',
  retain: current,
};

const outcomes = (text: string, needed: number, of: number) =>
  treatments.map((missing: MissingData) =>
    stateOf(pointsOf(text), { evaluationPeriods: of, datapointsToAlarm: needed, missing }, current),
  );

describe('an alarm on 3 of 3 data points (user guide, How alarm state is evaluated when data is missing)', () => {
  it.each([
    ['0 - X - X', 'OK OK OK OK'],
    ['0 - - - -', 'OK OK OK OK'],
    ['- - - - -', 'insufficient retain ALARM OK'],
    ['0 X X - X', 'ALARM ALARM ALARM ALARM'],
    ['- - X - -', 'ALARM retain ALARM OK'],
    ['- - - - X', 'insufficient retain ALARM OK'],
    ['X - - - -', 'ALARM retain ALARM OK'],
  ])('%s: %s', (points, expected) => {
    expect(outcomes(points, 3, 3)).toEqual(expected.split(' ').map((word) => words[word]));
  });
});

describe('an alarm on 2 of 3 data points', () => {
  it.each([
    ['0 - X - X', 'ALARM ALARM ALARM ALARM'],
    ['0 0 X 0 X', 'ALARM ALARM ALARM ALARM'],
    ['0 - X - -', 'OK OK ALARM OK'],
    ['- - - - 0', 'OK OK ALARM OK'],
    ['- - - X -', 'ALARM retain ALARM OK'],
    ['- - - - X', 'insufficient retain ALARM OK'],
    ['X X 0 0 X', 'OK OK OK OK'],
  ])('%s: %s', (points, expected) => {
    expect(outcomes(points, 2, 3)).toEqual(expected.split(' ').map((word) => words[word]));
  });
});

describe('an alarm on 1 of 1 data points', () => {
  it.each([
    ['- - X', 'ALARM ALARM ALARM ALARM'],
    ['- X -', 'ALARM ALARM ALARM ALARM'],
    ['X - 0', 'OK OK OK OK'],
    ['- - -', 'insufficient retain ALARM OK'],
  ])('%s: %s', (points, expected) => {
    expect(outcomes(points, 1, 1)).toEqual(expected.split(' ').map((word) => words[word]));
  });

  it('looks at more periods than it evaluates', () => {
    expect([1, 3].map(evaluationRange)).toEqual([3, 5]);
  });
});

describe('the state before the first data', () => {
  it('is kept by `ignore` only', () => {
    const rule = { evaluationPeriods: 1, datapointsToAlarm: 1 } as const;
    const states = treatments.map((missing) => stateOf(pointsOf('- - -'), { ...rule, missing }, 'INSUFFICIENT_DATA'));
    expect(states).toEqual(['INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'ALARM', 'OK']);
  });
});
