/** What one event to many subscriptions needs: the items as the real code packs them, and the time to send. */
import { packDispatched, toHeadItem } from '../../shared/notifications/adapters/dynamodb-items.ts';
import type { Delivery } from '../../shared/notifications/ledger.ts';
import { createSubscriptionId, type Subscription } from '../../shared/subscriptions/subscription.ts';

const unitBytes = 1_024;
export const mostItemBytes = 400 * unitBytes;
/** Sockets of the client of SQS (SDK for JavaScript, default of the HTTP handler), and a send to a queue in the region, as assumed. */
const sockets = 50;
const sendMillis = 20;

const now = 1_800_000_000_000;

const subscriptionOf = (id: string): Subscription => {
  const arn = `arn:aws:sqs:us-east-1:000000000000:signals-facade-prod-${id}`;
  return {
    ...{ id, consumerId: 'some-application', incarnation: '00000000', state: 'active' },
    queue: { arn: `${arn}.fifo`, isFifo: true, isMade: true, deadLettersArn: `${arn}-dead.fifo` },
    filter: { type: ['com.revvity.signals.notification.close'], subject: [{ prefix: 'experiment:' }] },
    ...{ startMillis: now, createdAtMillis: now, version: 1 },
  };
};

const deliveriesOf = (count: number, outcome: 'attempting' | 'sent'): Delivery[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ subscriptionId: createSubscriptionId(), outcome, atMillis: now + (index % 500) },
    ...(outcome === 'sent' ? { messageId: crypto.randomUUID() } : {}),
  }));

export type FanOutFigures = {
  readonly subscriptions: number;
  readonly headBytes: number;
  readonly entryBytes: number;
  readonly writeUnits: number;
  readonly sends: number;
  readonly sendSeconds: number;
  /** Units to read all subscriptions, each five seconds on an instance that gets events. */
  readonly listUnits: number;
};

export const fanOutAt = (subscriptions: number): FanOutFigures => {
  const current = { id: crypto.randomUUID(), sequence: 1, deliveries: deliveriesOf(subscriptions, 'attempting') };
  const head = { version: 1, sequence: 1, lastCreatedAtMillis: now, waiting: [], parked: {}, current };
  const headBytes = toHeadItem(head).head.byteLength;
  const dispatched = { sequence: 1, isLate: false, deliveries: deliveriesOf(subscriptions, 'sent') };
  // The notification itself takes about half a kilobyte.
  const entryBytes = packDispatched(dispatched).byteLength + 512;
  const units = (bytes: number): number => Math.ceil(bytes / unitBytes);
  const listBytes = subscriptions * JSON.stringify(subscriptionOf(createSubscriptionId())).length;
  return {
    ...{ subscriptions, headBytes, entryBytes, sends: subscriptions },
    // Keep, its index, the head, the deliveries.
    writeUnits: 2 + units(headBytes) + units(entryBytes),
    sendSeconds: (Math.ceil(subscriptions / sockets) * sendMillis) / 1_000,
    listUnits: Math.ceil(listBytes / (4 * unitBytes)),
  };
};

/** Most subscriptions of one event whose deliveries fit into one item of DynamoDB, by what each one more takes. */
export const mostSubscriptions = (): number => {
  const [one, two] = [fanOutAt(1_000).entryBytes, fanOutAt(2_000).entryBytes];
  const each = (two - one) / 1_000;
  return Math.floor(1_000 + (mostItemBytes - one) / each);
};
