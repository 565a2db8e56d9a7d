/** A run as the server shows it: a tree to a depth, with null for each task that lies deeper. */
import type { Json, JsonObject } from '../json.ts';
import type { Job, Level, Run, Task } from './run.ts';

/** `YYYY-MM-DD HH:MM:SS`. */
export const shownInstant = (millis: number): string => new Date(millis).toISOString().slice(0, 19).replace('T', ' ');

/** `H:MM:SS`. */
export const shownDuration = (millis: number): string => {
  const seconds = Math.max(0, Math.round(millis / 1000));
  const two = (number: number) => String(number).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

const subtasksOf = (task: Task): readonly Task[] => ('subtasks' in task ? (task as Level<Task>).subtasks : []);

/** Share of the direct subtasks that have ended, in percent. */
const percentDone = (task: Task): number => {
  const subtasks = subtasksOf(task);
  const ended = subtasks.filter(({ state }) => state === 'TERMINATED').length;
  if (subtasks.length === 0) return task.state === 'TERMINATED' ? 100 : 0;
  return (100 * ended) / subtasks.length;
};

/** Memory and times of ended tasks are the simulator's own. */
const shownTask = (task: Task, id: (number: number) => string): JsonObject => {
  const isDone = task.state === 'TERMINATED';
  const duration = isDone && task.startedMillis !== undefined ? task.updatedMillis - task.startedMillis : undefined;
  const time = duration === undefined ? null : shownDuration(duration);
  return {
    id: id(task.id),
    name: task.name,
    type: task.type,
    state: task.state,
    live: task.state === 'SUBMITTED' || task.state === 'RUNNING',
    done: isDone,
    failed: task.exitcode !== null && task.exitcode !== 0,
    exitcode: task.exitcode,
    created_at: shownInstant(task.createdMillis),
    updated_at: shownInstant(task.updatedMillis),
    time,
    cpu_time: time,
    memory: duration === undefined ? null : 1024,
  };
};

const shownLevel = (task: Task, depth: number, id: (number: number) => string): JsonObject => {
  const subtasks = subtasksOf(task);
  return {
    ...shownTask(task, id),
    percent_done: percentDone(task),
    n_subtasks: subtasks.length,
    subtasks: subtasks.map((child): Json => (depth > 0 ? shownLevel(child, depth - 1, id) : null)),
  };
};

/** @param depth 2 shows down to the steps. */
export const shownRun = (run: Run, depth: number, id: (number: number) => string): Json => shownLevel(run, depth, id);

export const shownJob = (job: Job, id: (number: number) => string): JsonObject => shownTask(job, id);
