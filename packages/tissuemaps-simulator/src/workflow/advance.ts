/** Brings a run to where the work has come: phase after phase, each with its jobs. What a phase makes exists from its end. */
import type { Experiment } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { effectOf, jobCount } from './effects.ts';
import { isTerminated, makeJobs, type Phase, type Run, type Stage, type Step, type Task } from './run.ts';

/** Work of a phase, in milliseconds at speed 1. Real phases take hours. */
const phaseWork = { init: 500, run: 2000, collect: 500 } as const;

interface Present {
  readonly stage: Stage;
  readonly step: Step;
  readonly phase: Phase;
}

const presentOf = (run: Run): Present | undefined => {
  for (const stage of run.subtasks)
    for (const step of stage.subtasks)
      for (const phase of step.subtasks) if (!isTerminated(phase)) return { stage, step, phase };
  return undefined;
};

const start = (tasks: readonly Task[], nowMillis: number): void => {
  for (const task of tasks) {
    if (task.state === 'RUNNING' || isTerminated(task)) continue;
    task.state = 'RUNNING';
    task.startedMillis = nowMillis;
    task.updatedMillis = nowMillis;
  }
};

const end = (tasks: readonly Task[], exitcode: number, nowMillis: number): void => {
  for (const task of tasks) {
    if (isTerminated(task)) continue;
    task.state = 'TERMINATED';
    task.startedMillis ??= nowMillis;
    task.exitcode = exitcode;
    task.updatedMillis = nowMillis;
  }
};

/** Jobs of a phase run one after the other: a share of the work ends a share of the jobs. */
const runJobs = ({ phase }: Present, share: number, nowMillis: number): void => {
  const ended = Math.floor(share * phase.subtasks.length);
  for (const [index, job] of phase.subtasks.entries()) {
    if (index < ended) endJob(job, nowMillis);
    else if (index === ended) start([job], nowMillis);
    else if (job.state === 'NEW') job.state = 'SUBMITTED';
  }
};

const endJob = (job: Phase['subtasks'][number], nowMillis: number): void => {
  if (isTerminated(job)) return;
  end([job], 0, nowMillis);
  job.log.stdout = `${job.name}: done\n`;
};

/** A failed job ends its run: what stands behind it stays NEW. */
const fail = (run: Run, { stage, step, phase }: Present, reason: string, nowMillis: number): void => {
  const last = phase.subtasks.at(-1);
  if (last !== undefined) {
    end([last], 1, nowMillis);
    last.exitcode = 1;
    last.log.stderr = `${reason}\n`;
  }
  end([phase, step, stage, run], 1, nowMillis);
};

const takeFailure = ({ failingSteps }: World, { step, phase }: Present): string | undefined => {
  const index = phase.phase === 'run' ? failingSteps.indexOf(step.name) : -1;
  if (index === -1) return undefined;
  failingSteps.splice(index, 1);
  return 'A failure on demand.';
};

/** Parents of a phase end with their last child. */
const endParents = (run: Run, { stage, step }: Present, nowMillis: number): void => {
  for (const parent of [step, stage, run])
    if (parent.subtasks.every((child: Task) => isTerminated(child))) end([parent], 0, nowMillis);
};

const endPhase = (world: World, experiment: Experiment, run: Run, present: Present, nowMillis: number): void => {
  const { phase, step } = present;
  const reason = takeFailure(world, present) ?? effectOf(step.name, phase.phase)(experiment);
  if (reason !== undefined) {
    // The jobs before the failed one have ended.
    for (const job of phase.subtasks.slice(0, -1)) endJob(job, nowMillis);
    fail(run, present, reason, nowMillis);
    return;
  }
  for (const job of phase.subtasks) endJob(job, nowMillis);
  end([phase], 0, nowMillis);
  endParents(run, present, nowMillis);
};

const beginPhase = (world: World, experiment: Experiment, { step, phase }: Present, nowMillis: number): void => {
  if (phase.subtasks.length > 0) return;
  const count = phase.phase === 'run' ? Math.max(1, jobCount(step.name, experiment)) : 1;
  phase.subtasks = makeJobs(phase, step.name, count, { nowMillis, id: () => world.counters.next('tasks') });
};

/** When the work reached a point: before now, by the work since then at the present speed. */
const instantOf = ({ clock }: World, work: number): number =>
  Math.round(clock.nowMillis() - (clock.speed > 0 ? Math.max(0, clock.workMillis() - work) / clock.speed : 0));

export const advance = (world: World, experiment: Experiment, run: Run): void => {
  for (let present = presentOf(run); present !== undefined && !isTerminated(run); present = presentOf(run)) {
    const { stage, step, phase } = present;
    const beganMillis = instantOf(world, run.phaseStartWork);
    start([run, stage, step, phase], beganMillis);
    beginPhase(world, experiment, present, beganMillis);
    const done = (world.clock.workMillis() - run.phaseStartWork) / phaseWork[phase.phase];
    if (done < 1) {
      runJobs(present, done, world.clock.nowMillis());
      return;
    }
    run.phaseStartWork += phaseWork[phase.phase];
    endPhase(world, experiment, run, present, instantOf(world, run.phaseStartWork));
  }
};
