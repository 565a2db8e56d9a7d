/** What a stage makes AWS bill while nobody calls it: its resources, the pollers of its queues, and the runs of its timers. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { parseRate } from '../../local/gateway/sources/rate.ts';
import { perMillion, perMonth } from '../../shared/usage/list-prices.ts';
import type { CountedTwin } from './counted-twin.ts';
import { type Operations, times } from './operations.ts';
import { dollarsOf } from './price-of.ts';
import { ofType, type Resources } from './template-facts.ts';

/** Of 30 days. */
const monthMinutes = 43_200;

export type IdleRow = {
  readonly what: string;
  readonly count: number;
  readonly unit: string;
  readonly dollars: number;
};

/** An alarm costs a price for each metric that it looks at; an expression looks at several. */
const metricsOf = ({ Metrics }: Readonly<Record<string, unknown>>): number =>
  Array.isArray(Metrics) ? Metrics.filter((metric) => 'MetricStat' in metric).length : 1;

export const fixedRows = (resources: Resources): IdleRow[] => {
  const count = (type: string): number => ofType(resources, type).length;
  const alarmMetrics = ofType(resources, 'AWS::CloudWatch::Alarm').reduce(
    (sum, [, alarm]) => sum + metricsOf(alarm),
    0,
  );
  const rules = ofType(resources, 'AWS::WAFv2::WebACL').reduce((sum, [, acl]) => sum + (acl.Rules as []).length, 0);
  const row = (what: string, of: number, price: number, unit = ''): IdleRow => ({
    what,
    count: of,
    unit,
    dollars: of * price,
  });
  return [
    row('alarms', alarmMetrics, perMonth.alarmMetric, 'metrics in alarms'),
    row('groups of alarms', count('AWS::CloudWatch::CompositeAlarm'), perMonth.compositeAlarm, 'composite alarms'),
    row('dashboards', count('AWS::CloudWatch::Dashboard'), perMonth.dashboard, 'dashboards'),
    row('keys', count('AWS::KMS::Key'), perMonth.kmsKey, 'keys'),
    row('firewall', count('AWS::WAFv2::WebACL'), perMonth.webAcl, 'web ACL'),
    row('rules of the firewall', rules, perMonth.webAclRule, 'rules'),
    row('secrets', count('AWS::SecretsManager::Secret'), perMonth.secret, 'secrets in Secrets Manager'),
  ];
};

/**
 * Lambda polls a queue with at least this many connections, each of which waits up to 20 s (developer guide, SQS scaling: five). That it
 * polls an idle queue of a mapping with `MaximumConcurrency` 2 so often, only a bill can show.
 */
const pollers = 5;
const pollsPerMinute = 3;

export const pollingRow = (resources: Resources): IdleRow => {
  const count = ofType(resources, 'AWS::Lambda::EventSourceMapping').length * pollers * pollsPerMinute * monthMinutes;
  return { what: 'polling of queues', count, unit: 'requests', dollars: (count * perMillion.standardRequest) / 1e6 };
};

/** DynamoDB asks KMS for the key of a table once in five minutes for each function that uses it (developer guide, encryption at rest). */
const keyMinutes = 5;

/** @param uses functions and tables that are together in use while the stage is idle. */
export const tableKeyRow = (uses: number, everyMinutes: number): IdleRow => {
  const count = uses * (monthMinutes / Math.max(keyMinutes, everyMinutes));
  return { what: 'keys of tables', count, unit: 'KMS requests', dollars: (count * perMillion.kmsRequest) / 1e6 };
};

export const metricsRow = (names: number): IdleRow => ({
  ...{ what: 'own metrics that have data', count: names, unit: 'metrics', dollars: names * perMonth.customMetric },
});

export type Timer = {
  readonly id: string;
  /** Functions, and versions of durable ones, that a run starts. */
  readonly targetIds: readonly string[];
  /** Queues that carry the input to a function: each costs a message to be sent, received and deleted. */
  readonly queues: number;
  readonly input: unknown;
  readonly everyMinutes: number;
};

const requestsPerMessage = 3;

const targetIdOf = (arn: unknown): string => {
  const { Ref, 'Fn::GetAtt': attribute } = arn as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  return Ref ?? attribute?.[0] ?? '';
};

/** The function that gets the messages of a queue. */
const readerOf = (resources: Resources, queueId: string): string | undefined => {
  const mappings = ofType(resources, 'AWS::Lambda::EventSourceMapping').map(([, properties]) => properties);
  const found = mappings.find(({ EventSourceArn }) => targetIdOf(EventSourceArn) === queueId);
  return found && targetIdOf(found.FunctionName);
};

/** The rules of the stage that run at a rate. */
export const timersOf = (resources: Resources): Timer[] =>
  ofType(resources, 'AWS::Events::Rule').map(([id, { ScheduleExpression, Targets }]) => {
    const targets = Targets as readonly { Arn: unknown; Input?: string }[];
    const next = parseRate(String(ScheduleExpression), 0);
    const everyMinutes = (next(next(0)) - next(0)) / 60_000;
    const targetIds = targets.map(({ Arn }) => targetIdOf(Arn));
    const readers = targetIds.map((targetId) => readerOf(resources, targetId));
    const Input = targets[0]?.Input;
    return {
      ...{ id, targetIds: readers.map((reader, index) => reader ?? targetIds[index] ?? '') },
      queues: readers.filter((reader) => reader !== undefined).length,
      ...{ input: Input === undefined ? {} : JSON.parse(Input), everyMinutes },
    };
  });

/** Starts one target. A version of a durable function is started as the rule starts it. */
const start = async ({ gateway }: CountedTwin, targetId: string, input: unknown): Promise<void> => {
  const target = gateway.resources[targetId];
  if (target?.type === 'AWS::Lambda::Function') return void (await gateway.invoke(targetId, input));
  const endpoint = Object.values(gateway.environments).find(({ AWS_ENDPOINT_URL_LAMBDA }) => AWS_ENDPOINT_URL_LAMBDA);
  const lambda = new LambdaClient({
    endpoint: endpoint?.AWS_ENDPOINT_URL_LAMBDA ?? '',
    ...{ region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } },
  });
  const FunctionName = target?.id ?? '';
  await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(input) }));
  lambda.destroy();
};

/** Runs what a timer runs, once. What a queue would delay begins when the target before it has ended. */
const runOnce = async (twin: CountedTwin, { targetIds, input }: Timer): Promise<void> => {
  for (const targetId of targetIds) await start(twin, targetId, input);
};

export type TimerCount = {
  readonly timer: Timer;
  readonly run: Operations;
  readonly month: Operations;
  readonly tables: number;
};

const nameOf = ({ id }: Timer): string => id.replace(/Schedule.*$/, '').toLowerCase();

/** A run that waits is billed while it waits: whole seconds of a run are counted as they passed, what is shorter by the model of time. */
const withWaits = (made: Operations & { readonly invokedMillis: number }, memoryMiB: number): Operations => {
  const { invokedMillis, ...run } = made;
  const waited = (Math.floor(invokedMillis / 1_000) * memoryMiB) / 1_024;
  return { ...run, gigabyteSeconds: Math.max(run.gigabyteSeconds, waited) };
};

/** Each timer, in a stage that has run before. */
export const countTimers = async (
  twin: CountedTwin,
  timers: readonly Timer[],
  memoryMiB: number,
  progress: (line: string) => void,
): Promise<TimerCount[]> => {
  for (const timer of timers) await runOnce(twin, timer);
  const counted: TimerCount[] = [];
  for (const timer of timers) {
    progress(`timer ${nameOf(timer)}`);
    const { made, tables } = await twin.count(() => runOnce(twin, timer));
    const carried = { ...made, queueRequests: made.queueRequests + timer.queues * requestsPerMessage };
    const run = withWaits(carried, memoryMiB);
    counted.push({ timer, run, month: times(run, monthMinutes / timer.everyMinutes), tables });
  }
  return counted;
};

export const timerRow = ({ timer, run, month }: TimerCount) => ({
  timer: nameOf(timer),
  runs: monthMinutes / timer.everyMinutes,
  tenantCalls: run.tenantCalls,
  readUnits: run.readUnits,
  writeUnits: run.writeUnits,
  gigabyteSeconds: month.gigabyteSeconds,
  logMegabytes: month.logBytes / 1e6,
  dollars: dollarsOf(month).all,
});
