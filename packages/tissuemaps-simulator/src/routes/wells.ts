/** Wells and sites. */
import { malformed } from '../http/refusals.ts';
import { data, done } from '../http/reply.ts';
import { type Routes, route } from '../http/route.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Experiment } from '../world/model.ts';
import { fits, type SitePlace, siteFilter, sitePlaces, type WellPlace, wellPlaces } from '../world/places.ts';
import type { World } from '../world/world.ts';
import { changeRow, readRow } from './found.ts';

/** Rows and columns of sites in the well. */
const dimensions = ({ sites }: Experiment, wellId: number): number[] => {
  const own = sites.filter((site) => site.wellId === wellId);
  const most = (numbers: readonly number[]) => numbers.reduce((best, number) => Math.max(best, number + 1), 0);
  return [most(own.map(({ y }) => y)), most(own.map(({ x }) => x))];
};

const shownWell = (world: World, experiment: Experiment, { plate, well }: WellPlace): JsonObject => ({
  id: world.id(well.id),
  name: well.name,
  description: well.description,
  plate_name: plate.name,
  dimensions: dimensions(experiment, well.id),
});

const shownSite = (world: World, { plate, well, site }: SitePlace): JsonObject => ({
  id: world.id(site.id),
  y: site.y,
  x: site.x,
  height: site.height,
  width: site.width,
  well_name: well.name,
  plate_name: plate.name,
});

export const wellRoutes = {
  'GET /api/experiments/{experiment_id}/wells': route('read', ({ world, experiment, query }) => {
    const [plateName, name] = [query.text('plate_name'), query.text('name')];
    const found = wellPlaces(experiment).filter(
      ({ plate, well }) =>
        (plateName === undefined || plate.name === plateName) && (name === undefined || well.name === name),
    );
    return data(found.map((place) => shownWell(world, experiment, place)));
  }),
  'GET /api/experiments/{experiment_id}/wells/{well_id}': route('read', ({ world, experiment, id }) =>
    data(shownWell(world, experiment, readRow(world, wellPlaces(experiment), id('well_id'), 'Well'))),
  ),
  'PUT /api/experiments/{experiment_id}/wells/{well_id}': route(
    'write',
    ({ world, experiment, id, body }) => {
      const well = changeRow(world, experiment.wells, id('well_id'), 'Well');
      if (!isObject(body.description)) throw malformed('description must be an object.');
      well.description = body.description;
      return done();
    },
    { body: ['description'] },
  ),
  'GET /api/experiments/{experiment_id}/sites': route('read', ({ world, experiment, query }) => {
    const filter = siteFilter(query);
    const found = sitePlaces(experiment).filter((place) => fits(place, filter));
    return data(found.map((place) => shownSite(world, place)));
  }),
  'GET /api/experiments/{experiment_id}/sites/{site_id}': route('read', ({ world, experiment, id }) =>
    data(shownSite(world, readRow(world, sitePlaces(experiment), id('site_id'), 'Site'))),
  ),
} satisfies Routes;
