/** Experiments, and the lists that never change. */
import { integrityError, malformed, unforeseen } from '../http/refusals.ts';
import { data, done } from '../http/reply.ts';
import { type Routes, route, type UserCall } from '../http/route.ts';
import { type Json, textOf } from '../json.ts';
import { workflowTypes } from '../workflow/description.ts';
import { microscopeTypes } from '../world/files.ts';
import type { Experiment, User } from '../world/model.ts';
import { accessOf, addExperiment, type World } from '../world/world.ts';

const acquisitionModes = ['basic', 'multiplexing'];

/** Numbers of wells. 0 is in the example of the documents; the server refuses it. */
const plateFormats = [0, 1, 96, 384];

const shown = (world: World, { id, name, description, ownerId }: Experiment): Json => ({
  id: world.id(id),
  name,
  description,
  user: world.users.find((user) => user.id === ownerId)?.name ?? '',
});

const readable = ({ experiments }: World, user: User): Experiment[] =>
  experiments.filter((experiment) => accessOf(experiment, user) !== undefined);

/** A name is unique among the experiments of its owner. @throws Refusal 500 */
const checkName = ({ experiments, takenNames }: World, ownerId: number, name: string): void => {
  const isTaken = experiments.some((known) => known.ownerId === ownerId && known.name === name);
  if (isTaken || takenNames.has(`${ownerId} ${name}`))
    throw integrityError(`An experiment with the name "${name}" exists.`);
};

const create = ({ world, user, body = {} }: UserCall): Experiment => {
  const name = textOf(body.name) ?? '';
  checkName(world, user.id, name);
  const [workflowType, acquisitionMode, microscopeType] = [
    textOf(body.workflow_type) ?? '',
    textOf(body.plate_acquisition_mode) ?? '',
    textOf(body.microscope_type) ?? '',
  ];
  const plateFormat = Number(body.plate_format);
  const slip = world.switches.badExperimentTakesName;
  const isListed =
    workflowTypes.includes(workflowType) &&
    acquisitionModes.includes(acquisitionMode) &&
    microscopeTypes.includes(microscopeType) &&
    plateFormats.includes(plateFormat) &&
    !(slip && plateFormat === 0);
  if (!isListed) {
    if (slip) world.takenNames.add(`${user.id} ${name}`);
    throw slip ? unforeseen() : malformed('A value is not in the list of its member.');
  }
  const description = textOf(body.description) ?? '';
  const given = { name, description, workflowType, acquisitionMode, microscopeType, plateFormat };
  return addExperiment(world, { ...given, ownerId: user.id });
};

const needed = ['name', 'workflow_type', 'plate_format', 'plate_acquisition_mode', 'microscope_type'];

export const experimentRoutes = {
  'GET /api/experiments': route('token', ({ world, user, query }) => {
    const name = query.text('name');
    const found = readable(world, user).filter((known) => name === undefined || known.name === name);
    return data(found.map((experiment) => shown(world, experiment)));
  }),
  'POST /api/experiments': route('token', (call) => data(shown(call.world, create(call))), { body: needed }),
  'GET /api/experiments/{experiment_id}': route('read', ({ world, experiment }) => data(shown(world, experiment))),
  'PUT /api/experiments/{experiment_id}': route(
    'write',
    ({ world, experiment, body }) => {
      const name = textOf(body.name) ?? '';
      if (name !== experiment.name) checkName(world, experiment.ownerId, name);
      experiment.name = name;
      return done();
    },
    { body: ['name'], fails: true, unless: 'renameNeedsRead' },
  ),
  // A share with the right to write is enough, as for other deletes.
  'DELETE /api/experiments/{experiment_id}': route('write', ({ world, experiment }) => {
    world.experiments = world.experiments.filter((known) => known !== experiment);
    return done(world.switches.deleteMessage ? `OK: deleted experiment ${experiment.id}` : 'ok');
  }),
  'GET /api/acquisition_modes': route('token', () => data(acquisitionModes)),
  'GET /api/microscope_types': route('token', () => data(microscopeTypes)),
  'GET /api/workflow_types': route('token', () => data(workflowTypes)),
} satisfies Routes;
