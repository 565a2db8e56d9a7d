/** Notifications in the template: what they add to the stack, and who may do what. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findings } from '../../infra/create-app.ts';
import { loadStageConfig } from '../../infra/stage-config.ts';
import { isMirrorTitle, mirrorTitleOf, vitalTitles } from '../../shared/health/queue-titles.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { synthesize } from './synthesized.ts';

type Statement = { readonly Action: string | string[]; readonly Resource: unknown; readonly Condition?: unknown };
type Policy = {
  readonly PolicyDocument: { readonly Statement: Statement[] };
  readonly Roles?: readonly { readonly Ref: string }[];
};

const alone = synthesize('prod');
const foreign = synthesize('prod', { FACADE_SUBSCRIBER_ACCOUNTS: '111122223333,444455556666' });

const capability = ['Dispatcher', 'Hooks', 'Notifications', 'Pull', 'Wake'];

/** Those of its own policy, and those of policies that it shares with other functions. */
const statementsOf = (stack: typeof alone, name: string): Statement[] =>
  ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => stack.ofType<Policy>(type))
    .filter(({ properties }) => properties.Roles?.some(({ Ref }) => Ref.startsWith(`${name}Function`)))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);

/** The actions of a service on what `resource` names, sorted. */
const actionsOn = (name: string, service: string, resource: RegExp): string[] =>
  statementsOf(alone, name)
    .filter(({ Resource }) => resource.test(JSON.stringify(Resource)))
    .flatMap(({ Action }) => Action)
    .filter((action) => action.startsWith(`${service}:`))
    .map((action) => action.slice(service.length + 1))
    .sort();

/** An ARN as one text; references are in angle brackets. */
const textOf = (resource: unknown): string => {
  if (typeof resource === 'string') return resource;
  const { Ref, 'Fn::Join': join } = resource as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  return join ? join[1].map(textOf).join('') : `<${Ref}>`;
};

/** What a function may do with queues that are not of the stack itself, each as action and ARN. */
const subscribersQueuesOf = (stack: typeof alone, name: string): string[] =>
  statementsOf(stack, name).flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) =>
      [Resource]
        .flat()
        .filter((resource) => action.startsWith('sqs:') && !Object.hasOwn(resource as object, 'Fn::GetAtt'))
        .map((resource) => `${action} ${textOf(resource)}`),
    ),
  );

const made = 'arn:<AWS::Partition>:sqs:us-east-1:<AWS::AccountId>:signals-facade-prod-sub-*';
const others = ['111122223333', '444455556666'];

const read = ['BatchGetItem', 'GetItem', 'Query'];
const change = ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'];

describe('the resources of a stack', () => {
  const { resources } = synthesize('dev');
  const isAlarm = (type: string) => type.startsWith('AWS::CloudWatch::');
  /** By the construct or the path of the API that they belong to. */
  const isOfNotifications = (id: string): boolean =>
    /^(Notifications|Subscriptions|Hooks|Dispatcher|Wake|Pull)/.test(id) ||
    /^ApiRestApi(v1)?(hooks|events|notifications|subscriptions)/.test(id);
  /** Capabilities that came after the redesign, each by the ids of its constructs and paths. */
  const later = {
    archive: /^Archive(?!r)|^ApiRestApiv1archive/,
    archiver: /^(Archiver|EventsForArchive)/,
    enrichment: /^Enrich/,
    entities: /^Entities|^ApiRestApiv1(entities|templates|scim)/,
    exports: /^(Exports|Jobs)|^ApiRestApiv1exports/,
    holder: /^Holder/,
    health: /^Health|^ApiRestApiv1health/,
    lists: /^Lists|^ApiRestApi(v1)?(lists|sources)/,
    materials: /^Materials|^ApiRestApiv1(materials|inventory)/,
    mirrors: /^Mirror/,
    samples: /^Sample|^ApiRestApiv1samples/,
    verifier: /^Verifier/,
    purges: /^(Purges|EventsForPurges)/,
    // The rules that the pull, the wake-up, the check of samples and the holder share, with a permission for each.
    'shared rules': /^Each\w+Schedule/,
  };
  const counted = (resources as unknown as { id: string; Type: string }[]).filter(({ Type }) => !isAlarm(Type));
  const own = counted.filter(({ id }) => isOfNotifications(id));

  it('are fewer than 200 of the 500 that a stack may have, without notifications and later capabilities', () => {
    const isLater = (id: string): boolean => Object.values(later).some((ids) => ids.test(id));
    const rest = counted.filter(({ id }) => !isOfNotifications(id) && !isLater(id));
    expect(rest.length).toBeGreaterThan(100);
    expect(rest.length).toBeLessThan(200);
  });

  it.each(Object.entries(later))('are at most 25 for %s, alarms apart', (_name, ids) => {
    const found = counted.filter(({ id }) => ids.test(id));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(25);
  });

  /**
   * Above the 25 that a capability is to add: five functions with role, rights and log group each (20), for which fewer
   * would mean wider rights; the paths of the API with a method each, and a permission for each function; two tables; three
   * queues with dead letters and policies (12); three event sources; two schedules with a permission (4).
   */
  it('are at most 60 for notifications, alarms apart', () => {
    expect(own.length).toBeGreaterThan(40);
    expect(own.length).toBeLessThanOrEqual(60);
  });

  it('stay below the 500 that a stack may have, with some to spare', () => {
    expect(resources.length).toBeLessThanOrEqual(480);
  });
});

describe('rights on the stores', () => {
  it.each([
    ['Hooks', ['GetItem', 'PutItem', 'Query']],
    ['Sweep', ['GetItem', 'PutItem']],
    ['Wake', read],
    ['Pull', change],
    ['Notifications', change],
    ['Dispatcher', [...change, 'UpdateItem'].toSorted()],
  ])('%s may do no more with the notifications table than its adapters call: %j', (name, actions) => {
    expect(actionsOn(name, 'dynamodb', /NotificationsTable/)).toEqual(actions);
  });

  it('the pull adds to the audit log: a dismissal in the tenant is a write', () => {
    expect(actionsOn('Pull', 'dynamodb', /AuditTable/)).toEqual(['PutItem']);
  });

  it('the function that reads documents touches nothing of the table but these', () => {
    const onTable = statementsOf(alone, 'Enrich').filter(({ Action }) =>
      [Action].flat().some((action) => action.startsWith('dynamodb:')),
    );
    const ofNotifications = onTable.filter(({ Resource }) => JSON.stringify(Resource).includes('NotificationsTable'));
    expect(ofNotifications).toMatchObject([
      {
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DOCUMENT#*'] } },
      },
    ]);
    const others = ['SubscriptionsTable', 'ConsumersTable', 'AuditTable'];
    for (const table of others) expect(JSON.stringify(onTable)).not.toContain(table);
  });

  it('the index is for those who list', () => {
    const using = [...capability, 'Sweep'].filter((name) => actionsOn(name, 'dynamodb', /byReceipt/).length > 0);
    expect(using).toEqual(['Dispatcher', 'Notifications', 'Pull', 'Wake']);
  });

  it('the table of subscriptions is for those who send or decide what is sent', () => {
    const all = ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'];
    const found = capability.map((name) => [name, actionsOn(name, 'dynamodb', /SubscriptionsTable/)]);
    expect(found).toEqual([
      ['Dispatcher', all],
      ['Hooks', []],
      ['Notifications', all],
      ['Pull', []],
      ['Wake', all],
    ]);
  });

  it('every action that the adapters call is granted to the dispatcher or to the routes of subscribers', async () => {
    const folders = ['notifications', 'fan-out', 'subscriptions'].map((topic) => join('shared', topic, 'adapters'));
    const called = new Set<string>();
    for (const folder of folders)
      for (const file of await readdir(folder)) {
        const source = await readFile(join(folder, file), 'utf8');
        for (const [, name = ''] of source.matchAll(/new (\w+)Command\(/g)) called.add(name);
        if (source.includes('paginateQuery(')) called.add('Query');
      }
    const toAction = (name: string): string =>
      /Message|Queue/.test(name)
        ? `sqs:${name.replace('SendMessageBatch', 'SendMessage')}`
        : `dynamodb:${name}${name === 'Query' ? '' : 'Item'}`;
    const granted = new Set(
      ['Dispatcher', 'Notifications'].flatMap((name) => statementsOf(alone, name)).flatMap(({ Action }) => Action),
    );
    expect(called.size).toBeGreaterThanOrEqual(9);
    expect([...called].map(toAction).filter((action) => !granted.has(action))).toEqual([]);
  });
});

describe('rights on queues', () => {
  it('hooks and pull send to the ingress, and do nothing else with queues of notifications', () => {
    for (const name of ['Hooks', 'Pull']) {
      expect(actionsOn(name, 'sqs', /NotificationsIngressQueue/)).toEqual(['SendMessage']);
      expect(actionsOn(name, 'sqs', /NotificationsReplays/)).toEqual([]);
    }
    expect(actionsOn('Hooks', 'sqs', /./)).toEqual(['SendMessage']);
    expect(actionsOn('Sweep', 'sqs', /Notifications/)).toEqual([]);
  });

  it('the routes of consumers ask for a pull, and can neither make one nor take one back', () => {
    expect(actionsOn('Notifications', 'sqs', /NotificationsPulls/)).toEqual(['SendMessage']);
    expect(actionsOn('Notifications', 'kms', /KeysCredentials/)).toEqual([]);
    for (const store of [/CredentialsTable/, /QuotaTable/])
      expect(actionsOn('Notifications', 'dynamodb', store)).toEqual([]);
    expect(actionsOn('Notifications', 'sqs', /Operations/)).toEqual([]);
    expect(actionsOn('Pull', 'kms', /KeysCredentials/)).toEqual(['Decrypt']);
    expect(actionsOn('Pull', 'sqs', /NotificationsPullsQueue/)).toContain('ReceiveMessage');
    const asking = capability.filter((name) =>
      actionsOn(name, 'sqs', /NotificationsPullsQueue/).includes('SendMessage'),
    );
    expect(asking).toEqual(['Notifications']);
  });

  it('the dispatcher sends in its own account only below the names of made queues', () => {
    const sending = subscribersQueuesOf(alone, 'Dispatcher').filter((right) => right.startsWith('sqs:SendMessage'));
    expect(sending).toEqual([`sqs:SendMessage ${made}`]);
  });

  it('the dispatcher takes messages from the dead letters of made queues only', () => {
    const taking = subscribersQueuesOf(alone, 'Dispatcher').filter((right) => !right.startsWith('sqs:SendMessage'));
    expect(taking).toEqual([`sqs:DeleteMessage ${made}-dead*`, `sqs:ReceiveMessage ${made}-dead*`]);
  });

  it('the routes make, remove and test made queues, and no others', () => {
    const actions = ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SendMessage'];
    expect(subscribersQueuesOf(alone, 'Notifications').toSorted()).toEqual(
      actions.map((action) => `${action} ${made}`),
    );
  });

  it('hooks and pull touch no queue of a subscriber, and wake removes made ones only', () => {
    for (const name of ['Hooks', 'Pull']) expect(subscribersQueuesOf(foreign, name)).toEqual([]);
    expect(subscribersQueuesOf(foreign, 'Wake')).toEqual([`sqs:DeleteQueue ${made}`]);
  });

  it.each(['Dispatcher', 'Notifications'])(
    '%s sends in other accounts only to those that the stage names, with keys through SQS only',
    (name) => {
      const known = subscribersQueuesOf(alone, name);
      const added = subscribersQueuesOf(foreign, name).filter((right) => !known.includes(right));
      expect(added).toEqual(['sqs:SendMessage arn:<AWS::Partition>:sqs:*:*:*']);
      const onOthers = statementsOf(foreign, name).filter(({ Resource }) => /:(sqs|kms):\*:\*:/.test(textOf(Resource)));
      expect(onOthers).toMatchObject([
        {
          Action: 'sqs:SendMessage',
          Condition: {
            StringEquals: { 'aws:ResourceAccount': others },
            // An account of the list may be the facade's own, whose own queues are not for subscribers.
            StringNotEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } },
          },
        },
        {
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Condition: {
            StringEquals: { 'aws:ResourceAccount': others },
            StringLike: { 'kms:ViaService': 'sqs.*.amazonaws.com' },
          },
        },
      ]);
      expect(onOthers.map(({ Resource }) => textOf(Resource))[1]).toBe('arn:<AWS::Partition>:kms:*:*:key/*');
    },
  );

  it('no wildcard is left unanswered with other accounts either', () => {
    expect(findings(foreign.app)).toEqual([]);
  });

  it.each(['*', '12345', 'arn:aws:iam::123456789012:root'])('refuses %s as an account of subscribers', (accounts) => {
    expect(() => loadStageConfig('dev', { FACADE_SUBSCRIBER_ACCOUNTS: accounts })).toThrow(/subscriberAccounts/);
  });

  it('the queue of the dispatcher keeps the order of entities without one limit for all', () => {
    const queues = alone.ofType('AWS::SQS::Queue').filter(({ id }) => id.startsWith('NotificationsIngressQueue'));
    for (const { properties } of nonEmpty(queues))
      expect(properties).toMatchObject({
        ...{ FifoQueue: true, DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
      });
  });
});

describe('mirrors', () => {
  const mirrors = [{ name: 'staging', url: 'https://staging.example.com/hooks/signals', header: 'x-signals-hook' }];
  const many = (name: string, count: number): string[] => Array.from({ length: count }, (_, index) => name + index);
  const mirrored = synthesize('prod', { FACADE_MIRRORS: JSON.stringify(mirrors) });

  it('have a FIFO queue each, with dead letters and two alarms, from which one function takes', () => {
    const ids = mirrored.ofType('AWS::SQS::Queue').map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('MirrorsStaging')).map((id) => id.slice(0, -8))).toEqual([
      'MirrorsStagingDeadLetters',
      'MirrorsStagingQueue',
    ]);
    const alarms = mirrored.ofType<{ AlarmName: string }>('AWS::CloudWatch::Alarm').map(({ id }) => id);
    expect(alarms.filter((id) => /MirrorStaging/.test(id)).length).toBe(2);
    expect(findings(mirrored.app)).toEqual([]);
  });

  it('and the vital queues have titles by which the health check knows them from all others', () => {
    const [fn] = mirrored
      .ofType<{ Environment: { Variables: { QUEUES: object } } }>('AWS::Lambda::Function')
      .filter(({ id }) => id.startsWith('HealthFunction'));
    const told = JSON.stringify(fn?.properties.Environment.Variables.QUEUES).replaceAll('\\', '');
    const titles = [...told.matchAll(/\["(\w+)",/g)].map(([, title = '']) => title);
    expect(titles).toEqual(expect.arrayContaining([...Object.values(vitalTitles), 'Purges', 'Archive']));
    expect(titles.filter(isMirrorTitle)).toEqual(mirrors.map(({ name }) => mirrorTitleOf(name)));
  });

  it('are told to the dispatcher, the wake-up and the function that forwards, and give the hook no new right', () => {
    for (const name of ['Dispatcher', 'Wake', 'Mirror']) {
      const [fn] = mirrored
        .ofType<{ Environment: { Variables: Record<string, unknown> } }>('AWS::Lambda::Function')
        .filter(({ id }) => id.startsWith(`${name}Function`));
      const told = JSON.stringify(fn?.properties.Environment.Variables.MIRRORS);
      expect(told).toContain('staging.example.com');
    }
    expect(statementsOf(mirrored, 'Hooks')).toEqual(statementsOf(alone, 'Hooks'));
  });

  it('the function that forwards reads the sealed values of its headers, and nothing else of the ledger or of the keys', () => {
    const rights = statementsOf(mirrored, 'Mirror');
    const onTables = rights.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('dynamodb:')));
    expect(onTables).toMatchObject([
      {
        Action: 'dynamodb:GetItem',
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['MIRROR#*'] } },
      },
    ]);
    const opening = rights.filter(({ Condition }) =>
      JSON.stringify(Condition ?? {}).includes('EncryptionContext:record'),
    );
    expect(opening).toMatchObject([
      { Action: 'kms:Decrypt', Condition: { StringLike: { 'kms:EncryptionContext:record': 'mirror/*/*' } } },
    ]);
  });

  it.each([
    ['http', { url: 'http://staging.example.com/hooks/signals' }],
    ['no address', { url: 'staging' }],
    ['an address with a user', { url: 'https://user:secret@staging.example.com/hooks/signals' }],
    ['the facade itself', { url: 'https://facade.example.com/hooks/signals' }],
    ['a header of the transport', { header: 'Host' }],
    ['a name that no queue can have', { name: 'Staging!' }],
    ['a share of nothing', { share: 0 }],
    ['a rule that takes the id', { redact: ['data.id', 'data.attributes.id'] }],
    ['a rule that takes the entity', { redact: ['**.entity'] }],
    ['a rule that takes everything', { redact: ['**'] }],
    ['an empty step of a rule', { redact: ['data..comment'] }],
    ['a setting that does not exist', { value: 'a secret' }],
    ['more rules than the variables of a function hold', { redact: many('data.attributes.field', 100) }],
  ])('%s is refused, with what is accepted', (_, fault) => {
    const FACADE_MIRRORS = JSON.stringify([{ ...mirrors[0], ...fault }]);
    const env = { FACADE_MIRRORS, FACADE_PUBLIC_URL: 'https://facade.example.com' };
    expect(() => loadStageConfig('dev', env)).toThrow(/field mirrors: .* is not accepted. Accepted: a JSON list/);
  });

  it('may name a loopback address in the twin only', () => {
    const local = JSON.stringify([{ ...mirrors[0], url: 'http://127.0.0.1:4001/hooks/signals' }]);
    expect(loadStageConfig('local', { FACADE_MIRRORS: local }).mirrors).toHaveLength(1);
    expect(() => loadStageConfig('dev', { FACADE_MIRRORS: local })).toThrow(/field mirrors/);
    expect(() => loadStageConfig('dev', { FACADE_MIRRORS: JSON.stringify([mirrors[0], mirrors[0]]) })).toThrow(
      /mirrors/,
    );
  });
});
