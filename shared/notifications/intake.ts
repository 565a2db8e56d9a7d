/**
 * Takes notifications in: the ledger first, then the queue to the dispatcher. What was kept and not dispatched is queued again
 * whenever a copy of it comes: a crash between the two loses nothing.
 */
import type { Clock } from '../time/clock.ts';
import type { Ingress } from './ingress.ts';
import type { Ledger } from './ledger.ts';
import type { Notification } from './notification.ts';
import { isMalformed, type Malformed, readPush } from './read-notification.ts';

/** `new`: it was not in the ledger. `queued-again`: it was, and had not been dispatched. */
export type Taken = 'new' | 'known' | 'queued-again';

export type IntakeOptions = {
  readonly ledger: Pick<Ledger, 'keep' | 'read' | 'keepMalformed'>;
  readonly ingress: Ingress;
  readonly clock: Clock;
  /** A random text: it tells this attempt to write from others. */
  readonly newWriter: () => string;
  /** Of what brings the notifications. */
  readonly traceId?: () => string | undefined;
};

const minuteMillis = 60_000;

export const createIntake = ({ ledger, ingress, clock, newWriter, traceId: currentTraceId }: IntakeOptions) => {
  const queue = ({ id, entity }: Notification, again?: string): Promise<void> =>
    ingress.add({ kind: 'notification', id, entity }, again);

  /** Under a name of its own: the queue drops what it has seen in the last five minutes. Many copies make one a minute. */
  const queueAgain = async (id: string): Promise<Taken> => {
    const entry = await ledger.read(id);
    if (!entry || entry.dispatched) return 'known';
    await queue(entry.notification, `again-${Math.floor(clock.nowMillis() / minuteMillis)}`);
    return 'queued-again';
  };

  const take = async (notification: Notification): Promise<Taken> => {
    const traceId = currentTraceId?.();
    const traced = traceId === undefined ? notification : { ...notification, traceId };
    if ((await ledger.keep(traced, newWriter())) === 'known') return queueAgain(notification.id);
    await queue(notification);
    return 'new';
  };

  return {
    /** @throws what a store throws: then it is not known to be taken, and may be taken again. */
    take,
    /**
     * For what is known as a rule, such as what a pull sees again: a look costs less than a write that is refused. A new one counts as received
     * now: it may have been listed minutes ago, and whoever reads the ledger by time of receipt has passed that instant.
     */
    async takeExpectingKnown(notification: Notification): Promise<Taken> {
      const entry = await ledger.read(notification.id);
      if (!entry) return take({ ...notification, receivedAtMillis: clock.nowMillis() });
      return entry.dispatched ? 'known' : queueAgain(notification.id);
    },
    /**
     * The body of a push, from the tenant or by a mirror. What is no notification is kept for inspection, under the id that is returned.
     * @throws what a store throws.
     */
    async takePush(
      bytes: Uint8Array,
      origin: 'push' | 'mirror' = 'push',
    ): Promise<{ readonly notification: Notification; readonly taken: Taken } | (Malformed & { readonly id: string })> {
      const notification = readPush(bytes, clock.nowMillis(), origin);
      if (!isMalformed(notification)) return { notification, taken: await take(notification) };
      return { ...notification, id: await ledger.keepMalformed(bytes, notification.reason) };
    },
  };
};
export type Intake = ReturnType<typeof createIntake>;
