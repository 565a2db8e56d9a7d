/** The twin's alarms: those of the template, over the metrics of its own log lines and of its functions, queues and API. */
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { FunctionFault } from '../lambda/fault.ts';
import type { LambdaFunction } from '../lambda/pool.ts';
import type { Log } from '../lambda/worker.ts';
import { clientSettings } from '../resources/client-settings.ts';
import type { Stack } from '../template/stack.ts';
import { templateError } from '../twin-error.ts';
import { CompositeAlarmProperties, MetricAlarmProperties, toCompositeAlarm, toMetricAlarm } from './definitions.ts';
import { samplesOf } from './embedded-metrics.ts';
import { type AlarmReport, createAlarmEvaluator } from './evaluator.ts';
import { createMetricStore, type MetricStore, type Sample } from './metric-store.ts';
import { createQueueWatch } from './queue-metrics.ts';

const metricType = 'AWS::CloudWatch::Alarm';
const compositeType = 'AWS::CloudWatch::CompositeAlarm';
const everyMillis = 60_000;

export type { AlarmReport } from './evaluator.ts';

export type TwinAlarms = {
  /** Takes the metrics of a line that a function printed. */
  readonly takeLine: (line: string) => void;
  /** The same function, whose invocations are counted. */
  readonly watch: (fn: LambdaFunction) => LambdaFunction;
  /** Counts one answer of the API. */
  readonly countAnswer: (status: number, millis: number) => void;
  /** As they are now, ringing ones first. */
  readonly states: () => AlarmReport[];
  /** A statistic of what the functions, queues and the API have written. */
  readonly statistic: MetricStore['statistic'];
  /** Of the metrics of the API. */
  readonly apiDimensions: Readonly<Record<string, string>>;
  readonly start: () => void;
  close(): void;
};

export type TwinAlarmsOptions = {
  readonly stack: Stack;
  /** Of SQS. */
  readonly endpoint: string;
  readonly log: Log;
  nowMillis(): number;
};

/** With the ARNs under which composites know them. */
const readAlarms = (stack: Stack) => {
  const read = <T>(logicalId: string, make: () => T): T => {
    try {
      return make();
    } catch (error) {
      if (error instanceof SyntaxError) throw templateError(logicalId, error.message);
      throw error;
    }
  };
  const arnOf = (id: string): string => stack.reference(id).attributes.Arn ?? '';
  return [
    ...stack.ofType(metricType).map((id) => ({
      alarm: read(id, () => toMetricAlarm(stack.read(id, MetricAlarmProperties))),
      arn: arnOf(id),
    })),
    ...stack.ofType(compositeType).map((id) => ({
      alarm: read(id, () => toCompositeAlarm(stack.read(id, CompositeAlarmProperties))),
      arn: arnOf(id),
    })),
  ];
};

const Api = z.object({ Name: z.string().default('') });
const ApiStage = z.object({ StageName: z.string().default('') });

const apiDimensionsOf = (stack: Stack): Record<string, string> => {
  const [apiId] = stack.ofType('AWS::ApiGateway::RestApi');
  const [stageId] = stack.ofType('AWS::ApiGateway::Stage');
  return {
    ApiName: apiId ? stack.read(apiId, Api).Name : '',
    Stage: stageId ? stack.read(stageId, ApiStage).StageName : '',
  };
};

const wordsOf = (state: AlarmReport['state']): string => (state === 'ALARM' ? 'rings' : `is ${state}`);

/** Nothing runs before `start`. @throws TwinError for an alarm that the twin cannot evaluate. */
export const createTwinAlarms = ({ stack, endpoint, log, nowMillis }: TwinAlarmsOptions): TwinAlarms => {
  const store = createMetricStore();
  const found = readAlarms(stack);
  const arns = new Map(found.map(({ alarm, arn }) => [alarm.name, arn]));
  const alarms = found.map(({ alarm }) => alarm);
  const evaluator = createAlarmEvaluator(alarms, store, nowMillis, ({ name }) => [name, arns.get(name) ?? name]);
  const client = new SQSClient(clientSettings(endpoint, stack.region));
  const watched = alarms.flatMap((alarm) => (alarm.kind === 'metric' ? alarm.watched : []));
  const api = apiDimensionsOf(stack);
  const queues = createQueueWatch({ stack, client, watched, add: store.add, nowMillis });
  let timer: NodeJS.Timeout | undefined;

  const add = (sample: Omit<Sample, 'atMillis'>): void => store.add({ ...sample, atMillis: nowMillis() });

  const evaluate = (): void => {
    for (const { name, state, before, description } of evaluator.evaluate(nowMillis()))
      log({
        source: 'alarms',
        // A new alarm has no data, so its first state is no news.
        stream: state === 'ALARM' ? 'stderr' : 'stdout',
        line: `${name} ${wordsOf(state)}, was ${before}. ${description.replaceAll('\n', ' ')}`,
      });
  };
  const tick = async (): Promise<void> => {
    await queues.look().catch((error: Error) => {
      log({ source: 'alarms', stream: 'stderr', line: `The queues could not be looked at: ${error.message}` });
    });
    evaluate();
  };

  const watch = (fn: LambdaFunction): LambdaFunction => {
    const dimensions = { FunctionName: fn.definition.name };
    const count = (name: string, value: number): void => add({ namespace: 'AWS/Lambda', name, value, dimensions });
    const countEnd = (startMillis: number, fault: FunctionFault | undefined): void => {
      count('Errors', fault && fault.kind !== 'refused' ? 1 : 0);
      count('Duration', nowMillis() - startMillis);
    };
    return {
      ...fn,
      async invoke(...parameters) {
        const startMillis = nowMillis();
        try {
          const reply = await fn.invoke(...parameters);
          count('Invocations', 1);
          count('Throttles', 0);
          reply.body.once('close', () => countEnd(startMillis, reply.failure()));
          return reply;
        } catch (error) {
          const fault = error as FunctionFault;
          const isThrottled = fault.kind === 'refused';
          count('Throttles', isThrottled ? 1 : 0);
          // Lambda counts a throttled call neither as an invocation nor as an error (developer guide, metrics).
          if (!isThrottled) count('Invocations', 1);
          if (!isThrottled) countEnd(startMillis, fault);
          throw error;
        }
      },
    };
  };

  return {
    takeLine: (line) => {
      for (const sample of samplesOf(line)) store.add(sample);
    },
    watch,
    countAnswer: (status, millis) => {
      const count = (name: string, value: number): void =>
        add({ namespace: 'AWS/ApiGateway', name, value, dimensions: api });
      count('Count', 1);
      count('4XXError', status >= 400 && status < 500 ? 1 : 0);
      count('5XXError', status >= 500 ? 1 : 0);
      count('Latency', millis);
    },
    states: () => {
      evaluate();
      return evaluator.states();
    },
    statistic: store.statistic,
    apiDimensions: api,
    start: () => {
      timer = setInterval(() => void tick(), everyMillis);
      timer.unref();
    },
    close: () => {
      clearInterval(timer);
      client.destroy();
    },
  };
};
