/** The schedule of faults: what goes wrong in each, and which alarms must ring. */
import type { Rule } from './fault-proxy.ts';
import type { LoadOptions } from './load.ts';
import type { VirtualTwin } from './twin.ts';

export type Scene = {
  readonly twin: VirtualTwin;
  readonly load: LoadOptions;
  /** Repeatable, 0 to 1. */
  readonly random: () => number;
};

export type Fault = {
  readonly name: string;
  /** What happens, for the table. */
  readonly what: string;
  /** Alarms that must ring, and those that may, depending on when calls meet the fault. None else. */
  readonly rings: readonly string[];
  readonly mayRing?: readonly string[];
  /** Of the clocks of instances, in milliseconds; by their number in their function, from 1. */
  readonly skewOf?: (number: number) => number;
  readonly begin: (scene: Scene) => void;
};

const awsError = (name: string, message: string) => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws#${name}`, message }),
});

const chance = (share: number, random: () => number): boolean => random() < share;

/** The load of the bench is near the limit of its tenant at any time. */
const nearLimit = 'NearTenantLimit';
/** Parts of the group that must ring, and what else fails for want of a table. */
const storeFails = [
  ...[
    'QuotaStoreFailures',
    'RefusedByStore',
    'Failures',
    'SweepFailed',
    'SweepBehind',
    'AuditSealFailed',
    'SweepLag',
    'WakeFailed',
  ],
  ...['HookFailed', 'IdempotencyOutcomesLost', 'PullFailed', 'CredentialStoreFailed', 'AuditRecordsLost', nearLimit],
];

/** The answers of every proxy pass again, and pushes come once. */
export const endFault = ({ twin, load }: Scene): void => {
  for (const proxy of Object.values(twin.proxies)) proxy.follow();
  load.copies = 1;
};

const throttled = awsError(
  'ProvisionedThroughputExceededException',
  'The level of configured provisioned throughput was exceeded.',
);

/** SQS's answer to a batch of removals that it has not carried out. */
const forgedRemoval = (body: string) => {
  const { Entries = [] } = JSON.parse(body) as { Entries?: { Id: string }[] };
  return { status: 200, body: JSON.stringify({ Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] }) };
};

const quotaWrites = /^(PutItem|UpdateItem)$/;
const frozenMillis = 45_000;

/** Freezes the instance that has just written the ledger of the quota, its lease in hand, one at a time. */
const freezeHolders =
  ({ twin }: Scene): Rule =>
  ({ action, body, instance }) => {
    const isFree = twin.fleet.instances.every((one) => one.thawMillis() <= performance.now());
    if (!instance || !isFree || !quotaWrites.test(action) || !/"TableName":"[^"]*Quota/.test(body)) return {};
    return { carriedOut: () => instance.freeze(performance.now() + frozenMillis) };
  };

export const baseline: Fault = {
  name: 'no fault',
  what: 'the load alone',
  rings: [],
  mayRing: [nearLimit],
  begin: () => {},
};

export const faults: readonly Fault[] = [
  {
    name: 'store throttled',
    what: 'DynamoDB throttles 9 of 10 requests',
    rings: ['QuotaStore', 'HookFailed', 'SweepBehind'],
    mayRing: storeFails,
    begin: ({ twin, random }) => twin.proxies.dynamodb.follow(() => (chance(0.9, random) ? { answer: throttled } : {})),
  },
  {
    name: 'store slow',
    what: 'each answer of DynamoDB takes 2 s',
    rings: ['QuotaStore'],
    mayRing: storeFails,
    begin: ({ twin }) => twin.proxies.dynamodb.follow(() => ({ delayMillis: 2_000 })),
  },
  {
    name: 'clock skew',
    what: 'the clock of every second instance is 4.9 s ahead',
    rings: [],
    mayRing: [nearLimit],
    skewOf: (number) => (number % 2 === 0 ? 4_900 : 0),
    begin: ({ twin }) => twin.fleet.restart(),
  },
  {
    name: 'frozen with a lease',
    what: 'one instance after the other is frozen for 45 s when it has just taken units of the quota',
    rings: [],
    mayRing: [nearLimit],
    begin: (scene) => scene.twin.proxies.dynamodb.follow(freezeHolders(scene)),
  },
  {
    name: 'answer of the tenant lost',
    what: 'a third of the answers of the tenant are lost after the call was carried out',
    rings: ['UpstreamFailing'],
    mayRing: ['RefusedByBudget', 'Failures', 'SweepFailed', 'SweepBehind', 'PullFailed', nearLimit],
    begin: ({ twin, random }) => twin.proxies.tenant.follow(() => ({ losesAnswer: chance(0.33, random) })),
  },
  {
    name: 'answer of the store lost',
    what: 'a tenth of the answers of DynamoDB are lost after the request was carried out',
    rings: [],
    // Two answers in a row are lost for one request in a hundred. Its call fails, and units of the budget are lost with answers of its ledger.
    mayRing: ['QuotaStore', 'RefusedByBudget', ...storeFails],
    begin: ({ twin, random }) => twin.proxies.dynamodb.follow(() => ({ losesAnswer: chance(0.1, random) })),
  },
  {
    name: 'push duplicated',
    what: 'the tenant pushes each notification three times',
    rings: [],
    mayRing: [nearLimit],
    begin: ({ load }) => {
      load.copies = 3;
    },
  },
  {
    name: 'SQS redelivering',
    what: 'SQS confirms half of the removals and does not carry them out, so messages come again',
    rings: [],
    mayRing: [nearLimit],
    begin: ({ twin, random }) =>
      twin.proxies.sqs.follow(({ action, body }) =>
        action === 'DeleteMessageBatch' && chance(0.5, random) ? { answer: forgedRemoval(body) } : {},
      ),
  },
  {
    name: 'KMS denied',
    what: 'KMS refuses every request, and all instances start anew',
    rings: ['CredentialStoreFailed'],
    mayRing: ['Failures', 'SweepFailed', 'SweepBehind', 'AuditSealFailed', 'PullFailed', nearLimit],
    begin: ({ twin }) => {
      twin.proxies.kms.follow(() => ({ answer: awsError('AccessDeniedException', 'The key policy allows nobody.') }));
      twin.fleet.restart();
    },
  },
  {
    name: 'upstream hanging',
    what: 'the tenant takes each call and never answers',
    rings: ['UpstreamFailing', 'SweepBehind'],
    mayRing: ['Failures', 'SweepFailed', 'SweepLag', 'PullFailed', nearLimit],
    begin: ({ twin }) => twin.proxies.tenant.follow(() => ({ hangs: true })),
  },
];
