/** Acquisitions, and the states of their files. */
import { integrityError, notFound, unforeseen } from '../http/refusals.ts';
import { data, done } from '../http/reply.ts';
import { type ExperimentCall, type Routes, route } from '../http/route.ts';
import { type JsonObject, textOf } from '../json.ts';
import { acquisitionStatus } from '../world/files.ts';
import type { Acquisition, Experiment, Plate } from '../world/model.ts';
import { removeAcquisition } from '../world/remove.ts';
import type { World } from '../world/world.ts';
import { changeRow, readRow } from './found.ts';

export const shownAcquisition = (world: World, plate: Plate, acquisition: Acquisition): JsonObject => ({
  id: world.id(acquisition.id),
  name: acquisition.name,
  description: acquisition.description,
  status: acquisitionStatus(acquisition),
  plate_name: plate.name,
});

const listed = ({ plates }: Experiment) =>
  plates.flatMap((plate) => plate.acquisitions.map((acquisition) => ({ id: acquisition.id, plate, acquisition })));

/** @throws Refusal 404; on the server 500 where the answer has files */
export const acquisitionOf = ({ experiment, id }: ExperimentCall): Acquisition => {
  const found = listed(experiment).find((known) => known.id === id('acquisition_id'));
  if (found === undefined) throw notFound('Acquisition');
  return found.acquisition;
};

/** @throws Refusal 500 */
const checkName = ({ acquisitions }: Plate, name: string, but?: Acquisition): void => {
  if (acquisitions.some((known) => known.name === name && known !== but))
    throw integrityError(`An acquisition with the name "${name}" exists on the plate.`);
};

const create = ({ world, experiment, body }: ExperimentCall): JsonObject => {
  const plate = experiment.plates.find(({ name }) => name === body.plate_name);
  if (plate === undefined) throw world.switches.unknownPlateFails ? unforeseen() : notFound('Plate');
  const name = textOf(body.name) ?? '';
  checkName(plate, name);
  const description = textOf(body.description) ?? '';
  const acquisition = { id: experiment.counters.next('acquisitions'), name, description, files: [] };
  plate.acquisitions.push(acquisition);
  return shownAcquisition(world, plate, acquisition);
};

const shownFiles = (call: ExperimentCall, isImage: boolean) => {
  const { files } = acquisitionOf(call);
  return data(
    files
      .filter((file) => file.isImage === isImage)
      .map(({ id, name, status }) => ({ id: call.world.id(id), name, status })),
  );
};

export const acquisitionRoutes = {
  'GET /api/experiments/{experiment_id}/acquisitions': route('read', ({ world, experiment, query }) => {
    const [plateName, name] = [query.text('plate_name'), query.text('name')];
    const found = listed(experiment).filter(
      ({ plate, acquisition }) =>
        (plateName === undefined || plate.name === plateName) && (name === undefined || acquisition.name === name),
    );
    return data(found.map(({ plate, acquisition }) => shownAcquisition(world, plate, acquisition)));
  }),
  'POST /api/experiments/{experiment_id}/acquisitions': route('write', (call) => data(create(call)), {
    body: ['name', 'plate_name'],
  }),
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}': route('read', ({ world, experiment, id }) => {
    const { plate, acquisition } = readRow(world, listed(experiment), id('acquisition_id'), 'Acquisition');
    return data(shownAcquisition(world, plate, acquisition));
  }),
  'PUT /api/experiments/{experiment_id}/acquisitions/{acquisition_id}': route(
    'write',
    ({ world, experiment, id, body }) => {
      const { plate, acquisition } = changeRow(world, listed(experiment), id('acquisition_id'), 'Acquisition');
      const name = textOf(body.name) ?? '';
      checkName(plate, name, acquisition);
      acquisition.name = name;
      return done();
    },
    { body: ['name'] },
  ),
  'DELETE /api/experiments/{experiment_id}/acquisitions/{acquisition_id}': route('write', ({ experiment, id }) => {
    removeAcquisition(experiment, id('acquisition_id'));
    return done();
  }),
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/images': route('read', (call) =>
    shownFiles(call, true),
  ),
  'GET /api/experiments/{experiment_id}/acquisitions/{acquisition_id}/metadata': route('read', (call) =>
    shownFiles(call, false),
  ),
} satisfies Routes;
