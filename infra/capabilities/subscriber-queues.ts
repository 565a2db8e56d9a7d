/** Rights on the queues of subscribers: those that the facade makes, and those of other accounts. */
import { Stack, Token, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { variables } from '../../shared/config/names.ts';
import { madePrefix } from '../../shared/subscriptions/queue-arn.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';

const whyMade =
  'Queues of subscriptions are made and removed while the facade runs. Nothing else in the account has names that begin so.';
const whyForeign = 'The condition names the accounts that the stage lists. The owners must allow the role as well.';

export class SubscriberQueues {
  readonly #stage: Stage;
  #ofOthers: readonly ManagedPolicy[] | undefined;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Lets `fn` send to queues that the facade has made, and to queues of the accounts that the stage names. */
  grantSend(fn: FacadeFunction): void {
    this.#grantMade(fn, ['sqs:SendMessage'], '*', whyMade);
    this.#grantOthers(fn);
  }

  /** The same, and lets `fn` make queues and remove them. */
  grantMake(fn: FacadeFunction): void {
    this.#grantMade(fn, ['sqs:SendMessage', 'sqs:CreateQueue', 'sqs:DeleteQueue'], '*', whyMade);
    this.#grantOthers(fn);
    this.#tellHome(fn);
  }

  /** Lets `fn` remove the queues of subscriptions whose consumer is gone. */
  grantRemove(fn: FacadeFunction): void {
    this.#grantMade(
      fn,
      ['sqs:DeleteQueue'],
      '*',
      'Queues of subscriptions whose consumer was removed are deleted; they were made while the facade ran.',
    );
    this.#tellHome(fn);
  }

  /** A redrive takes the dead letters of a subscription out of their queue. */
  grantTakeDeadLetters(fn: FacadeFunction): void {
    this.#grantMade(
      fn,
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      '*-dead*',
      'Dead-letter queues of subscriptions are made and removed while the facade runs.',
    );
  }

  /** Queues that the facade has made for subscriptions: their names end as `ending` says. */
  #grantMade(fn: FacadeFunction, actions: readonly string[], ending: string, whyWildcard: string): void {
    const { partition, region, account } = Stack.of(fn);
    const name = `${madePrefix(this.#stage.config.stage)}${ending}`;
    const resources = [`arn:${partition}:sqs:${region}:${account}:${name}`];
    fn.allow(new PolicyStatement({ actions: [...actions], resources }));
    const shownRegion = Token.isUnresolved(region) ? '<AWS::Region>' : region;
    fn.acceptWildcard(`Resource::arn:<AWS::Partition>:sqs:${shownRegion}:<AWS::AccountId>:${name}`, whyWildcard);
  }

  /** The name of a queue and its address are made of these. */
  #tellHome(fn: FacadeFunction): void {
    const { partition, account } = Stack.of(fn);
    fn.setVariable(variables.accountId, account);
    fn.setVariable(variables.partition, partition);
  }

  #grantOthers(fn: FacadeFunction): void {
    const { subscriberAccounts } = this.#stage.config;
    if (subscriberAccounts.length === 0) return;
    this.#ofOthers ??= this.#makePolicies(subscriberAccounts);
    for (const policy of this.#ofOthers) fn.attach(policy);
  }

  /**
   * The accounts are in a condition, once in each policy, and the policies are managed ones. All inline policies of a role together may
   * have 10,240 characters, which an ARN for each account would exceed. A managed policy may have 6,144 (IAM quotas).
   */
  #makePolicies(subscriberAccounts: readonly string[]): readonly ManagedPolicy[] {
    const { stack } = this.#stage;
    const { partition } = stack;
    const StringEquals = { 'aws:ResourceAccount': [...subscriberAccounts] };
    const queues = this.#policy('SubscriberAccountsQueues', `arn:${partition}:sqs:*:*:*`, {
      actions: ['sqs:SendMessage'],
      // If the list named the facade's own account, the grant would include the facade's own queues.
      conditions: { StringEquals, StringNotEquals: { 'aws:ResourceAccount': stack.account } },
    });
    const keys = this.#policy('SubscriberAccountsKeys', `arn:${partition}:kms:*:*:key/*`, {
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      conditions: { StringEquals, StringLike: { 'kms:ViaService': 'sqs.*.amazonaws.com' } },
    });
    return [queues, keys];
  }

  #policy(id: string, resource: string, statement: PolicyStatementProps): ManagedPolicy {
    const { stack } = this.#stage;
    const policy = new ManagedPolicy(stack, id, {
      description: 'signals-facade: queues of subscribers in other accounts',
      statements: [new PolicyStatement({ ...statement, resources: [resource] })],
    });
    const shown = resource.replace(stack.partition, '<AWS::Partition>');
    Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${shown}]`, reason: whyForeign });
    return policy;
  }
}
