/**
 * The audit log's place around writes: an intent is recorded before anything is sent, the outcome before the answer goes out.
 * A function that dies in between leaves an intent without outcome, which reads as `unknown`.
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
  /** A new id each time, such as a UUID: two entries never share one. */
  readonly newId: () => string;
  readonly retentionDays: number;
  /** `refuse` writes that cannot be recorded, or `admit` them unrecorded. */
  readonly whenStoreFails: 'refuse' | 'admit';
  /** Told of a record that was lost: of a write that is sent all the same, or that was answered. Must not throw. */
  readonly onLost: (record: AuditRecord, cause: unknown) => void;
  /** Waits between tries. */
  readonly pause: (millis: number) => Promise<void>;
};

/** Before the tries to record an outcome that could not be recorded. The adapter has its own, quick ones. */
const pausesMillis = [100, 500, 1_500];
/** An answer waits no longer for its record. */
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

  /** Never throws: what has happened must be told, recorded or not. */
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
     * Runs one call with one credential, recorded when it is a write; what `run` answers or throws passes unchanged. `run`
     * records the intent right before it sends: what is refused earlier costs no record and has none.
     * @throws AppError AUDIT_UNAVAILABLE out of `recordIntent`, unless configured to admit.
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
      // An answer that needed no call, such as one out of a cache, is told as well.
      const told = intent ?? (await begin(facts));
      await end(told, endingOfStatus(answer.status), told.entity ?? (await createdEntity(exchange.upstream, answer)));
      return answer;
    },
    /**
     * Runs an act of an administrator, recorded with what it has changed; what `run` returns or throws passes unchanged.
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
