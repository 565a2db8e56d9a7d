/** The queue construct by itself, and the operations queue of the stack. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import type { FacadeFunction } from '../../infra/constructs/facade-function.ts';
import { FacadeQueue, type FacadeQueueProps } from '../../infra/constructs/queue.ts';
import { loadStageConfig } from '../../infra/stage-config.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { operationsReader, unusual } from './stages.ts';
import { synthesize } from './synthesized.ts';

type Statement = {
  readonly Sid?: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
};
type Policy = { readonly PolicyDocument: { readonly Statement: Statement[] }; readonly Queues?: unknown[] };
type QueueProperties = Record<string, unknown> & { readonly RedrivePolicy?: { readonly maxReceiveCount: number } };

/** A stack with a queue whose messages go to a function of 30 s. */
const build = (props: FacadeQueueProps, timeoutSeconds = 30) => {
  // The CDK's own rules for templates take longer than these tests.
  const stack = new Stack(new App({ analyticsReporting: false, builtinCloudFormationValidation: false }));
  const fn = new LambdaFunction(stack, 'Fn', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('//'),
    timeout: Duration.seconds(timeoutSeconds),
  });
  const allowed: Statement[] = [];
  const variables = new Map<string, string>();
  const facade = {
    function: fn,
    node: fn.node,
    allow: (statement: { toStatementJson(): Statement }) => allowed.push(statement.toStatementJson()),
    setVariable: (name: string, value: string) => variables.set(name, value),
  };
  const queue = new FacadeQueue(stack, 'Jobs', props);
  queue.handTo(
    Object.assign(Object.create(fn), facade) as unknown as FacadeFunction,
    { queueUrl: 'JOBS_URL', deadLettersUrl: 'JOBS_DEAD_URL' },
    { timeoutSeconds },
  );
  const template = Template.fromStack(stack);
  const resources = template.findResources('AWS::SQS::Queue');
  const queues = Object.values(resources).map(({ Properties }) => Properties as QueueProperties);
  const main = queues.find(({ RedrivePolicy }) => RedrivePolicy) as QueueProperties;
  const dead = queues.find(({ RedrivePolicy }) => !RedrivePolicy) as QueueProperties;
  return { template, main, dead, allowed, variables };
};

describe('a queue whose messages go to a function', () => {
  it('hides a message for six times the timeout, keeps dead letters for 14 days, and encrypts both', () => {
    const { main, dead } = build({ handledWithinSeconds: 30 });
    expect(main).toMatchObject({
      VisibilityTimeout: 180,
      MessageRetentionPeriod: 345_600,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
    expect(dead).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
  });

  it('refuses calls without TLS, to the dead letters too', () => {
    const { template } = build({ handledWithinSeconds: 30 });
    const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
    expect(policies).toHaveLength(2);
    for (const { Properties } of nonEmpty(policies))
      expect(Properties.PolicyDocument.Statement).toMatchObject([
        { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
  });

  it('has each message answered for by itself, in at most two batches at a time', () => {
    const { template } = build({ handledWithinSeconds: 30 });
    expect(Object.values(template.findResources('AWS::Lambda::EventSourceMapping'))).toMatchObject([
      {
        Properties: {
          BatchSize: 10,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ScalingConfig: { MaximumConcurrency: 2 },
        },
      },
    ]);
  });

  it('lets the function take messages from the queue and put some into the dead letters, and no more', () => {
    const { allowed, variables } = build({ handledWithinSeconds: 30 });
    expect(allowed.map(({ Action, Effect }) => [Effect, Action])).toEqual([
      ['Allow', ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']],
      ['Allow', 'sqs:SendMessage'],
    ]);
    expect([...variables.keys()]).toEqual(['JOBS_URL', 'JOBS_DEAD_URL']);
  });

  it('keeps order with dead letters that do too', () => {
    const { main, dead } = build({ handledWithinSeconds: 30, fifo: true, maxReceiveCount: 8 });
    expect([main.FifoQueue, dead.FifoQueue]).toEqual([true, true]);
    expect(main.RedrivePolicy?.maxReceiveCount).toBe(8);
  });

  it('lets groups neither share a limit nor drop messages of each other', () => {
    const { main } = build({ handledWithinSeconds: 30, fifo: true });
    expect(main).toMatchObject({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
  });

  it('refuses a function that runs longer than its messages stay hidden, and a time that SQS does not know', () => {
    expect(() => build({ handledWithinSeconds: 30 }, 31)).toThrow(/handledWithinSeconds/);
    expect(() => build({ handledWithinSeconds: 7_201 })).toThrow(/12 hours/);
  });
});

describe('the operations queue', () => {
  const stack = synthesize('prod', unusual);

  const senders = (resource: string): string[] =>
    stack
      .ofType<Policy>('AWS::IAM::Policy')
      .filter(({ properties }) =>
        properties.PolicyDocument.Statement.some(
          ({ Action, Resource }) => Action === 'sqs:SendMessage' && JSON.stringify(Resource).includes(resource),
        ),
      )
      .map(({ id }) => id.replace(/Function.*/, ''))
      .sort();

  it('takes events from those that raise some, who may do nothing else with queues', () => {
    const raising = [
      'Actions',
      'Archive',
      'Credentials',
      'Enrich',
      'Entities',
      'Exports',
      'Jobs',
      'Keepalive',
      'Materials',
      'Native',
      'Pull',
      'Samplecheck',
      'Samples',
      'Sweep',
      'Tokens',
      'Uploads',
    ];
    expect(senders('OperationsEventsQueue')).toEqual(raising);
    // These take messages too, of their own queue.
    const others = ['Enrich', 'Pull', 'Sweep'];
    const actions = stack
      .ofType<Policy>('AWS::IAM::Policy')
      .filter(({ id }) => raising.filter((name) => !others.includes(name)).includes(id.replace(/Function.*/, '')))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .flatMap(({ Action }) => Action)
      .filter((action) => action.startsWith('sqs:'));
    expect(new Set(actions)).toEqual(new Set(['sqs:SendMessage']));
    expect(senders('OperationsEventsDeadLetters')).toEqual([]);
  });

  it('is read by those whom the stage names, and by nobody else', () => {
    const allowing = (of: typeof stack) =>
      of
        .ofType<Policy>('AWS::SQS::QueuePolicy')
        .filter(({ id }) => id.startsWith('Operations'))
        .flatMap(({ properties }) => properties.PolicyDocument.Statement)
        .filter(({ Effect }) => Effect === 'Allow');
    expect(allowing(stack)).toMatchObject([
      {
        Sid: 'AllowReaders',
        Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^OperationsEventsQueue/), 'Arn'] },
      },
    ]);
    const principals = JSON.stringify(allowing(stack)[0]?.Principal);
    expect(principals).toContain(operationsReader);
    expect(principals).toContain(':iam::210987654321:root');
    expect(allowing(synthesize('prod'))).toEqual([]);
  });

  it('adds four resources and its alarms', () => {
    const own = (type: string) => stack.ofType(type).filter(({ id }) => id.startsWith('Operations'));
    expect([own('AWS::SQS::Queue').length, own('AWS::SQS::QueuePolicy').length]).toEqual([2, 2]);
    stack.template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 1_800,
      RedrivePolicy: Match.objectLike({ maxReceiveCount: 5 }),
    });
  });

  it.each([
    '*',
    '12345',
    'arn:aws:iam::123456789012:user/somebody',
    'arn:aws:iam::*:role/operationsReader',
    'operationsReader',
  ])('refuses %s as a operationsReader', (readers) => {
    expect(() => loadStageConfig('dev', { FACADE_OPERATIONS_READERS: readers })).toThrow(/operationsReaders/);
  });
});
