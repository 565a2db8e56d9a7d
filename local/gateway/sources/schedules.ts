/** EventBridge rules of the template that run at a rate: at their times, their functions and queues get their input. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { LambdaFunction } from '../lambda/pool.ts';
import type { Log } from '../lambda/worker.ts';
import { accountId } from '../template/references.ts';
import type { Stack } from '../template/stack.ts';
import { templateError } from '../twin-error.ts';
import { type NextRun, parseRate } from './rate.ts';

const Rule = z.object({
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.string().optional() })).default([]),
});
type Planned = { readonly source: string; readonly next: NextRun; run(scheduledMillis: number): Promise<void> };
export type ScheduleOptions = {
  readonly stack: Stack;
  functionOf(functionId: string): LambdaFunction;
  /** Starts a durable execution on the version behind an ARN; false when there is none. */
  startAt(arn: string, payload: string): boolean;
  /** Puts a message into a queue. */
  send(queueUrl: string, body: string): Promise<void>;
  /** Whether the rule with this logical id runs at all. */
  runs(logicalId: string): boolean;
  readonly log: Log;
  nowMillis(): number;
};

/** Longest delay of a timer, about 24 days; later runs wait in several steps. */
const longestTimerMillis = 2 ** 31 - 1;

const targetOf = (options: ScheduleOptions, logicalId: string, arn: string): LambdaFunction => {
  const functionId = options.stack.findByName('AWS::Lambda::Function', arn);
  if (!functionId) throw templateError(logicalId, `its target is no function and no queue of the stack (${arn})`);
  return options.functionOf(functionId);
};

const runToEnd = async (fn: LambdaFunction, input: string): Promise<void> => {
  const { body } = await fn.invoke(input);
  for await (const _ of body.iterator({ destroyOnReturn: false }));
};

/** The event of a rule without an input of its own. */
const scheduledEvent = (region: string, ruleArn: string, scheduledMillis: number): string =>
  JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: new Date(scheduledMillis).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [ruleArn],
    detail: {},
  });

/** The ARN of a version or an alias. */
const isQualified = (arn: string): boolean => /:function:[^:]+:[^:]+$/.test(arn);

/** Hands an input to a target. @throws TwinError for a target that is not of the stack. */
const delivererTo = (options: ScheduleOptions, logicalId: string, arn: string): ((input: string) => Promise<void>) => {
  const { stack, send } = options;
  const queueId = stack.findByName('AWS::SQS::Queue', arn);
  if (queueId) return (input) => send(stack.reference(queueId).ref, input);
  if (!isQualified(arn)) targetOf(options, logicalId, arn);
  return async (input) => {
    if (!options.startAt(arn, input)) await runToEnd(targetOf(options, logicalId, arn), input);
  };
};

const planRule = (options: ScheduleOptions, logicalId: string): Planned[] => {
  const { stack } = options;
  const rule = stack.read(logicalId, Rule);
  if (!rule.ScheduleExpression || rule.State !== 'ENABLED') return [];
  const next = parseRate(rule.ScheduleExpression, options.nowMillis());
  const ruleArn = stack.reference(logicalId).attributes.Arn ?? '';
  return rule.Targets.map(({ Arn, Input }) => {
    const deliver = delivererTo(options, logicalId, Arn);
    const run = (atMillis: number) => deliver(Input ?? scheduledEvent(stack.region, ruleArn, atMillis));
    return { source: logicalId, next, run };
  });
};

const keepRunning = (planned: Planned, options: ScheduleOptions, timers: Map<Planned, NodeJS.Timeout>): void => {
  const wait = (dueMillis: number): void => {
    const leftMillis = dueMillis - options.nowMillis();
    const timer = setTimeout(
      () => (options.nowMillis() < dueMillis ? wait(dueMillis) : fire(dueMillis)),
      Math.min(Math.max(leftMillis, 0), longestTimerMillis),
    );
    timers.set(planned, timer);
  };
  const plan = (afterMillis: number): void => wait(planned.next(afterMillis));
  const fire = (dueMillis: number): void => {
    plan(Math.max(dueMillis, options.nowMillis()));
    planned.run(dueMillis).catch((error: Error) => {
      options.log({ source: planned.source, stream: 'stderr', line: `The scheduled run failed: ${error.message}` });
    });
  };
  plan(options.nowMillis());
};

/** Starts every enabled rule. Runs that fell due while the twin was off are not made up for. */
export const startSchedules = (options: ScheduleOptions): { close(): void } => {
  const { stack } = options;
  const rules = stack.ofType('AWS::Events::Rule').filter(options.runs);
  const planned = rules.flatMap((logicalId) => planRule(options, logicalId));
  const timers = new Map<Planned, NodeJS.Timeout>();
  for (const one of planned) keepRunning(one, options, timers);
  return {
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
};
