/** A building with rooms, freezers and plates, and containers in them. */
import type { Container, ContainerStatus, InventoryType, Location } from '../tenant/inventory.ts';
import { indexItem } from '../tenant/inventory-index.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { demoStartMillis } from './people.ts';

const uuid = (kind: string, number: number) => `${kind}0000000-0000-4000-b000-${String(number).padStart(12, '0')}`;

export const demoInventory = {
  vialType: uuid('a', 1),
  tubeType: uuid('a', 2),
  roomType: uuid('b', 1),
  plateType: uuid('b', 2),
  building: uuid('c', 1),
  room: uuid('c', 2),
  /** 8 rows, 12 columns. */
  grid: uuid('c', 3),
  container: uuid('d', 1),
  order: uuid('e', 1),
} as const;

const types: readonly InventoryType[] = [
  {
    id: demoInventory.vialType,
    entityType: 'container',
    name: 'Vial',
    fields: [
      { id: 'f1', name: 'Cap Colour', type: 'list', options: ['Red', 'Blue'], isRequired: true },
      { id: 'f2', name: 'Data Sheet', type: 'text' },
      { id: 'f6', name: 'Opened', type: 'datetime' },
      {
        id: 'f7',
        name: 'Inventory Security',
        type: 'attributeList',
        options: ['Open', 'Restricted'],
        attributeId: 'attribute:4',
      },
    ],
  },
  {
    id: demoInventory.tubeType,
    entityType: 'container',
    name: 'Tube',
    fields: [{ id: 'f3', name: 'Volume', type: 'text' }],
  },
  {
    id: demoInventory.roomType,
    entityType: 'location',
    name: 'Room',
    fields: [{ id: 'f4', name: 'Safety Level', type: 'list', options: ['Default', 'High'] }],
  },
  {
    id: demoInventory.plateType,
    entityType: 'location',
    name: 'Plate',
    fields: [{ id: 'f5', name: 'Material', type: 'text', isRequired: true }],
  },
];

const addLocation = (tenant: Tenant, id: string, name: string, more: Partial<Location> = {}) => {
  const location: Location = {
    id,
    name,
    typeId: demoInventory.roomType,
    barcode: `L${id.slice(-4)}`,
    description: '',
    digest: tenant.random.uuid(),
    createdAtMillis: demoStartMillis,
    createdBy: '108',
    coordinateX: undefined,
    coordinateY: undefined,
    fields: new Map(),
    parentId: undefined,
    isGrid: false,
    rows: 0,
    columns: 0,
    ...more,
  };
  tenant.inventory.locations.set(id, location);
  tenant.inventory.barcodes.add(location.barcode);
  tenant.inventory.locationNames.add(name);
  indexItem(tenant, 'location', location);
};

const statuses: readonly ContainerStatus[] = ['AVAILABLE', 'AVAILABLE', 'AVAILABLE', 'IN_USE', 'EXHAUSTED', 'DISPOSED'];

const addContainer = (tenant: Tenant, number: number, batchId: string | undefined) => {
  const isInGrid = number <= 20;
  const container: Container = {
    id: uuid('d', number),
    name: `Container-${String(number).padStart(4, '0')}`,
    typeId: number % 2 === 1 ? demoInventory.vialType : demoInventory.tubeType,
    barcode: `C${String(number).padStart(5, '0')}`,
    description: '',
    digest: tenant.random.uuid(),
    createdAtMillis: demoStartMillis + number * 60_000,
    createdBy: '108',
    coordinateX: isInGrid ? (number - 1) % 12 : undefined,
    coordinateY: isInGrid ? Math.floor((number - 1) / 12) : undefined,
    fields: new Map(number % 2 === 1 ? [['f1', 'Red']] : []),
    contentId: batchId,
    locationId: isInGrid ? demoInventory.grid : demoInventory.room,
    homeLocationId: demoInventory.room,
    amount: 1 + (number % 9),
    unit: 'g',
    status: isInGrid ? 'AVAILABLE' : (statuses[number % statuses.length] ?? 'AVAILABLE'),
    holderId: undefined,
  };
  if (container.status === 'IN_USE') container.holderId = '100';
  tenant.inventory.containers.set(container.id, container);
  tenant.inventory.barcodes.add(container.barcode);
  indexItem(tenant, 'container', container);
};

export const loadInventory = (tenant: Tenant): void => {
  for (const type of types) {
    tenant.inventory.types.set(type.id, type);
    indexItem(
      tenant,
      type.entityType,
      { id: type.id, name: type.name, createdBy: '100', createdAtMillis: demoStartMillis, description: '' },
      true,
    );
  }
  addLocation(tenant, demoInventory.building, 'Building 1');
  addLocation(tenant, demoInventory.room, 'Room 12', { parentId: demoInventory.building });
  addLocation(tenant, demoInventory.grid, 'Plate 7', {
    parentId: demoInventory.room,
    typeId: demoInventory.plateType,
    isGrid: true,
    rows: 8,
    columns: 12,
    fields: new Map([['f5', 'Polystyrene']]),
  });
  for (let number = 4; number <= 40; number += 1)
    addLocation(tenant, uuid('c', number), `Shelf ${number - 3}`, { parentId: demoInventory.room });
  const batches = [...tenant.entities.ofType('batch')].slice(0, 120).map(({ id }) => id);
  for (let number = 1; number <= 120; number += 1) addContainer(tenant, number, batches[number - 1]);
  tenant.inventory.orders.set(demoInventory.order, {
    id: demoInventory.order,
    materialId: batches[0] ?? '',
    status: 'OPEN',
    coordinateX: 4,
    coordinateY: 0,
    digest: tenant.random.uuid(),
    fields: new Map(),
  });
  for (const [id, name, country] of [
    ['1', 'Acme Chemicals', 'USA'],
    ['2', 'Borealis Labs', 'Norway'],
    ['3', 'Chem & Co "Süd"', 'Germany'],
  ] as const)
    tenant.inventory.suppliers.set(id, { id, name, country, isFavourite: id === '2' });
};
