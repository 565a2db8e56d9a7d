/** Connects the governor to the pipeline: it admits every send and learns of every answer. */
import { unknownGroup } from '../catalogue/operation.ts';
import { AppError } from '../errors/app-error.ts';
import type { Consumer } from '../exchange/consumer.ts';
import type { Exchange, QuotaGate } from '../exchange/exchange.ts';
import type { Priority, QuotaProfile } from '../exchange/quota-profile.ts';
import type { SendOutcome } from '../exchange/send-outcome.ts';
import type { Headers } from '../http/headers.ts';
import type { Governor } from './governor.ts';
import { rateLimitFields } from './headers.ts';
import { createQuotaMetrics } from './metrics.ts';
import type { QuotaPolicy } from './policy.ts';
import { shortageOf, tenantStanding } from './standing.ts';
import type { Admission, Applicant } from './waiting.ts';

/** One admission, for the explanation of a request. A retry is another one. */
export type QuotaNote = {
  readonly requestId: string;
  readonly consumerId: string;
  readonly priority: Priority;
  readonly outcome: Admission['how'] | 'refused' | 'unavailable';
  readonly units: number;
  readonly waitedMillis: number;
  readonly freeUnits: number;
  readonly limit: number;
};

export type QuotaGateOptions = {
  readonly governor: Governor;
  readonly policy: QuotaPolicy;
  readonly profileOf: (consumer: Consumer) => QuotaProfile;
  readonly nowMillis: () => number;
  /** Called with every decision. */
  readonly onNote?: (note: QuotaNote, exchange: Exchange) => void;
  /** Started before every admission and not awaited, such as a read of the bookings. */
  readonly prepare?: () => Promise<void>;
};

/** Time that is left to send and answer after the wait for a unit. */
const answerReserveMillis = 2_000;

/** Some operations have a 429 of their own, which says nothing about the tenant's budget. */
const isQuotaRefusal = ({ operation, upstream }: Exchange, status: number | undefined): boolean =>
  status === 429 && upstream.spendsQuota?.(operation) !== false;

/**
 * The name under which the upstream's refusals are counted; undefined for a send without an operation. An operation outside the
 * catalogue is named by its method only, because its path may contain anything.
 */
const operationOf = ({ operation }: Partial<Pick<Exchange, 'operation'>>): string | undefined =>
  operation && `${operation.method} ${operation.group === unknownGroup ? '(not in the catalogue)' : operation.path}`;

const isStoreFailure = (error: unknown): boolean => error instanceof AppError && error.code !== 'TOO_MANY_REQUESTS';

export const createQuotaGate = (options: QuotaGateOptions) => {
  const { governor, policy, profileOf, nowMillis, onNote } = options;
  /** Sends without an answer yet; an exchange has one at a time. */
  const pending = new WeakMap<Exchange, Admission>();

  const applicantOf = (exchange: Exchange): Applicant => {
    const { consumer, request } = exchange;
    const { priority, weight, caps } = profileOf(consumer);
    const waitMillis = Math.max(0, request.deadlineMillis - nowMillis() - answerReserveMillis);
    const operation = operationOf(exchange);
    return { consumerId: consumer.id, priority, weight, caps, ...(operation ? { operation } : {}), waitMillis };
  };

  const note = (exchange: Exchange, parts: Omit<QuotaNote, 'requestId' | 'consumerId' | 'priority'>): void => {
    const { consumer, request } = exchange;
    const { priority } = profileOf(consumer);
    onNote?.({ requestId: request.requestId, consumerId: consumer.id, priority, ...parts }, exchange);
  };

  const noteRefusal = (exchange: Exchange, error: unknown, waitedMillis: number): void => {
    const outcome = isStoreFailure(error) ? 'unavailable' : 'refused';
    note(exchange, { outcome, units: 0, waitedMillis, freeUnits: 0, limit: policy.limit });
  };

  const gate: QuotaGate = {
    refuseForeseen(exchange) {
      const refusal = governor.foresee(applicantOf(exchange));
      if (!refusal) return;
      noteRefusal(exchange, refusal, 0);
      throw refusal;
    },
    async admit(exchange) {
      options.prepare?.().catch(() => {});
      const sinceMillis = nowMillis();
      try {
        const admission = await governor.admit(applicantOf(exchange));
        pending.set(exchange, admission);
        const { how: outcome, units, waitedMillis, freeUnits, limit } = admission;
        note(exchange, { outcome, units, waitedMillis, freeUnits, limit });
      } catch (error) {
        noteRefusal(exchange, error, nowMillis() - sinceMillis);
        throw error;
      }
    },
    departs: (exchange) => pending.get(exchange)?.departs() ?? true,
  };

  return {
    gate,
    /** For `onSend` of the upstream call. A call that was certainly not sent gives its unit back. */
    onSend(exchange: Exchange, outcome: SendOutcome): void {
      if (outcome.kind === 'answered') pending.get(exchange)?.answered();
      // A lost call may still arrive, so its unit keeps counting.
      if (outcome.kind === 'not-sent') pending.get(exchange)?.unsent();
      pending.delete(exchange);
      if (outcome.kind === 'answered' && isQuotaRefusal(exchange, outcome.status))
        governor.upstreamRefused(outcome.retryAfterMillis, operationOf(exchange));
    },
    /** Header fields for an answer to the consumer; none before the budget was first read. */
    headersFor(consumer: Consumer): Headers {
      const state = governor.lastState();
      return state
        ? rateLimitFields(state, policy, governor.clock.earliestMillis(), consumer.id, profileOf(consumer))
        : [];
    },
    /** For the log, about once a minute; undefined in between. */
    takeMetrics: createQuotaMetrics(governor, policy, nowMillis),
    /** For the cache: 0 = plenty, 1 = spent. It makes no request: it ages the last state by the clock. */
    shortage(): number {
      const state = governor.lastState();
      return state ? shortageOf(tenantStanding(state, policy, governor.clock.earliestMillis())) : 0;
    },
  };
};
