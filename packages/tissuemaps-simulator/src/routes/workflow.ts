/** The workflow of an experiment: description, project, submissions, status, jobs and logs. */
import { malformed, missingParameters, notFound, unforeseen } from '../http/refusals.ts';
import { data, done, json } from '../http/reply.ts';
import { type ExperimentCall, type Routes, route } from '../http/route.ts';
import { isObject, type JsonObject, numberOf, textOf } from '../json.ts';
import {
  defaultDescription,
  readDescription,
  shownDescription,
  type WorkflowDescription,
} from '../workflow/description.ts';
import { isTerminated, type Job, jobsOf, killRun, makeRun, makeStages, type Run } from '../workflow/run.ts';
import { settle } from '../workflow/settle.ts';
import { shownJob, shownRun } from '../workflow/status.ts';
import type { Experiment } from '../world/model.ts';

/** A default is made when none was stored. */
const descriptionOf = (experiment: Experiment): WorkflowDescription => {
  experiment.workflow ??= defaultDescription(experiment.workflowType);
  return experiment.workflow;
};

/** Stores the description of a body, if it has one. @throws Refusal 400; on the server 500 */
const takeDescription = ({ world, experiment, body }: ExperimentCall): void => {
  if (body.description === undefined) return;
  const given = readDescription(body.description, experiment.workflowType);
  if (given === undefined)
    throw world.switches.badDescriptionFails
      ? unforeseen()
      : malformed(`The description does not fit the workflow type "${experiment.workflowType}".`);
  experiment.workflow = given;
};

/** @throws Refusal 400 without a JSON body; on the server 500 */
const needBody = ({ world, request }: ExperimentCall): void => {
  const hasJson = (request.headers['content-type'] ?? '').startsWith('application/json');
  const isEmpty = request.headers['content-length'] === '0';
  if (hasJson && !isEmpty) return;
  throw world.switches.missingBodyFails ? unforeseen() : malformed('A JSON body is needed; {} is enough.');
};

const maker = ({ world }: ExperimentCall) => ({
  nowMillis: world.clock.nowMillis(),
  id: () => world.counters.next('tasks'),
});

const begin = (call: ExperimentCall, run: Run) => {
  settle(call.world);
  return json({ message: 'ok', submission_id: run.submissionId });
};

/** A workflow that runs is not stopped. */
const submit = (call: ExperimentCall) => {
  const { world, experiment } = call;
  needBody(call);
  takeDescription(call);
  const { stages } = descriptionOf(experiment);
  const submissionId = world.counters.next('submissions');
  const run = makeRun(experiment.name, submissionId, stages, world.clock.workMillis(), maker(call));
  experiment.runs.push(run);
  return begin(call, run);
};

/** The newest submission is the one that counts. @throws Refusal 404; on the server 500 */
const newestRun = ({ world, experiment }: ExperimentCall): Run => {
  const run = experiment.runs.at(-1);
  if (run === undefined) throw world.switches.nothingSubmittedFails ? unforeseen() : notFound('Workflow');
  return run;
};

/** The place of the stage among the active ones. @throws Refusal 400 */
const stageIndex = ({ world, experiment, body }: ExperimentCall): number => {
  const active = descriptionOf(experiment).stages.filter(({ isActive }) => isActive);
  const name = textOf(body.stage_name);
  const index = name === undefined ? (numberOf(body.index) ?? 0) : active.findIndex((stage) => stage.name === name);
  const end = world.switches.resubmitPastEnd && name === undefined ? active.length : active.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > end)
    throw malformed('The stage is unknown, inactive, or past the end.');
  return index;
};

/** Keeps the submission, and makes its stages from the index anew. */
const resubmit = (call: ExperimentCall) => {
  const { world, experiment } = call;
  needBody(call);
  const run = newestRun(call);
  takeDescription(call);
  const index = stageIndex(call);
  const kept = run.subtasks.slice(0, index);
  if (kept.length < index || kept.some(({ state, exitcode }) => state !== 'TERMINATED' || exitcode !== 0))
    throw malformed('A stage before it has not finished.');
  const stages = makeStages(descriptionOf(experiment).stages, maker(call));
  run.subtasks = [...kept, ...stages.slice(index)];
  run.phaseStartWork = world.clock.workMillis();
  if (run.subtasks.length > index) {
    run.state = 'SUBMITTED';
    run.exitcode = null;
  }
  return begin(call, run);
};

const listJobs = ({ world, experiment, query }: ExperimentCall) => {
  const step = query.text('step_name');
  const [phase, name] = [query.text('phase'), query.text('name')];
  const [index, size] = [query.integer('index'), query.integer('batch_size')];
  if (step === undefined) {
    if (world.switches.jobsWithoutStep) return data([]);
    throw missingParameters('GET', ['step_name']);
  }
  if ((index === undefined) !== (size === undefined)) throw malformed('index and batch_size go together.');
  if (name !== undefined && (index !== undefined || phase !== undefined))
    throw malformed('name goes with neither index nor phase.');
  const run = experiment.runs.at(-1);
  const jobs = run === undefined ? [] : jobsOfStep(run, step);
  const found = jobs.filter(
    (job) => (phase === undefined || job.phase === phase) && (name === undefined || job.name === name),
  );
  // An index below 0 shortens the batch.
  const page =
    index === undefined || size === undefined ? found : found.slice(Math.max(0, index), Math.max(0, index + size));
  return data(page.map((job) => shownJob(job, world.jobId)));
};

const jobsOfStep = (run: Run, step: string): Job[] =>
  jobsOf(run)
    .filter(({ name }) => name.startsWith(`${step}_`))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** Any job of the server, through any experiment that one may read. */
const jobLog = ({ world, id }: ExperimentCall) => {
  const runs = world.experiments.flatMap((experiment) => experiment.runs);
  const job = runs.flatMap(jobsOf).find((known) => known.id === id('job_id'));
  if (job === undefined) throw notFound('Job');
  if (!isTerminated(job)) throw world.switches.earlyLogFails ? unforeseen() : notFound('Job');
  return data({ ...job.log });
};

const emptyProject = ({ channels }: Experiment): JsonObject => ({
  pipeline: {
    input: { channels: channels.map(({ name }) => ({ name })), objects: [] },
    output: { objects: [] },
    pipeline: [],
  },
  handles: {},
});

export const workflowRoutes = {
  'GET /api/experiments/{experiment_id}/workflow/description': route('read', ({ experiment }) =>
    data(shownDescription(descriptionOf(experiment))),
  ),
  'POST /api/experiments/{experiment_id}/workflow/description': route(
    'write',
    (call) => {
      takeDescription(call);
      return done();
    },
    { body: ['description'] },
  ),
  'POST /api/experiments/{experiment_id}/workflow/submit': route('write', submit),
  'POST /api/experiments/{experiment_id}/workflow/resubmit': route('write', resubmit),
  'POST /api/experiments/{experiment_id}/workflow/kill': route('write', (call) => {
    killRun(newestRun(call), call.world.clock.nowMillis());
    return done();
  }),
  'GET /api/experiments/{experiment_id}/workflow/status': route('read', ({ world, experiment, query }) => {
    const run = experiment.runs.at(-1);
    return data(run === undefined ? null : shownRun(run, query.integer('depth') ?? 2, world.jobId));
  }),
  'GET /api/experiments/{experiment_id}/workflow/jobs': route('read', listJobs),
  'GET /api/experiments/{experiment_id}/workflow/jobs/{job_id}/log': route('read', jobLog),
  'GET /api/experiments/{experiment_id}/workflow/jtproject': route(
    'read',
    ({ experiment }) => data(experiment.project ?? emptyProject(experiment)),
    { unless: 'readsNeedWrite' },
  ),
  'PUT /api/experiments/{experiment_id}/workflow/jtproject': route(
    'write',
    ({ experiment, body }) => {
      const { pipeline, handles } = body;
      if (!isObject(pipeline) || !isObject(handles)) throw malformed('pipeline and handles must be objects.');
      experiment.project = { pipeline, handles };
      return done();
    },
    { body: ['pipeline', 'handles'] },
  ),
} satisfies Routes;
