/** A submission of a workflow: stages, steps, phases and jobs, and how far they have come. */
import type { StageDescription } from './description.ts';

type State = 'NEW' | 'SUBMITTED' | 'RUNNING' | 'TERMINATED';
export type PhaseName = 'init' | 'run' | 'collect';
const phaseNames: readonly PhaseName[] = ['init', 'run', 'collect'];

/** What the status shows of each level. */
export interface Task {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  state: State;
  exitcode: number | null;
  readonly createdMillis: number;
  startedMillis: number | undefined;
  updatedMillis: number;
}

export interface Job extends Task {
  readonly phase: PhaseName;
  readonly log: { stdout: string; stderr: string };
}

export interface Level<T extends Task> extends Task {
  subtasks: T[];
}

export type Phase = Level<Job> & { readonly phase: PhaseName };
export type Step = Level<Phase>;
export type Stage = Level<Step>;

export interface Run extends Level<Stage> {
  readonly submissionId: number;
  /** The work at which the present phase began. */
  phaseStartWork: number;
}

/** Makes ids of tasks; `nowMillis` is when they were made. */
export interface TaskMaker {
  readonly nowMillis: number;
  id(): number;
}

const task = (name: string, type: string, { id, nowMillis }: TaskMaker): Task => ({
  id: id(),
  name,
  type,
  state: 'NEW',
  exitcode: null,
  createdMillis: nowMillis,
  startedMillis: undefined,
  updatedMillis: nowMillis,
});

const jobDigits = 7;

const phaseTypes = { init: 'InitJob', run: 'RunJob', collect: 'CollectJob' } as const;

export const makeJobs = (phase: Phase, stepName: string, count: number, make: TaskMaker): Job[] =>
  Array.from({ length: count }, (_, index) => {
    const name = `${stepName}_${phase.phase}_${String(index + 1).padStart(jobDigits, '0')}`;
    return { ...task(name, phaseTypes[phase.phase], make), phase: phase.phase, log: { stdout: '', stderr: '' } };
  });

const makeStep = (name: string, make: TaskMaker): Step => ({
  ...task(name, 'WorkflowStep', make),
  subtasks: phaseNames.map((phase) => ({ ...task(`${name}_${phase}`, 'JobCollection', make), phase, subtasks: [] })),
});

/** Of active stages, and their active steps. */
export const makeStages = (stages: readonly StageDescription[], make: TaskMaker): Stage[] =>
  stages
    .filter(({ isActive }) => isActive)
    .map(({ name, steps }) => ({
      ...task(name, 'SequentialWorkflowStage', make),
      subtasks: steps.filter(({ isActive }) => isActive).map((step) => makeStep(step.name, make)),
    }));

export const makeRun = (
  name: string,
  submissionId: number,
  stages: readonly StageDescription[],
  startWork: number,
  make: TaskMaker,
): Run => ({
  ...task(name, 'Workflow', make),
  submissionId,
  phaseStartWork: startWork,
  subtasks: makeStages(stages, make),
});

export const isTerminated = ({ state }: Task): boolean => state === 'TERMINATED';

const phasesOf = (run: Run): Phase[] =>
  run.subtasks.flatMap((stage) => stage.subtasks.flatMap((step) => step.subtasks));

export const jobsOf = (run: Run): Job[] => phasesOf(run).flatMap(({ subtasks }) => subtasks);

/** Ends what has not ended. A job that was killed has not succeeded: its exit code is 1, for which there is no source. */
export const killRun = (run: Run, nowMillis: number): void => {
  const end = (tasks: readonly Task[]) => {
    for (const known of tasks) {
      if (isTerminated(known)) continue;
      known.state = 'TERMINATED';
      known.exitcode = 1;
      known.updatedMillis = nowMillis;
    }
  };
  end(jobsOf(run));
  end(phasesOf(run));
  end(run.subtasks.flatMap(({ subtasks }) => subtasks));
  end(run.subtasks);
  end([run]);
};
