/** Wells and sites with what stands above them. A query names a site by its plate, its well and its place in the well. */

import type { Query } from '../http/query.ts';
import { noResult } from '../http/refusals.ts';
import type { Experiment, Plate, Site, Well } from './model.ts';

export interface WellPlace {
  readonly id: number;
  readonly plate: Plate;
  readonly well: Well;
}

export interface SitePlace extends WellPlace {
  readonly site: Site;
}

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Sorted by name of the well. */
export const wellPlaces = ({ plates, wells }: Experiment): WellPlace[] => {
  const byId = new Map(plates.map((plate) => [plate.id, plate]));
  return wells
    .flatMap((well) => {
      const plate = byId.get(well.plateId);
      return plate === undefined ? [] : [{ id: well.id, plate, well }];
    })
    .toSorted((a, b) => byText(a.well.name, b.well.name) || byText(a.plate.name, b.plate.name));
};

/** Sorted by plate, well, y and x. */
export const sitePlaces = (experiment: Experiment): SitePlace[] => {
  const byId = new Map(wellPlaces(experiment).map((place) => [place.id, place]));
  return experiment.sites
    .flatMap((site) => {
      const place = byId.get(site.wellId);
      return place === undefined ? [] : [{ ...place, id: site.id, site }];
    })
    .toSorted(
      (a, b) =>
        byText(a.plate.name, b.plate.name) ||
        byText(a.well.name, b.well.name) ||
        a.site.y - b.site.y ||
        a.site.x - b.site.x,
    );
};

export interface SiteFilter {
  readonly plateName: string | undefined;
  readonly wellName: string | undefined;
  readonly y: number | undefined;
  readonly x: number | undefined;
}

export const siteFilter = (query: Query): SiteFilter => ({
  plateName: query.text('plate_name'),
  wellName: query.text('well_name'),
  y: query.integer('well_pos_y'),
  x: query.integer('well_pos_x'),
});

/** What a filter leaves out fits all. */
export const fits = ({ plate, well, site }: SitePlace, { plateName, wellName, y, x }: SiteFilter): boolean =>
  (plateName === undefined || plate.name === plateName) &&
  (wellName === undefined || well.name === wellName) &&
  (y === undefined || site.y === y) &&
  (x === undefined || site.x === x);

/** The site that a query names. @throws Refusal 400 */
export const namedSite = (experiment: Experiment, filter: SiteFilter): SitePlace => {
  const found = sitePlaces(experiment).find((place) => fits(place, filter));
  if (found === undefined) throw noResult('No site was found for the names in the request.');
  return found;
};
