/** The state of one execution: the fold of its journal. The same records always give the same state. */
import {
  endEvent,
  eventOfUpdate,
  type HistoryEvent,
  invocationEvent,
  type NewEvent,
  startEvent,
  waitDoneEvent,
} from './history.ts';
import { dueMillisOf, fire, type Operation, updateOperation } from './operation.ts';
import type { JournalRecord, OperationUpdate, Started } from './records.ts';

type Ended = Extract<JournalRecord, { kind: 'ended' }>;

export type ExecutionState = {
  readonly started: Started;
  readonly operations: Map<string, Operation>;
  readonly events: HistoryEvent[];
  /** Ids of operations that changed since the last answer to the function. */
  readonly untold: Set<string>;
  /** The invocation that may write; undefined while no invocation runs. */
  invocation: { readonly requestId: string; readonly startedAt: number } | undefined;
  /** Invocations in a row that ended without an answer. */
  crashes: number;
  ended: Ended | undefined;
};

const note = (state: ExecutionState, event: NewEvent): void => {
  state.events.push({ ...event, EventId: state.events.length + 1 } as HistoryEvent);
};

const put = (state: ExecutionState, operation: Operation): void => {
  state.operations.set(operation.Id, operation);
  state.untold.add(operation.Id);
};

export const begin = (started: Started): ExecutionState => {
  const own: Operation = {
    Id: started.id,
    Type: 'EXECUTION',
    Status: 'STARTED',
    StartTimestamp: started.at,
    ExecutionDetails: { InputPayload: started.payload },
  };
  const state: ExecutionState = {
    started,
    operations: new Map([[own.Id, own]]),
    events: [],
    untold: new Set(),
    invocation: undefined,
    crashes: 0,
    ended: undefined,
  };
  note(state, startEvent(started));
  return state;
};

const end = (state: ExecutionState, ended: Ended): void => {
  if (state.ended) return;
  state.ended = ended;
  note(state, endEvent(state.started.id, ended));
};

/** An update of type EXECUTION is about the execution itself, whatever id it has (AWS's local server says so). */
const endByUpdate = (state: ExecutionState, update: OperationUpdate, at: number): void =>
  end(state, {
    kind: 'ended',
    at,
    status: update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED',
    ...(update.Payload === undefined ? {} : { result: update.Payload }),
    ...(update.Error ? { error: update.Error } : {}),
  });

const change = (state: ExecutionState, update: OperationUpdate, at: number): void => {
  const after = updateOperation(state.operations.get(update.Id), update, at);
  put(state, after);
  note(state, eventOfUpdate(update, after, at));
};

const onUpdate = (state: ExecutionState, update: OperationUpdate, at: number): void =>
  (update.Type === 'EXECUTION' ? endByUpdate : change)(state, update, at);

const onDue = (state: ExecutionState, id: string, at: number): void => {
  const operation = state.operations.get(id);
  if (!operation || dueMillisOf(operation) === undefined) return;
  const after = fire(operation, at);
  put(state, after);
  if (after.Type === 'WAIT') note(state, waitDoneEvent(after, at));
};

const onInvocationEnded = (
  state: ExecutionState,
  record: Extract<JournalRecord, { kind: 'invocation-ended' }>,
): void => {
  note(state, invocationEvent(record, state.invocation?.startedAt ?? record.at));
  state.invocation = undefined;
  state.crashes = record.error ? state.crashes + 1 : 0;
};

const onInvoked = (state: ExecutionState, { requestId, at }: Extract<JournalRecord, { kind: 'invoked' }>): void => {
  state.invocation = { requestId, startedAt: at };
  state.untold.clear();
};

/** Applies what happened next. */
export const apply = (state: ExecutionState, record: JournalRecord): void => {
  if (record.kind === 'invoked') onInvoked(state, record);
  if (record.kind === 'checkpoint') for (const update of record.updates) onUpdate(state, update, record.at);
  if (record.kind === 'due') onDue(state, record.id, record.at);
  if (record.kind === 'invocation-ended') onInvocationEnded(state, record);
  if (record.kind === 'ended') end(state, record);
};

/** The operations that changed since the last answer to the function. The list then starts anew. */
export const takeUntold = (state: ExecutionState): Operation[] => {
  const operations = [...state.untold].flatMap((id) => state.operations.get(id) ?? []);
  state.untold.clear();
  return operations;
};

const isDone = ({ Status }: Operation): boolean => ['SUCCEEDED', 'FAILED'].includes(Status);

/** What a new invocation needs: not the inside of contexts that are done and are not replayed. */
export const toldOperations = ({ operations }: ExecutionState): Operation[] => {
  const hidden = new Set<string>();
  for (const { Id, ParentId = '' } of operations.values()) {
    const parent = operations.get(ParentId);
    if (!parent || !isDone(parent)) continue;
    if (!parent.ContextDetails?.ReplayChildren || hidden.has(ParentId)) hidden.add(Id);
  }
  return [...operations.values()].filter(({ Id }) => !hidden.has(Id));
};

export const timeoutMillisOf = ({ started }: ExecutionState): number => started.at + started.timeoutSeconds * 1000;

/** Until when its history is kept; undefined while it runs. */
export const keptUntilMillis = ({ started, ended }: ExecutionState): number | undefined =>
  ended && ended.at + started.retentionDays * 86_400_000;
