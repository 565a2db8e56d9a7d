/** Who may use a queue that the facade made, as a queue policy: the facade sends, one reader reads, everybody else is denied. */
import type { Home } from './queue-arn.ts';

export type Principals = {
  /** ARN of the role that sends. It also reads dead letters, to send them again. */
  readonly sender: string;
  /** ARN of the role that sends test events. */
  readonly tester: string;
  /** An account id, or the ARN of a role; absent = the account of the facade. */
  readonly reader?: string | undefined;
};

const readActions = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
];
const messageActions = readActions.slice(0, 3);

/** What one may name as a reader: an account, or a role. */
export const readerPattern = /^(\d{12}|arn:(aws|aws-cn|aws-us-gov):iam::\d{12}:role\/[\w+=,.@/-]{1,512})$/;

const isRole = (reader: string): boolean => reader.startsWith('arn:');

/** Who reads: as the principal of an Allow, and as the condition that is true for everybody else. */
const readerOf = (reader: string | undefined, { partition, account }: Home) => {
  if (reader !== undefined && isRole(reader))
    // Sessions of a role have its ARN in aws:PrincipalArn.
    return { principal: reader, others: { ArnNotEquals: { 'aws:PrincipalArn': [reader] } } };
  const id = reader ?? account;
  return {
    principal: `arn:${partition}:iam::${id}:root`,
    others: { StringNotEquals: { 'aws:PrincipalAccount': id } },
  };
};

type Condition = { readonly ArnNotEquals?: { readonly 'aws:PrincipalArn': readonly string[] } };

/** Makes an exception for one principal more: all operators of a condition must hold. */
const andNot = (condition: Condition, principal: string): object => ({
  ...condition,
  ArnNotEquals: { 'aws:PrincipalArn': [...(condition.ArnNotEquals?.['aws:PrincipalArn'] ?? []), principal] },
});

/**
 * In one account the policy of the queue or that of the role is enough, so whoever may do everything there could send and
 * read: hence the denials (SQS developer guide, access control). They name no administrative action: the account keeps those
 * by its own rules. SQS itself moves dead letters without a principal.
 * @param isDead the queue holds dead letters, which the sender reads too.
 */
export const queuePolicy = (
  queueArn: string,
  { sender, tester, reader }: Principals,
  home: Home,
  isDead: boolean,
): object => {
  const { principal, others } = readerOf(reader, home);
  const rule = (Sid: string, rest: object) => ({ Sid, Resource: queueArn, ...rest });
  const allow = (sid: string, who: string | readonly string[], Action: readonly string[]) =>
    rule(sid, { Effect: 'Allow', Principal: { AWS: who }, Action });
  const deny = (sid: string, Action: readonly string[], Condition: object) =>
    rule(sid, { Effect: 'Deny', Principal: '*', Action, Condition });
  return {
    Version: '2012-10-17',
    Statement: [
      allow('Send', isDead ? sender : [sender, tester], ['sqs:SendMessage']),
      ...(isDead ? [allow('SendAgain', sender, readActions)] : []),
      allow('Read', principal, readActions),
      deny('NobodyElseSends', ['sqs:SendMessage'], {
        ArnNotEquals: { 'aws:PrincipalArn': isDead ? [sender] : [sender, tester] },
      }),
      deny('NobodyElseReads', messageActions, isDead ? andNot(others, sender) : others),
      deny('TlsOnly', ['sqs:*'], { Bool: { 'aws:SecureTransport': 'false' } }),
    ],
  };
};
