/** Tools: requests, jobs and results. */
import { malformed, notFound, unforeseen } from '../http/refusals.ts';
import { data, done } from '../http/reply.ts';
import { type ExperimentCall, type Routes, route } from '../http/route.ts';
import { decodeId } from '../ids.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';
import { tools } from '../tools/compute.ts';
import type { ToolResult, ToolRun } from '../tools/model.ts';
import { shownDuration, shownInstant } from '../workflow/status.ts';
import type { World } from '../world/world.ts';
import { changeRow } from './found.ts';

const request = ({ world, experiment, user, body }: ExperimentCall) => {
  const toolName = textOf(body.tool_name) ?? '';
  if (!Object.hasOwn(tools, toolName)) throw malformed(`There is no tool "${toolName}".`);
  const submissionId = world.counters.next('submissions');
  experiment.toolRuns.push({
    submissionId,
    jobId: world.counters.next('tasks'),
    userId: user.id,
    toolName,
    payload: isObject(body.payload) ? body.payload : {},
    startWork: world.clock.workMillis(),
    submittedMillis: world.clock.nowMillis(),
    endedMillis: undefined,
    exitcode: null,
    log: '',
  });
  return data({ submission_id: submissionId });
};

const stateOf = ({ exitcode }: ToolRun) => (exitcode === null ? 'RUNNING' : 'TERMINATED');

const shownJob = (world: World, run: ToolRun): JsonObject => {
  const millis = (run.endedMillis ?? world.clock.nowMillis()) - run.submittedMillis;
  const isDone = run.exitcode !== null;
  return {
    id: world.jobId(run.jobId),
    name: `tool_${run.toolName}`,
    type: 'ToolJob',
    submission_id: run.submissionId,
    submitted_at: shownInstant(run.submittedMillis),
    created_at: shownInstant(run.submittedMillis),
    updated_at: shownInstant(run.endedMillis ?? run.submittedMillis),
    state: stateOf(run),
    live: !isDone,
    done: isDone,
    failed: isDone && run.exitcode !== 0,
    exitcode: run.exitcode,
    memory: isDone ? 1024 : null,
    time: shownDuration(millis),
    cpu_time: shownDuration(millis),
  };
};

/** A plain number, or an id as in other places: the documents show `MQ==` once. */
const submissionIn = ({ query }: ExperimentCall): number | undefined => decodeId(query.text('submission_id') ?? '');

const listJobs = (call: ExperimentCall) => {
  const { world, experiment, user, query } = call;
  const [submission, toolName, state] = [submissionIn(call), query.text('tool_name'), query.text('state')];
  const found = experiment.toolRuns.filter(
    (run) =>
      run.userId === user.id &&
      (submission === undefined || run.submissionId === submission) &&
      (toolName === undefined || run.toolName === toolName) &&
      (state === undefined || stateOf(run) === state),
  );
  return data(found.map((run) => shownJob(world, run)));
};

/** The documents have one layer with the name of the tool; the server has the segmentation layers of the type. */
const shownResult = ({ world, experiment }: ExperimentCall, result: ToolResult): JsonObject => {
  const layers = experiment.types.find(({ id }) => id === result.typeId)?.layers ?? [];
  const layer = {
    id: layers[0] === undefined ? null : world.id(layers[0].id),
    type: `${result.toolName}Layer`,
    attributes: result.attributes,
  };
  return {
    id: world.id(result.id),
    name: result.name,
    submission_id: result.submissionId,
    tool_name: result.toolName,
    type: result.type,
    attributes: result.attributes,
    layers: layers.map(({ id, tpoint, zplane }) => ({ id: world.id(id), tpoint, zplane })),
    plots: [],
    ...(world.switches.realMembers ? {} : { layer }),
  };
};

/** With a submission: anybody's. Without: those of the caller. */
const listResults = (call: ExperimentCall) => {
  const { experiment, user, query } = call;
  const [submission, name] = [submissionIn(call), query.text('name')];
  const found = experiment.toolResults.filter(
    (result) =>
      (submission === undefined ? result.userId === user.id : result.submissionId === submission) &&
      (name === undefined || result.name === name),
  );
  return data(found.map((result) => shownResult(call, result)));
};

/** Any job of the server, through any experiment that one may read. */
const jobLog = ({ world, id }: ExperimentCall) => {
  const runs = world.experiments.flatMap(({ toolRuns }) => toolRuns);
  const run = runs.find(({ jobId }) => jobId === id('job_id'));
  if (run === undefined) throw notFound('Job');
  if (run.exitcode === null) throw world.switches.earlyLogFails ? unforeseen() : notFound('Job');
  return data(run.exitcode === 0 ? { stdout: run.log, stderr: '' } : { stdout: '', stderr: run.log });
};

export const toolRoutes = {
  'GET /api/tools': route('token', () =>
    data(Object.entries(tools).map(([name, { icon, description }]) => ({ name, icon, description, methods: [] }))),
  ),
  'POST /api/experiments/{experiment_id}/tools/request': route('read', request, {
    body: ['tool_name', 'payload', 'session_uuid'],
  }),
  'GET /api/experiments/{experiment_id}/tools/jobs': route('read', listJobs),
  'GET /api/experiments/{experiment_id}/tools/jobs/{job_id}/log': route('read', jobLog),
  'GET /api/experiments/{experiment_id}/tools/result': route('read', listResults),
  'GET /api/experiments/{experiment_id}/tools/results/{tool_result_id}': route('read', (call) => {
    const result = call.experiment.toolResults.find(({ id }) => id === call.id('tool_result_id'));
    if (result === undefined) throw notFound('ToolResult');
    return data(shownResult(call, result));
  }),
  'PUT /api/experiments/{experiment_id}/tools/result/{tool_result_id}': route(
    'write',
    ({ world, experiment, id, body }) => {
      const result = changeRow(world, experiment.toolResults, id('tool_result_id'), 'ToolResult');
      result.name = textOf(body.name) ?? '';
      return done();
    },
    { body: ['name'], unless: 'renameNeedsRead' },
  ),
  'DELETE /api/experiments/{experiment_id}/tools/results/{tool_result_id}': route(
    'write',
    ({ experiment, id }) => {
      experiment.toolResults = experiment.toolResults.filter((result) => result.id !== id('tool_result_id'));
      return done();
    },
    { unless: 'renameNeedsRead' },
  ),
} satisfies Routes;
