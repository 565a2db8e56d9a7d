/** Plates. */
import { integrityError, unforeseen } from '../http/refusals.ts';
import { data, done } from '../http/reply.ts';
import { type Routes, route } from '../http/route.ts';
import { type JsonObject, textOf } from '../json.ts';
import { plateStatus } from '../world/files.ts';
import type { Experiment, Plate } from '../world/model.ts';
import { removePlate } from '../world/remove.ts';
import type { World } from '../world/world.ts';
import { shownAcquisition } from './acquisitions.ts';
import { changeRow, readRow } from './found.ts';

const shown = (world: World, plate: Plate): JsonObject => ({
  id: world.id(plate.id),
  name: plate.name,
  description: plate.description,
  status: plateStatus(plate),
  acquisitions: plate.acquisitions.map((acquisition) => shownAcquisition(world, plate, acquisition)),
});

/** @throws Refusal 500 */
const checkName = ({ plates }: Experiment, name: string, but?: Plate): void => {
  if (plates.some((plate) => plate.name === name && plate !== but))
    throw integrityError(`A plate with the name "${name}" exists.`);
};

export const plateRoutes = {
  'GET /api/experiments/{experiment_id}/plates': route('read', ({ world, experiment, query }) => {
    const name = query.text('name');
    if (name !== undefined && world.switches.plateNameFails) throw unforeseen();
    const found = experiment.plates.filter((plate) => name === undefined || plate.name === name);
    return data(found.map((plate) => shown(world, plate)));
  }),
  'POST /api/experiments/{experiment_id}/plates': route(
    'write',
    ({ world, experiment, body }) => {
      const name = textOf(body.name) ?? '';
      checkName(experiment, name);
      const description = textOf(body.description) ?? '';
      const plate = { id: experiment.counters.next('plates'), name, description, acquisitions: [] };
      experiment.plates.push(plate);
      return data(shown(world, plate));
    },
    { body: ['name'] },
  ),
  'GET /api/experiments/{experiment_id}/plates/{plate_id}': route('read', ({ world, experiment, id }) =>
    data(shown(world, readRow(world, experiment.plates, id('plate_id'), 'Plate'))),
  ),
  'PUT /api/experiments/{experiment_id}/plates/{plate_id}': route(
    'write',
    ({ world, experiment, id, body }) => {
      const plate = changeRow(world, experiment.plates, id('plate_id'), 'Plate');
      const name = textOf(body.name) ?? '';
      checkName(experiment, name, plate);
      plate.name = name;
      return done();
    },
    { body: ['name'], unless: 'renameNeedsRead' },
  ),
  'DELETE /api/experiments/{experiment_id}/plates/{plate_id}': route('write', ({ experiment, id }) => {
    removePlate(experiment, id('plate_id'));
    return done();
  }),
} satisfies Routes;
