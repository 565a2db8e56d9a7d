/**
 * Which updates Lambda refuses. The rules and texts are those of AWS's own local checkpoint server
 * (@aws/durable-execution-sdk-js-testing 1.1.4, checkpoint-server/validators).
 */
import { invalidParameter } from './lambda-error.ts';
import type { Operation, OperationStatus } from './operation.ts';
import type { OperationUpdate } from './records.ts';

/** Documented for a checkpoint (Lambda quotas, durable functions); AWS's local server does not check a step's payload. */
const payloadLimitBytes = 262_144;
const errorLimitBytes = 32_768;

type Rules = Readonly<Partial<Record<OperationUpdate['Action'], readonly OperationStatus[]>>>;
/** For each type the actions, with the states of an existing operation in which they are allowed. */
const rules: Readonly<Record<'STEP' | 'CONTEXT' | 'WAIT', Rules>> = {
  STEP: {
    START: ['READY'],
    SUCCEED: ['STARTED', 'READY'],
    FAIL: ['STARTED', 'READY'],
    RETRY: ['STARTED', 'READY'],
  },
  CONTEXT: { START: [], SUCCEED: ['STARTED'], FAIL: ['STARTED'] },
  WAIT: { START: [], CANCEL: ['STARTED'] },
};

type Known = ReadonlyMap<string, Pick<Operation, 'Type' | 'Status'>>;

const checkState = (update: OperationUpdate, known: Known): void => {
  const { Type, Action } = update;
  if (Type === 'EXECUTION') {
    if (Action !== 'SUCCEED' && Action !== 'FAIL') throw invalidParameter('Invalid EXECUTION action.');
    return;
  }
  if (Type === 'CALLBACK' || Type === 'CHAINED_INVOKE')
    throw invalidParameter(`The twin runs no operation of type ${Type}: nothing in this project uses one.`);
  const allowed = rules[Type][Action];
  if (!allowed) throw invalidParameter(`Invalid ${Type} action.`);
  const operation = known.get(update.Id);
  if (operation && !allowed.includes(operation.Status))
    throw invalidParameter(`Invalid current ${Type} state for ${Action}: ${operation.Status}.`);
  if (!operation && Action === 'CANCEL') throw invalidParameter('Cannot cancel a WAIT that does not exist.');
  if (Action === 'RETRY' && !update.StepOptions) throw invalidParameter('Invalid StepOptions for the given action.');
};

const checkContents = ({ Action, Payload, Error: error, Type }: OperationUpdate): void => {
  if (Action === 'FAIL' && Payload !== undefined) throw invalidParameter('Cannot provide a Payload for FAIL action.');
  if (Action === 'SUCCEED' && error) throw invalidParameter('Cannot provide an Error for SUCCEED action.');
  if (Action === 'RETRY' && error && Payload !== undefined)
    throw invalidParameter('Cannot provide both error and payload to RETRY a STEP.');
  if (error && Buffer.byteLength(JSON.stringify(error)) > errorLimitBytes)
    throw invalidParameter(`Error object size must be less than ${errorLimitBytes} bytes.`);
  if (Type !== 'EXECUTION' && Buffer.byteLength(Payload ?? '') > payloadLimitBytes)
    throw invalidParameter(`${Type} output payload size must be less than or equal to ${payloadLimitBytes} bytes.`);
};

const checkParent = ({ ParentId }: OperationUpdate, known: Known): void => {
  if (ParentId !== undefined && known.get(ParentId)?.Type !== 'CONTEXT')
    throw invalidParameter('Invalid parent operation id.');
};

/** An operation may begin and end in one request, and nothing else may happen to it twice. */
const checkOnce = (updates: readonly OperationUpdate[]): void => {
  const last = new Map<string, OperationUpdate>();
  for (const update of updates) {
    const seen = last.get(update.Id);
    const maySecond = seen?.Action === 'START' && update.Action !== 'START' && ['STEP', 'CONTEXT'].includes(seen.Type);
    if (seen && !maySecond) throw invalidParameter('Cannot update the same operation twice in a single request.');
    last.set(update.Id, update);
  }
  const ends = updates.filter(({ Type }) => Type === 'EXECUTION');
  if (ends.length > 1) throw invalidParameter('Cannot checkpoint multiple EXECUTION updates.');
  if (ends.length === 1 && updates.at(-1) !== ends[0])
    throw invalidParameter('EXECUTION checkpoint must be the last update.');
};

/** @throws LambdaError InvalidParameterValueException at the first update that is not allowed; then none is applied. */
export const checkUpdates = (updates: readonly OperationUpdate[], operations: Known): void => {
  checkOnce(updates);
  const known = new Map(operations);
  for (const update of updates) {
    checkParent(update, known);
    checkContents(update);
    checkState(update, known);
    if (update.Action === 'START') known.set(update.Id, { Type: update.Type, Status: 'STARTED' });
  }
};
