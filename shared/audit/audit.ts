/**
 * Records writes in the audit log: the intent before anything is sent, the outcome before the answer leaves. If the
 * function dies in between, the intent has no outcome and reads as `unknown`.
 */

import { AppError } from '../errors/app-error.ts';
import type { Credential } from '../exchange/credential.ts';
import type { Exchange, NativeAnswer } from '../exchange/exchange.ts';
import type { Clock } from '../time/clock.ts';
import { endsWithin } from '../time/within.ts';
import {
  type Act,
  createdEntity,
  describeAct,
  describeWrite,
  type Ending,
  endingOfError,
  endingOfStatus,
  isAudited,
} from './describe.ts';
import type { AuditIntent, AuditLog, AuditRecord } from './record.ts';

export type AuditOptions = {
  readonly log: AuditLog;
  readonly clock: Clock;
  /** Returns a new id each time, such as a UUID, so that two entries never share one. */
  readonly newId: () => string;
  readonly retentionDays: number;
  /** `refuse` writes that cannot be recorded, or `admit` them unrecorded. */
  readonly whenStoreFails: 'refuse' | 'admit';
  /** Called with a lost record, of a write that is sent anyway or was answered. Must not throw. */
  readonly onLost: (record: AuditRecord, cause: unknown) => void;
  /** Waits between tries. */
  readonly pause: (millis: number) => Promise<void>;
};

/** Pauses before the retries of an outcome. The adapter has its own, short ones. */
const pausesMillis = [100, 500, 1_500];
/** The longest wait of an answer for its record. */
const mostEndMillis = 5_000;
const daySeconds = 86_400;

export const createAudit = (options: AuditOptions) => {
  const { log, clock, newId } = options;

  const begin = async (facts: ReturnType<typeof describeAct>): Promise<AuditIntent> => {
    const startedMillis = clock.nowMillis();
    const deleteAtSeconds = Math.floor(startedMillis / 1_000) + options.retentionDays * daySeconds;
    const intent: AuditIntent = { ...facts, id: newId(), startedMillis, deleteAtSeconds, stage: 'intent' };
    try {
      await log.append(intent);
    } catch (cause) {
      if (options.whenStoreFails === 'refuse')
        throw new AppError('AUDIT_UNAVAILABLE', {
          detail: 'The audit log cannot be written to, and nothing is changed unrecorded. Nothing was sent; try again.',
          retryAfterSeconds: 5,
          sent: false,
          cause,
        });
      options.onLost(intent, cause);
    }
    return intent;
  };

  const appendOutcome = async (record: AuditRecord, isOver: () => boolean): Promise<void> => {
    for (const pauseMillis of [...pausesMillis, undefined]) {
      try {
        return await log.append(record);
      } catch (cause) {
        if (isOver()) return;
        if (pauseMillis === undefined) return options.onLost(record, cause);
        await options.pause(pauseMillis);
      }
    }
  };

  /** Never throws, because the answer must be sent whether it was recorded or not. */
  const end = async (intent: AuditIntent, ending: Ending, entity = intent.entity): Promise<void> => {
    const record: AuditRecord = {
      ...intent,
      ...(entity === undefined ? {} : { entity }),
      ...ending,
      endedMillis: clock.nowMillis(),
      stage: 'outcome',
    };
    let isOver = false;
    const appended = appendOutcome(record, () => isOver);
    if (await endsWithin(appended, mostEndMillis)) return;
    isOver = true;
    options.onLost(record, undefined);
  };

  return {
    /**
     * Runs one call with one credential, and records it if it is a write. The result or error of `run` passes
     * unchanged. `run` records the intent right before it sends: a call that is refused earlier has no record.
     * @throws AppError AUDIT_UNAVAILABLE from `recordIntent`, unless configured to admit.
     */
    async aroundWrite(
      exchange: Exchange,
      credential: Credential,
      run: (recordIntent: () => Promise<void>) => Promise<NativeAnswer>,
    ): Promise<NativeAnswer> {
      if (!isAudited(exchange)) return run(async () => {});
      const facts = describeWrite(exchange, credential);
      let intent: AuditIntent | undefined;
      const recordIntent = async (): Promise<void> => {
        intent ??= await begin(facts);
      };
      const answer = await run(recordIntent).catch(async (error: unknown) => {
        if (intent) await end(intent, endingOfError(error));
        throw error;
      });
      // Also records an answer that needed no call, such as a cached one.
      const told = intent ?? (await begin(facts));
      await end(told, endingOfStatus(answer.status), told.entity ?? (await createdEntity(exchange.upstream, answer)));
      return answer;
    },
    /**
     * Runs an act of an administrator and records it with its changes. The result or error of `run` passes unchanged.
     * @throws AppError AUDIT_UNAVAILABLE before `run`, unless configured to admit.
     */
    async around<T>(act: Act, run: () => Promise<T>): Promise<T> {
      const intent = await begin(describeAct(act));
      const changes = () => {
        const made = act.changes?.() ?? [];
        return made.length > 0 ? { changes: [...made] } : {};
      };
      const result = await run().catch(async (error: unknown) => {
        await end(intent, { ...endingOfError(error), ...changes() });
        throw error;
      });
      await end(intent, { outcome: 'done', ...changes() });
      return result;
    },
  };
};
export type Audit = ReturnType<typeof createAudit>;
