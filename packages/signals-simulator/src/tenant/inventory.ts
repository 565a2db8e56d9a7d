/** Containers, locations and what they are of. Ids are bare uuids; the search index knows them as `container:<uuid>:ivt`. */
import type { Json } from '../json.ts';
import type { FieldDefinition } from './model.ts';

export interface InventoryType {
  readonly id: string;
  readonly entityType: 'container' | 'location';
  readonly name: string;
  readonly fields: readonly FieldDefinition[];
}

interface Item {
  readonly id: string;
  readonly name: string;
  readonly typeId: string;
  readonly barcode: string;
  description: string;
  digest: string;
  readonly createdAtMillis: number;
  readonly createdBy: string;
  coordinateX: number | undefined;
  coordinateY: number | undefined;
  readonly fields: Map<string, Json>;
}

export interface Location extends Item {
  parentId: string | undefined;
  readonly isGrid: boolean;
  readonly rows: number;
  readonly columns: number;
}

export type ContainerStatus = 'AVAILABLE' | 'IN_USE' | 'EXHAUSTED' | 'DISPOSED' | 'FINAL_DISPOSED' | 'DELETED';

export interface Container extends Item {
  readonly contentId: string | undefined;
  locationId: string | undefined;
  homeLocationId: string | undefined;
  amount: number;
  unit: string;
  status: ContainerStatus;
  holderId: string | undefined;
}

export interface Order {
  readonly id: string;
  readonly materialId: string;
  readonly status: string;
  readonly coordinateX: number;
  readonly coordinateY: number;
  digest: string;
  readonly fields: Map<string, Json>;
}

export interface Supplier {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly isFavourite: boolean;
}

interface InventoryFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly fileName: string;
}

export interface Inventory {
  readonly types: Map<string, InventoryType>;
  readonly locations: Map<string, Location>;
  readonly containers: Map<string, Container>;
  readonly orders: Map<string, Order>;
  readonly suppliers: Map<string, Supplier>;
  readonly barcodes: Set<string>;
  readonly locationNames: Set<string>;
  /** Files of fields, by `item id/field id`. */
  readonly files: Map<string, InventoryFile>;
}

export const createInventory = (): Inventory => ({
  types: new Map(),
  locations: new Map(),
  containers: new Map(),
  orders: new Map(),
  suppliers: new Map(),
  barcodes: new Set(),
  locationNames: new Set(),
  files: new Map(),
});

/** Names from the root down, as the field `Path` shows them. */
export const pathOf = (inventory: Inventory, locationId: string | undefined): string => {
  const names: string[] = [];
  for (let id = locationId; id !== undefined && names.length < 32; ) {
    const location = inventory.locations.get(id);
    if (location === undefined) break;
    names.unshift(location.name);
    id = location.parentId;
  }
  return names.join('/');
};

/** One letter per place: `X` taken, `.` free; rows apart by `/` (the form is invented). */
export const gridLayoutOf = (inventory: Inventory, grid: Location): string => {
  const taken = new Set<string>();
  for (const item of [...inventory.containers.values()].filter(({ locationId }) => locationId === grid.id))
    taken.add(`${item.coordinateX},${item.coordinateY}`);
  const row = (y: number) =>
    Array.from({ length: grid.columns }, (_, x) => (taken.has(`${x},${y}`) ? 'X' : '.')).join('');
  return Array.from({ length: grid.rows }, (_, y) => row(y)).join('/');
};
