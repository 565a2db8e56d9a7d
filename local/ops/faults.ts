/** The faults that /ops provokes in a twin, and the alarms that they should ring. The browser test of the page provokes `tenant-500` and sees `Failures` ring. */
import type { FaultWorld } from './fault-world.ts';

/** Takes back one step of a fault. May be called again when it has failed. */
export type End = () => Promise<void>;

export type Fault = {
  readonly id: string;
  readonly title: string;
  /** What it does, in one sentence. */
  readonly does: string;
  /** The alarms that it rings. */
  readonly alarms: readonly string[];
  /** When they ring, or what to look at if none does. */
  readonly when: string;
  /** Section of docs/runbook.md. */
  readonly section: string;
  /** The tenant has one fault at a time: the next one ends the one before. */
  readonly isOfTenant: boolean;
  /** @param undo takes the end of each step before the step is taken. The last one given is the first to run. */
  start(world: FaultWorld, undo: (end: End) => void): Promise<void>;
};

type OfTenant = Pick<Fault, 'id' | 'title' | 'does' | 'alarms' | 'when' | 'section'> & { readonly rule: object };

/** A fault of the simulator, with calls that suffer from it: without a call nothing fails. */
const ofTenant = ({ rule, ...fault }: OfTenant): Fault => ({
  ...fault,
  isOfTenant: true,
  async start({ setTenantFault, calls }, undo) {
    undo(() => setTenantFault(undefined));
    await setTenantFault(rule);
    undo(() => calls.stop());
    calls.start();
  },
});

const tenantFaults: readonly OfTenant[] = [
  {
    id: 'tenant-slow',
    title: 'The tenant is slow',
    does: 'Each answer of the tenant takes 3 s.',
    alarms: [],
    when: 'No alarm rings: callers only wait. Look at the chart of the latency.',
    section: 'the-tenant-fails',
    rule: { kind: 'latency', millis: 3_000 },
  },
  {
    id: 'tenant-500',
    title: 'The tenant answers 500',
    does: 'Each answer of the tenant is a 500.',
    alarms: ['Failures', 'UpstreamFailing'],
    when: 'Within about two minutes.',
    section: 'the-tenant-fails',
    rule: { kind: 'status', status: 500 },
  },
  {
    id: 'tenant-429',
    title: 'The tenant answers 429',
    does: 'Each answer of the tenant is a 429, although the facade is far below the limit.',
    alarms: ['QuotaUpstream429', 'RefusedByPause'],
    when: 'Within about three minutes.',
    section: 'the-tenant-answers-429',
    rule: { kind: 'status', status: 429 },
  },
  {
    id: 'tenant-down',
    title: 'The tenant is down',
    does: 'The tenant breaks each connection before it answers.',
    alarms: ['Failures', 'UpstreamFailing'],
    when: 'Within about two minutes.',
    section: 'the-tenant-fails',
    rule: { kind: 'cut' },
  },
  {
    id: 'key-refused',
    title: 'The key of the facade is refused',
    does: 'The tenant answers 401 to the key with which the facade calls it.',
    alarms: ['Failures', 'KeyRefused'],
    when: 'Within about two minutes.',
    section: 'a-key-of-the-tenant-is-refused',
    rule: { kind: 'status', status: 401 },
  },
];

const tokenDies: Fault = {
  id: 'token-dead',
  title: 'The token of a person dies',
  does: 'A person links a token for demo-people, and the tenant revokes it.',
  alarms: ['TokensExpired'],
  when: 'After an hour or two, when the tenant has refused it twice. Until then the token is doubted, and the call of the person is refused below.',
  section: 'tokens-that-died',
  isOfTenant: false,
  async start({ linkToken, revokeToken, forgetToken }, undo) {
    undo(forgetToken);
    await linkToken();
    await revokeToken();
  },
};

const queueGone: Fault = {
  id: 'queue-stuck',
  title: 'The queue of a subscriber is gone',
  does: 'demo-app subscribes, its queue is deleted, and an event happens that cannot be delivered.',
  alarms: ['DeliveriesOverdue'],
  when: 'After an hour. Until then the health of the subscription says why.',
  section: 'deliveries-that-wait',
  isOfTenant: false,
  async start({ subscribe, removeQueue, unsubscribe, notify }, undo) {
    undo(unsubscribe);
    await removeQueue(await subscribe());
    await notify();
  },
};

const poisonedMessage: Fault = {
  id: 'message-poisoned',
  title: 'A message cannot be handled',
  does: 'The queue between notifications and the dispatcher gets a message that nobody understands.',
  alarms: ['IngressDeadLetters'],
  when: 'Within about three minutes.',
  section: 'messages-in-a-dead-letter-queue',
  isOfTenant: false,
  async start({ sendPoison, removePoison }, undo) {
    undo(removePoison);
    await sendPoison();
  },
};

export const faults: readonly Fault[] = [...tenantFaults.map(ofTenant), poisonedMessage, tokenDies, queueGone];
