/** One running execution: invokes its function, waits for its times, takes its checkpoints, until it ends. */
import { randomUUID } from 'node:crypto';
import { checkUpdates } from './check-updates.ts';
import { invalidParameter } from './lambda-error.ts';
import { dueMillisOf, isoTime, type Operation, writeTimes } from './operation.ts';
import type { ErrorObject, JournalRecord, OperationUpdate } from './records.ts';
import { apply, type ExecutionState, takeUntold, timeoutMillisOf, toldOperations } from './state.ts';

/** What the function answers (durable execution SDK 2.4.0). */
export type InvocationAnswer = {
  readonly Status?: string;
  readonly Result?: string;
  readonly Error?: ErrorObject;
};

export type ExecutionParts = {
  readonly append: (record: JournalRecord) => void;
  /** Runs the function's version once. It rejects when the function gave no answer. */
  readonly invoke: (event: string, requestId: string) => Promise<InvocationAnswer>;
  readonly nowMillis: () => number;
};

export type RunningExecution = {
  readonly state: ExecutionState;
  /** Resolves when the execution has ended. */
  readonly ended: Promise<void>;
  /** Applies updates of the invocation that holds `token`. @throws LambdaError for a token that is not valid, or a wrong update. */
  checkpoint(token: string, updates: readonly OperationUpdate[], clientToken?: string): Operation[];
  checkToken(token: string): void;
  stop(error: ErrorObject | undefined): void;
  /** Starts, or goes on after a restart of the twin. */
  start(): void;
  /** Stops all timers; the journal stays as it is. */
  close(): void;
};

/** AWS's back-off after an invocation without an answer is not documented. */
const firstBackoffMillis = 1_000;
const longestBackoffMillis = 60_000;
const longestTimerMillis = 2 ** 31 - 1;
/** Operations in one event or page of the state; the SDK asks for the rest. */
export const pageSize = 1_000;

const errorOf = (error: unknown): ErrorObject => ({
  ErrorMessage: error instanceof Error ? error.message : String(error),
  ErrorType: (error as { errorType?: string }).errorType ?? 'Error',
});

export const createExecution = (state: ExecutionState, parts: ExecutionParts): RunningExecution => {
  const { nowMillis } = parts;
  const done = Promise.withResolvers<void>();
  const answers = new Map<string, Operation[]>();
  let timer: NodeJS.Timeout | undefined;
  let isInvoking = false;
  let isClosed = false;
  let notBeforeMillis = 0;

  const record = (next: JournalRecord): void => {
    parts.append(next);
    apply(state, next);
  };
  const end = (
    status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED',
    result?: string,
    error?: ErrorObject,
  ): void => {
    if (state.ended) return;
    const more = { ...(result === undefined ? {} : { result }), ...(error ? { error } : {}) };
    record({ kind: 'ended', at: nowMillis(), status, ...more });
  };
  const settle = (): boolean => {
    if (state.ended) {
      clearTimeout(timer);
      done.resolve();
    }
    return state.ended !== undefined;
  };

  const tokenOf = (requestId: string): string => Buffer.from(`${state.started.id}/${requestId}`).toString('base64url');
  const toEvent = (requestId: string, updatedIds: readonly string[]): string => {
    const operations = toldOperations(state);
    return JSON.stringify({
      DurableExecutionArn: state.started.arn,
      CheckpointToken: tokenOf(requestId),
      InitialExecutionState: {
        Operations: writeTimes(operations.slice(0, pageSize), isoTime),
        NextMarker: operations.length > pageSize ? String(pageSize) : '',
      },
      UpdatedOperationIds: updatedIds,
    });
  };

  const onAnswer = (answer: InvocationAnswer): void => {
    const noAnswer = { ErrorType: 'InvalidResponse', ErrorMessage: 'The function did not answer as a durable one.' };
    if (answer.Status === 'SUCCEEDED') end('SUCCEEDED', answer.Result);
    else if (answer.Status === 'FAILED') end('FAILED', undefined, answer.Error ?? {});
    else if (answer.Status !== 'PENDING') end('FAILED', undefined, noAnswer);
  };

  const invoke = async (): Promise<void> => {
    isInvoking = true;
    const requestId = randomUUID();
    const updatedIds = [...state.untold];
    record({ kind: 'invoked', at: nowMillis(), requestId });
    const outcome = await parts.invoke(toEvent(requestId, updatedIds), requestId).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error: errorOf(error) }),
    );
    isInvoking = false;
    if (isClosed) return;
    if (!state.ended) {
      const error = 'error' in outcome ? { error: outcome.error } : {};
      record({ kind: 'invocation-ended', at: nowMillis(), requestId, ...error });
      if ('answer' in outcome) onAnswer(outcome.answer);
      else
        notBeforeMillis = nowMillis() + Math.min(firstBackoffMillis * 2 ** (state.crashes - 1), longestBackoffMillis);
    }
    advance();
  };

  const fireDue = (): void => {
    const now = nowMillis();
    if (now >= timeoutMillisOf(state)) end('TIMED_OUT');
    for (const operation of state.operations.values())
      if ((dueMillisOf(operation) ?? Number.POSITIVE_INFINITY) <= now && !state.ended)
        record({ kind: 'due', at: now, id: operation.Id });
  };
  /** An answer that is missing is asked for again; else the function runs when something has changed for it. */
  const isWanted = (): boolean => state.crashes > 0 || state.untold.size > 0 || !hasRun();
  const hasRun = (): boolean => state.events.some(({ EventType }) => EventType === 'InvocationCompleted');
  const nextMillis = (): number => {
    const times = [...state.operations.values()].flatMap((operation) => dueMillisOf(operation) ?? []);
    if (!isInvoking && isWanted()) times.push(notBeforeMillis);
    return Math.min(timeoutMillisOf(state), ...times);
  };
  const wakeUp = (): void => {
    clearTimeout(timer);
    const leftMillis = Math.max(0, nextMillis() - nowMillis());
    timer = setTimeout(advance, Math.min(leftMillis, longestTimerMillis));
  };
  const advance = (): void => {
    if (isClosed || settle()) return;
    fireDue();
    if (settle()) return;
    const hasTimer = [...state.operations.values()].some((operation) => dueMillisOf(operation) !== undefined);
    if (!isInvoking && isWanted() && nowMillis() >= notBeforeMillis) void invoke();
    else if (!isInvoking && !isWanted() && !hasTimer)
      end('FAILED', undefined, { ErrorType: 'NothingPending', ErrorMessage: 'The function waits for nothing.' });
    if (!settle()) wakeUp();
  };

  const checkToken = (token: string): void => {
    const valid = state.invocation && isInvoking && !state.ended ? tokenOf(state.invocation.requestId) : undefined;
    // The SDK ends the invocation, not the execution, for a text that begins so.
    if (token !== valid) throw invalidParameter('Invalid Checkpoint Token');
  };

  return {
    state,
    ended: done.promise,
    checkToken,
    checkpoint(token, updates, clientToken) {
      const known = clientToken === undefined ? undefined : answers.get(clientToken);
      if (known) return known;
      checkToken(token);
      checkUpdates(updates, state.operations);
      if (updates.length > 0) record({ kind: 'checkpoint', at: nowMillis(), updates: [...updates] });
      const answer = takeUntold(state);
      if (clientToken !== undefined) answers.set(clientToken, answer);
      if (!settle()) wakeUp();
      return answer;
    },
    stop(error) {
      end('STOPPED', undefined, error);
      settle();
    },
    start() {
      // The process of a former twin is gone, and with it the invocation.
      if (state.invocation && !state.ended)
        record({
          kind: 'invocation-ended',
          at: nowMillis(),
          requestId: state.invocation.requestId,
          error: { ErrorType: 'Runtime.ExitError', ErrorMessage: 'The twin ended' },
        });
      advance();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
};
