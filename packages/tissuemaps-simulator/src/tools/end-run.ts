/** Ends the job of a tool when its work is done, and stores the result. */
import { textOf } from '../json.ts';
import type { Experiment } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { type Computed, ToolMistake, tools } from './compute.ts';
import type { ToolRun } from './model.ts';

/** Work of a tool, in milliseconds at speed 1. */
const toolWork = 2000;

const compute = (experiment: Experiment, { toolName, payload }: ToolRun): Computed & { readonly typeId: number } => {
  const name = textOf(payload.chosen_object_type) ?? '';
  const type = experiment.types.find((known) => known.name === name);
  if (type === undefined) throw new ToolMistake(`There are no objects of the type "${name}".`);
  const tool = tools[toolName];
  if (tool === undefined) throw new ToolMistake(`There is no tool "${toolName}".`);
  return { ...tool.run(type, payload), typeId: type.id };
};

const store = (experiment: Experiment, run: ToolRun): void => {
  const { submissionId, userId, toolName } = run;
  const computed = compute(experiment, run);
  experiment.toolResults.push({
    id: experiment.counters.next('tool_results'),
    name: `${toolName}-${submissionId}`,
    submissionId,
    userId,
    toolName,
    ...computed,
  });
};

export const endToolRun = ({ clock }: World, experiment: Experiment, run: ToolRun): void => {
  const late = clock.workMillis() - run.startWork - toolWork;
  if (late < 0) return;
  run.endedMillis = Math.round(clock.nowMillis() - (clock.speed > 0 ? late / clock.speed : 0));
  try {
    store(experiment, run);
    run.exitcode = 0;
    run.log = `${run.toolName}: done\n`;
  } catch (cause) {
    if (!(cause instanceof ToolMistake)) throw cause;
    run.exitcode = 1;
    run.log = `${cause.message}\n`;
  }
};
