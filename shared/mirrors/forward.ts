/** Forwards one push to a mirror. It is retried for 28 hours, as a delivery to a subscription is, and then goes to the dead letters. */
import { mirroredHeader } from '../config/names.ts';
import { AppError } from '../errors/app-error.ts';
import type { UpstreamTransport } from '../exchange/transport.ts';
import type { QueueHealth } from '../fan-out/queue-health.ts';
import { retriedMillis } from '../fan-out/retry.ts';
import type { CloudEvent } from '../notifications/cloud-event.ts';
import { done, type MessageOutcome } from '../queues/message.ts';
import { backoffSeconds } from '../queues/receives.ts';
import type { Clock } from '../time/clock.ts';
import type { Mirror } from './mirror.ts';
import { redact } from './redact.ts';

export type ForwardParts = {
  readonly transport: UpstreamTransport;
  /** The value of the mirror's header; undefined = none was set. @throws when it cannot be read. */
  readonly readHeader: (mirror: string) => Promise<string | undefined>;
  /** What this instance remembers of mirrors that fail: they are left alone for a while. */
  readonly health: QueueHealth;
  readonly clock: Clock;
  /** Of this facade: told to the mirror, so that it forwards nothing of it. */
  readonly stage: string;
};

/** A message as it was received. */
export type Received = { readonly body: CloudEvent; readonly sentAtMillis: number; readonly receiveCount: number };

/** A hook answers within a second. */
const patienceMillis = 5_000;
/** The push itself is at fault, and no repetition mends it: too large, or not to be read. */
const refusals: readonly number[] = [400, 413, 415, 422];

/** Rules are paths from `data` on: a push that is the resource alone (read-notification.ts) is wrapped, so that they find their fields. */
const wrapped = (document: unknown): unknown => {
  const data = (document as { readonly data?: unknown } | null)?.data;
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? document : { data: document };
};

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

export const createForward = ({ transport, readHeader, health, clock, stage }: ForwardParts) => {
  /** @returns the status. It follows no redirect: the header is for one host. */
  const post = async ({ url, header }: Mirror, value: string, document: unknown): Promise<number> => {
    const { origin, pathname } = new URL(url);
    const { status, body } = await transport.send({
      ...{ origin, method: 'POST', target: pathname },
      headers: [
        ['content-type', 'application/json'],
        [header, value],
        [mirroredHeader, stage],
      ],
      body: Buffer.from(JSON.stringify(document)),
      firstByteMillis: patienceMillis,
      answerByMillis: clock.nowMillis() + patienceMillis,
    });
    body.on('error', () => {}).destroy();
    return status;
  };

  const attempt = async (mirror: Mirror, value: string, document: unknown): Promise<string | number> => {
    const startMillis = clock.nowMillis();
    const outcome = await post(mirror, value, document).catch((error: unknown) =>
      error instanceof AppError ? error.code : 'no answer',
    );
    const { name } = mirror;
    const kind = typeof outcome === 'number' && (isSuccess(outcome) || refusals.includes(outcome)) ? 'sent' : 'failed';
    const result = kind === 'sent' ? ({ kind, messageId: '' } as const) : ({ kind, reason: '' } as const);
    health.note(name, result, clock.nowMillis() - startMillis);
    return outcome;
  };

  const later = ({ sentAtMillis, receiveCount }: Received, reason: string): MessageOutcome =>
    clock.nowMillis() - sentAtMillis >= retriedMillis
      ? { kind: 'dead-letter', reason }
      : { kind: 'retry', afterSeconds: backoffSeconds(receiveCount), reason };

  /** Never rejects: what is given up by its age only must not outlive the queue's retention unseen. */
  return async (mirror: Mirror, received: Received): Promise<MessageOutcome> => {
    let value: string | undefined;
    try {
      value = await readHeader(mirror.name);
    } catch (error) {
      const why = error instanceof AppError ? error.code : error instanceof Error ? error.name : 'unknown';
      return later(received, `the value of its header cannot be read (${why})`);
    }
    if (value === undefined) return later(received, 'no operator has set the value of its header');
    if (health.isHeld(mirror.name)) return later(received, 'the mirror has just failed several times');
    const outcome = await attempt(mirror, value, redact(wrapped(received.body.data), mirror.redact));
    if (typeof outcome === 'string') return later(received, outcome);
    if (isSuccess(outcome)) return done;
    const reason = `the mirror answered ${outcome}`;
    return refusals.includes(outcome) ? { kind: 'dead-letter', reason } : later(received, reason);
  };
};
export type Forward = ReturnType<typeof createForward>;
