/** A container of plates as its JSON document, or as CSV with one line for each well (client-shapes, sections 1 and 8). */
import { exported } from '../http/reply.ts';
import { at, type Json } from '../json.ts';
import { textContent } from '../tenant/content.ts';
import type { Entity } from '../tenant/model.ts';
import { createPlateSet, type Plate, type PlateSet, wellName } from '../tenant/plates.ts';
import { type Exporter, noFormat } from './exporter.ts';
import { plateEid, wellNames } from './plate-rows.ts';
import { csvReply, csvText } from './table-export.ts';

/** How filled layers look in this document is not recorded; they are contents by layer and well here. */
const filledLayers = (set: PlateSet, plate: Plate): Json => {
  const layers = set.layers.map(({ id }) => {
    const wells = [...plate.wells].flatMap(([well, contents]) => {
      const content = contents.get(id);
      return content === undefined ? [] : [[well, content] as const];
    });
    return [id, Object.fromEntries(wells)] as const;
  });
  return Object.fromEntries(layers.filter(([, wells]) => Object.keys(wells).length > 0));
};

const documentOf = (entity: Entity, set: PlateSet): Json => ({
  eid: entity.id,
  name: entity.name,
  numberOfRows: set.rows,
  numberOfColumns: set.columns,
  plates: set.plates.map((plate) => ({
    eid: plateEid(entity, plate),
    name: plate.id,
    plateContainerEid: entity.id,
    isTemplate: entity.isTemplate,
    numberOfRows: set.rows,
    numberOfColumns: set.columns,
    annotationLayers: filledLayers(set, plate),
    fields: [],
  })),
  annotationLayers: set.layers.map(({ id, name, isCustom, annotationClass, dataType }, order) => ({
    id,
    name,
    isPredefined: !isCustom,
    isHidden: false,
    annotationClass,
    dataType,
    annotationLayerValues: {},
    trashed: false,
    order,
    suggestions: [],
  })),
  fields: [],
});

const csvOf = (set: PlateSet): string => {
  const titles = ['Well ID', 'Row', 'Column', 'Plate', 'Plate ID', ...set.layers.map(({ name }) => name)];
  const lines = set.plates.flatMap((plate) =>
    wellNames(set).map((well, index) => [
      well,
      wellName(Math.floor(index / set.columns), 0).slice(0, -1),
      String((index % set.columns) + 1),
      plate.id,
      '',
      ...set.layers.map(({ id }) => {
        const content = plate.wells.get(well)?.get(id);
        return String(at(content, 'user') ?? at(content, 'value') ?? '');
      }),
    ]),
  );
  return csvText([titles, ...lines]);
};

export const exportPlates: Exporter = ({ tenant }, entity, format) => {
  const set = tenant.plates.get(entity.id) ?? createPlateSet(8, 12, 1);
  if (format === 'csv') return csvReply(entity, csvOf(set));
  if (format !== '') throw noFormat(entity, format);
  // Recorded without an extension.
  return exported(textContent('application/json; charset=utf-8', JSON.stringify(documentOf(entity, set))), entity.name);
};
