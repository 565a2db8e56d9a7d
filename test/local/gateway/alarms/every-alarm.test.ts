/**
 * Each alarm of the template rings by a fault: the lines that the code prints under the fault, and the metrics of AWS that it would cause,
 * are given to the twin's evaluator. It stays quiet without one, and ends after it.
 */
import { describe, expect, it, vi } from 'vitest';
import { countVerification } from '../../../../functions/edge/archive-metrics.ts';
import {
  CompositeAlarmProperties,
  MetricAlarmProperties,
  toCompositeAlarm,
  toMetricAlarm,
} from '../../../../local/gateway/alarms/definitions.ts';
import { samplesOf } from '../../../../local/gateway/alarms/embedded-metrics.ts';
import { createAlarmEvaluator } from '../../../../local/gateway/alarms/evaluator.ts';
import { createMetricStore, type MetricId, type Sample } from '../../../../local/gateway/alarms/metric-store.ts';
import { answers, type Fault, faults, hanging, quietRun } from '../../../infra/alarm-faults.ts';
import { prod } from '../../../infra/stage-alarms.ts';
import { nonEmpty } from '../../../support/non-empty.ts';

type Named = { readonly AlarmName: string };

/** As CloudFormation does: `Ref` and `Fn::GetAtt` become text. */
const resolve = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument] = ['', undefined]] = Object.entries(value) as [string, unknown][];
  if (key === 'Ref') return String(argument);
  if (key === 'Fn::GetAtt') return (argument as string[]).join('.');
  if (key === 'Fn::Join') return (resolve((argument as [string, unknown[]])[1]) as string[]).join('');
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner)]));
};

const metricAlarms = prod.ofType<Named>('AWS::CloudWatch::Alarm');
const composites = prod.ofType<Named>('AWS::CloudWatch::CompositeAlarm');
const definitions = [
  ...metricAlarms.map(({ properties }) => toMetricAlarm(MetricAlarmProperties.parse(resolve(properties)))),
  ...composites.map(({ properties }) => toCompositeAlarm(CompositeAlarmProperties.parse(resolve(properties)))),
];
const arns = new Map([...metricAlarms, ...composites].map(({ id, properties }) => [properties.AlarmName, `${id}.Arn`]));
const shortOf = (name: string): string => name.replace('signals-facade-prod-', '');

const startMillis = 1_800_000_000_000 - (1_800_000_000_000 % 86_400_000);
const minuteMillis = 60_000;

/** The alarm of this name, and those that its rule names. */
const partsOf = (short: string): typeof definitions => {
  const rule = JSON.stringify(composites.filter(({ properties }) => shortOf(properties.AlarmName) === short));
  return definitions.filter(
    ({ name }) => shortOf(name) === short || rule.includes(`"${arns.get(name)?.split('.')[0]}"`),
  );
};

/** A stage in virtual time, evaluated each minute. @param alarms all, or those that the test looks at. */
const createStage = (alarms = definitions) => {
  const store = createMetricStore();
  const evaluator = createAlarmEvaluator(
    alarms,
    store,
    () => startMillis,
    ({ name }) => [name, arns.get(name) ?? ''],
  );
  let nowMillis = startMillis;
  const rang = new Set<string>();
  const take = (samples: readonly Sample[]): void => {
    for (const sample of samples) store.add({ ...sample, atMillis: nowMillis });
  };
  return {
    rang,
    stateOf: (short: string) => evaluator.states().find(({ name }) => shortOf(name) === short)?.state,
    /** Lets `fault` happen each minute. */
    async run(minutes: number, fault?: Fault, stepMinutes = 1) {
      for (let minute = 0; minute < minutes; minute += 1) {
        take(await samplesUnder(fault));
        nowMillis += stepMinutes * minuteMillis;
        for (const { name, state, before } of evaluator.evaluate(nowMillis))
          if (
            state === 'ALARM' ||
            (shortOf(name).endsWith('Silent') && before !== 'INSUFFICIENT_DATA' && state === 'INSUFFICIENT_DATA')
          )
            rang.add(shortOf(name));
      }
    },
  };
};

/** Faults of which a minute is as another, but for its time, which the stage sets. Their samples are made once. */
const alike = new WeakSet<Fault>([quietRun]);
const steady = (counts: Readonly<Record<number, number>>): Fault => {
  const fault = answers(counts);
  alike.add(fault);
  return fault;
};
const madeSamples = new WeakMap<Fault, Promise<readonly Sample[]>>();

const samplesUnder = (fault: Fault = quietRun): Promise<readonly Sample[]> => {
  if (!alike.has(fault)) return readSamples(fault);
  const samples = madeSamples.get(fault) ?? readSamples(fault);
  madeSamples.set(fault, samples);
  return samples;
};

/** What the code prints, read as CloudWatch reads it, and what AWS would count. */
const readSamples = async (fault: Fault): Promise<readonly Sample[]> => {
  vi.stubEnv('STAGE', 'prod');
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const counted = await fault(watchedBy);
  write.mockRestore();
  return [...lines.flatMap(samplesOf), ...counted.map((sample) => ({ ...sample, atMillis: 0 }))];
};

const watchedBy = (short: string): MetricId[] =>
  definitions.flatMap((one) =>
    one.kind === 'metric' && shortOf(one.name) === short ? one.watched.map(({ metric }) => metric) : [],
  );

describe('each alarm of the template', () => {
  it('has a fault here that makes it ring', () => {
    expect(Object.keys(faults).toSorted()).toEqual(definitions.map(({ name }) => shortOf(name)).toSorted());
  });

  it('stays quiet for hours in which everything works', async () => {
    const stage = createStage();
    await stage.run(200, quietRun);
    expect([...stage.rang]).toEqual([]);
    expect(definitions.map(({ name }) => shortOf(name)).filter((name) => stage.stateOf(name) !== 'OK')).toEqual([]);
  });

  it.each(nonEmpty(Object.entries(faults)))('%s rings by its fault, and ends after it', async (name, fault) => {
    const stage = createStage(partsOf(name));
    await stage.run(5, quietRun);
    const isSilence = name.endsWith('Silent');
    // A silence lasts for as long as the periods of the alarm, and those that CloudWatch looks at beyond them.
    for (let round = 0; round < 150 && !stage.rang.has(name); round += 1) await stage.run(1, fault, isSilence ? 60 : 1);
    expect([...stage.rang]).toContain(name);
    // The longest period of an alarm is a day. After two hours, ten minutes at a time are fine enough for the long ones.
    for (let round = 0; round < 200 && stage.stateOf(name) !== 'OK'; round += 1)
      await stage.run(10, quietRun, round < 12 ? 1 : 10);
    expect(stage.stateOf(name)).toBe('OK');
  });
});

describe('the alarm on a tenant that fails', () => {
  const busy = steady({ 200: 900, 404: 50 });
  /** The alarm looks at ten minutes. */
  const ringsAfter = async (minutes: number, fault: Fault, before: Fault): Promise<boolean> => {
    const stage = createStage(partsOf('UpstreamFailing'));
    await stage.run(10, before);
    await stage.run(minutes, fault);
    return stage.rang.has('UpstreamFailing');
  };

  it.each([
    [20, 0],
    [120, 0],
    [120, 12],
    [290, 0],
    [290, 29],
  ])('rings when it hangs: each of ten executions loses a call in %i s, %i s after another', async (lost, apart) => {
    expect(await ringsAfter(15, hanging(lost, apart), busy)).toBe(true);
  });

  it.each([
    [1, 120],
    [2, 290],
  ])('rings when it hangs and %i callers lose a call each %i s, with the cache off', async (callers, lost) => {
    expect(await ringsAfter(15, hanging(lost, 0, callers), steady({ 200: 1 }))).toBe(true);
  });

  it.each<[number, string, Fault, Fault]>([
    [1, 'fails for all', steady({ 503: 900 }), busy],
    [1, 'fails for a third', steady({ 200: 600, 503: 300 }), busy],
    [1, 'fails for 190 of 990', steady({ 200: 800, 503: 190 }), busy],
    [4, 'fails at night, when only the facade itself calls it', steady({ 500: 2 }), steady({ 200: 2 })],
    [6, 'fails in a stage with one call a minute', steady({ 500: 1 }), steady({ 200: 1 })],
  ])('rings after %i minutes when it %s', async (minutes, _, fault, before) => {
    expect([await ringsAfter(minutes - 1, fault, before), await ringsAfter(minutes, fault, before)]).toEqual([
      false,
      true,
    ]);
  });

  const everyFourthMinute = (fault: Fault): Fault => {
    let minute = 0;
    return (watched) => (minute++ % 4 === 0 ? fault(watched) : []);
  };

  it.each<[string, Fault]>([
    ['a hundredth of many calls, less than 100 in ten minutes', steady({ 200: 900, 503: 9 })],
    ['one call of seven', steady({ 200: 6, 503: 1 })],
    ['three calls in ten minutes, when no other is made', everyFourthMinute(steady({ 503: 1 }))],
    ['refusals', steady({ 400: 500, 429: 400 })],
  ])('stays quiet for %s', async (_, fault) => expect(await ringsAfter(12, fault, busy)).toBe(false));
});

describe('the alarm on an archive that is not verified', () => {
  const roundOf =
    (documents: number): Fault =>
    () => {
      countVerification({ isDue: true, faults: 0, ended: { documents } });
      return [];
    };
  const nothing: Fault = () => [];
  const days = async (stage: ReturnType<typeof createStage>, count: number, round: Fault): Promise<void> => {
    for (let day = 0; day < count; day += 1) {
      await stage.run(1, round, 60);
      await stage.run(23, nothing, 60);
    }
  };

  it.each([0, 1])('is quiet while rounds end once a day that have read %i PDFs', async (documents) => {
    const stage = createStage(partsOf('ArchiveVerifySilent'));
    await days(stage, 6, roundOf(documents));
    expect([...stage.rang]).not.toContain('ArchiveVerifySilent');
    expect(stage.stateOf('ArchiveVerifySilent')).toBe('OK');
  });

  it('rings when rounds end no more, also in a stage whose archive is empty', async () => {
    const stage = createStage(partsOf('ArchiveVerifySilent'));
    await days(stage, 2, roundOf(0));
    await days(stage, 4, nothing);
    expect([...stage.rang]).toContain('ArchiveVerifySilent');
  });

  it('has no data, and is not OK, in a stage whose verifier has never run', async () => {
    const stage = createStage(partsOf('ArchiveVerifySilent'));
    await days(stage, 4, nothing);
    expect(stage.stateOf('ArchiveVerifySilent')).toBe('INSUFFICIENT_DATA');
  });
});
