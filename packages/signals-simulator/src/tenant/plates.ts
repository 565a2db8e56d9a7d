/** Sets of plates: wells by name, each with a value per annotation layer. */
import type { Json } from '../json.ts';
import { nameUuid } from '../name-uuid.ts';

type LayerType = 'TEXT' | 'INTEGER' | 'DECIMAL' | 'LINK';

export interface AnnotationLayer {
  readonly id: string;
  name: string;
  readonly isCustom: boolean;
  readonly dataType: LayerType;
  readonly annotationClass: string;
}

export interface Plate {
  /** `Plate-1` */
  readonly id: string;
  /** Well name to layer id to content. */
  wells: Map<string, Map<string, Json>>;
}

export interface PlateSet {
  readonly rows: number;
  readonly columns: number;
  plates: Plate[];
  layers: AnnotationLayer[];
}

/** `A1` … `AV48`: letters for rows, numbers for columns. */
export const wellName = (row: number, column: number): string => {
  const letters =
    row < 26
      ? String.fromCharCode(65 + row)
      : `${String.fromCharCode(64 + Math.floor(row / 26))}${String.fromCharCode(65 + (row % 26))}`;
  return `${letters}${column + 1}`;
};

const predefined = (name: string, dataType: LayerType): AnnotationLayer => ({
  id: nameUuid(`annotation layer ${name}`),
  name,
  isCustom: false,
  dataType,
  annotationClass: name.toLowerCase().replaceAll(' ', ''),
});

/** The layers that every container has, in their order. */
export const predefinedLayers: readonly AnnotationLayer[] = [
  predefined('Well Format', 'TEXT'),
  predefined('Concentration', 'DECIMAL'),
  predefined('Material', 'LINK'),
  predefined('Amount', 'DECIMAL'),
  predefined('Replicate', 'INTEGER'),
  predefined('Deviation', 'TEXT'),
];

export const createPlateSet = (rows: number, columns: number, count: number): PlateSet => ({
  rows,
  columns,
  plates: Array.from({ length: count }, (_, index) => ({ id: `Plate-${index + 1}`, wells: new Map() })),
  layers: predefinedLayers.map((layer) => ({ ...layer })),
});
