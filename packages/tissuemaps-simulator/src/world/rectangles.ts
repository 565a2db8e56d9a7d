/** Where plates, wells and sites lie in the layers. */
import type { RectangleOf } from '../objects/shapes.ts';
import type { Experiment, Site } from './model.ts';

/** The smallest rectangle around sites. */
const around = (sites: readonly Site[]) => {
  if (sites.length === 0) return undefined;
  const least = (numbers: number[]) => numbers.reduce((a, b) => Math.min(a, b));
  const most = (numbers: number[]) => numbers.reduce((a, b) => Math.max(a, b));
  const top = least(sites.map((site) => site.top));
  const left = least(sites.map((site) => site.left));
  const height = most(sites.map((site) => site.top + site.height)) - top;
  const width = most(sites.map((site) => site.left + site.width)) - left;
  return { top, left, height, width };
};

export const rectanglesOf = ({ sites, wells }: Experiment): RectangleOf => {
  const byId = new Map(sites.map((site) => [site.id, site]));
  const plateOf = new Map(wells.map(({ id, plateId }) => [id, plateId]));
  return (kind, rowId) => {
    if (kind === 'Sites') return byId.get(rowId);
    if (kind === 'Wells') return around(sites.filter(({ wellId }) => wellId === rowId));
    return around(sites.filter(({ wellId }) => plateOf.get(wellId) === rowId));
  };
};
