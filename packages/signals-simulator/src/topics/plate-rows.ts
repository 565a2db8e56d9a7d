/** The wells of a container as rows: the same cells in the summary and in the CSV export (client-shapes S25). */
import { at, type Json } from '../json.ts';
import { nameUuid } from '../name-uuid.ts';
import type { Entity } from '../tenant/model.ts';
import { type AnnotationLayer, type Plate, type PlateSet, wellName } from '../tenant/plates.ts';

export const wellNames = (set: PlateSet): string[] =>
  Array.from({ length: set.rows * set.columns }, (_, index) =>
    wellName(Math.floor(index / set.columns), index % set.columns),
  );

/** Plates have an id of the form of an entity's, though they are none. */
export const plateEid = (entity: Entity, plate: Plate): string => `plate:${nameUuid(`${entity.id} ${plate.id}`)}`;

interface Cell {
  readonly name: string;
  readonly type: string;
  readonly content: Json;
  readonly measure?: string;
}

const measures: Readonly<Record<string, string>> = { concentration: 'concentration', amount: 'mass' };

const layerCell = (layer: AnnotationLayer, content: Json): Cell => {
  const measure = measures[layer.annotationClass];
  const isUnit = measure !== undefined && at(content, 'units') !== undefined;
  return {
    name: layer.name,
    type: isUnit ? 'UNIT' : layer.dataType === 'DECIMAL' ? 'NUMBER' : layer.dataType,
    content,
    ...(isUnit ? { measure } : {}),
  };
};

const cellsOf = (set: PlateSet, plate: Plate, index: number): Cell[] => {
  const [row, column] = [Math.floor(index / set.columns), index % set.columns];
  const well = wellName(row, column);
  const plain = (name: string, value: string): Cell => ({ name, type: 'TEXT', content: { user: value, value } });
  const whole = (name: string, value: number): Cell => ({ name, type: 'INTEGER', content: { value } });
  const layers = set.layers.flatMap((layer) => {
    const content = plate.wells.get(well)?.get(layer.id);
    return content === undefined ? [] : [layerCell(layer, content)];
  });
  return [
    plain('Well ID', well),
    plain('Row', wellName(row, 0).slice(0, -1)),
    whole('Column', column + 1),
    plain('Plate', plate.id),
    whole('Order', index + 1),
    { name: 'Plate ID', type: 'TEXT', content: {} },
    ...layers,
  ];
};

/** Keys of columns and ids of rows are the same in every container. */
const rowOf = (set: PlateSet, plate: Plate, index: number): Json => {
  const id = nameUuid(`row ${plate.id} ${index}`);
  const cells = cellsOf(set, plate, index).map(({ name, type, content, measure }) => ({
    key: nameUuid(`column ${name}`),
    type,
    name,
    ...(measure === undefined ? {} : { measure }),
    content,
  }));
  return { type: 'plateRow', id, attributes: { id, type: 'plateRow', cells } };
};

/** One row for each well of each plate. */
export const plateRows = (set: PlateSet): Json[] =>
  set.plates.flatMap((plate) => wellNames(set).map((_, index) => rowOf(set, plate, index)));
