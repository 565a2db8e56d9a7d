/** All durable executions of the twin: started by name, found by ARN, kept as long as their history is. */
import { randomUUID } from 'node:crypto';
import { createExecution, type InvocationAnswer, type RunningExecution } from './execution.ts';
import type { Journals } from './journal.ts';
import { invalidParameter, LambdaError, notFound } from './lambda-error.ts';
import type { Started } from './records.ts';
import { apply, begin, type ExecutionState, keptUntilMillis } from './state.ts';

/** A published version of a function that has `DurableConfig`. */
export type DurableVersion = {
  readonly functionName: string;
  /** Number of the version. */
  readonly version: string;
  /** ARN that ends in the number. */
  readonly arn: string;
  readonly timeoutSeconds: number;
  readonly retentionDays: number;
  invoke(event: string): Promise<InvocationAnswer>;
};

export type Engine = {
  /**
   * Starts an execution, or gives the one that has this name.
   * @throws LambdaError DurableExecutionAlreadyStartedException when that one has another payload.
   */
  start(version: DurableVersion, payload: string, name?: string): RunningExecution;
  /** @throws LambdaError ResourceNotFoundException. */
  find(arn: string): RunningExecution;
  /** Those of a function, newest first. */
  list(functionName: string): RunningExecution[];
  close(): void;
};

/** Documented for `DurableExecutionName` (Lambda API, Invoke). */
const namePattern = /^[A-Za-z0-9_-]{1,64}$/;
const cleanUpEveryMillis = 3_600_000;

export const createEngine = (options: {
  readonly journals: Journals;
  readonly nowMillis: () => number;
  /** The version that an execution of a former twin runs on; undefined = it is gone. */
  readonly versionOf: (functionName: string, version: string) => DurableVersion | undefined;
}): Engine => {
  const { journals, nowMillis, versionOf } = options;
  const byArn = new Map<string, RunningExecution>();
  const byName = new Map<string, RunningExecution>();
  const nameKey = ({ functionName, name }: Pick<Started, 'functionName' | 'name'>): string => `${functionName}/${name}`;

  const forgetOld = (): void => {
    for (const [arn, { state }] of byArn) {
      const untilMillis = keptUntilMillis(state);
      if (untilMillis === undefined || untilMillis > nowMillis()) continue;
      byArn.delete(arn);
      byName.delete(nameKey(state.started));
      journals.remove(arn);
    }
  };
  const add = (state: ExecutionState, version: DurableVersion | undefined): RunningExecution => {
    const { arn, functionName, version: number } = state.started;
    const execution = createExecution(state, {
      nowMillis,
      append: (record) => journals.append(arn, record),
      invoke: async (event) => {
        if (!version) throw new Error(`Version ${number} of ${functionName} is not there any more`);
        return version.invoke(event);
      },
    });
    byArn.set(arn, execution);
    byName.set(nameKey(state.started), execution);
    execution.start();
    return execution;
  };
  const resume = (): void => {
    for (const [first, ...rest] of journals.readAll()) {
      const state = begin(first as Started);
      for (const record of rest) apply(state, record);
      add(state, versionOf(state.started.functionName, state.started.version));
    }
    forgetOld();
  };
  resume();
  const cleanUp = setInterval(forgetOld, cleanUpEveryMillis).unref();

  const create = (version: DurableVersion, payload: string, name: string): RunningExecution => {
    const { functionName, timeoutSeconds, retentionDays } = version;
    const started: Started = {
      kind: 'started',
      at: nowMillis(),
      arn: `${version.arn}/durable-execution/${name}/${randomUUID()}`,
      ...{ name, functionName, version: version.version, id: randomUUID(), payload, timeoutSeconds, retentionDays },
    };
    journals.append(started.arn, started);
    return add(begin(started), version);
  };

  return {
    start(version, payload, name = randomUUID()) {
      if (!namePattern.test(name)) throw invalidParameter('DurableExecutionName must match [a-zA-Z0-9-_]{1,64}');
      forgetOld();
      const known = byName.get(nameKey({ functionName: version.functionName, name }));
      if (!known) return create(version, payload, name);
      if (known.state.started.payload === payload) return known;
      throw new LambdaError(
        'DurableExecutionAlreadyStartedException',
        409,
        'An execution of this name was started with another payload',
      );
    },
    find(arn) {
      const found = byArn.get(arn);
      if (!found) throw notFound(`Durable execution not found: ${arn}`);
      return found;
    },
    list: (functionName) =>
      [...byArn.values()]
        .filter(({ state }) => state.started.functionName === functionName)
        .sort((a, b) => b.state.started.at - a.state.started.at),
    close() {
      clearInterval(cleanUp);
      for (const execution of byArn.values()) execution.close();
    },
  };
};
