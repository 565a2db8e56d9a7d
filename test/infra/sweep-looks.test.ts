/** When the change sweep runs: each minute, and 28 s later by a delayed message. */
import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../support/non-empty.ts';
import { named } from './stages.ts';
import { synthesize } from './synthesized.ts';

type Rule = { readonly Targets: readonly { readonly Arn: unknown }[]; readonly ScheduleExpression: string };
type Queue = {
  readonly DelaySeconds?: number;
  readonly MessageRetentionPeriod: number;
  readonly VisibilityTimeout: number;
  readonly RedrivePolicy?: unknown;
};
type Mapping = {
  readonly EventSourceArn: { readonly 'Fn::GetAtt': readonly string[] };
  readonly FunctionName: { readonly Ref: string };
  readonly BatchSize: number;
  readonly ScalingConfig: { readonly MaximumConcurrency: number };
};
type Policy = {
  readonly Queues: readonly unknown[];
  readonly PolicyDocument: { readonly Statement: readonly Record<string, unknown>[] };
};
type Lambda = { readonly Timeout: number; readonly ReservedConcurrentExecutions?: number };

const prod = synthesize('prod', named);

const partsOf = (stage: ReturnType<typeof synthesize>) => {
  const queues = stage.ofType<Queue>('AWS::SQS::Queue').filter(({ properties }) => properties.DelaySeconds);
  const rules = stage.ofType<Rule>('AWS::Events::Rule').filter(({ id }) => id.startsWith('SweepSchedule'));
  const fn = stage.ofType<Lambda>('AWS::Lambda::Function').find(({ id }) => id.startsWith('SweepFunction'));
  const mappings = stage
    .ofType<Mapping>('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.FunctionName.Ref === fn?.id);
  return { queues, rules, fn, mappings };
};

describe('the looks of the change sweep', () => {
  const { queues, rules, fn, mappings } = partsOf(prod);
  const [queue] = queues;

  it('begin each minute, and 28 s later by a message that the rule puts into a queue', () => {
    expect(rules.map(({ properties }) => properties.ScheduleExpression)).toEqual(['rate(1 minute)']);
    const targets = rules.flatMap(({ properties }) => properties.Targets.map(({ Arn }) => Arn));
    expect(targets).toEqual([{ 'Fn::GetAtt': [fn?.id, 'Arn'] }, { 'Fn::GetAtt': [queue?.id, 'Arn'] }]);
    expect(queues.map(({ properties }) => properties.DelaySeconds)).toEqual([28]);
    expect(mappings.map(({ properties }) => properties)).toMatchObject([
      { EventSourceArn: { 'Fn::GetAtt': [queue?.id, 'Arn'] }, BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } },
    ]);
  });

  it('are not made up for: a message that nobody took, or whose run was killed, is gone before it could come again', () => {
    const { MessageRetentionPeriod, VisibilityTimeout, RedrivePolicy } = queue?.properties ?? expect.fail();
    expect([MessageRetentionPeriod, RedrivePolicy]).toEqual([60, undefined]);
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(MessageRetentionPeriod);
  });

  it('find a free execution: two of them overlap at most', () => {
    const { Timeout = 0, ReservedConcurrentExecutions } = fn?.properties ?? {};
    expect(Timeout).toBeLessThan(28 + 32);
    expect(ReservedConcurrentExecutions).toBe(2);
  });

  it('are asked for by the rule alone, over TLS', () => {
    const statements = prod
      .ofType<Policy>('AWS::SQS::QueuePolicy')
      .filter(({ properties }) => JSON.stringify(properties.Queues).includes(`"${queue?.id}"`))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement);
    expect(nonEmpty(statements)).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rules[0]?.id, 'Arn'] } } },
      },
    ]);
  });

  it('are none without a cache', () => {
    const without = partsOf(synthesize('prod', { ...named, FACADE_CACHE: 'off' }));
    expect([without.queues, without.rules, without.mappings]).toEqual([[], [], []]);
  });
});
