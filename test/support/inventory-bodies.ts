/** What tests send to /v1/inventory, and what they find in the simulated tenant afterwards. */
import { demoInventory } from '../../packages/signals-simulator/src/demo/inventory.ts';
import type { Laboratory } from './laboratory.ts';

export const batch = 'batch:5f1e10000000000000000001';
export const vial = {
  typeId: demoInventory.vialType,
  barcode: 'V-1',
  content: batch,
  amount: 2.5,
  unit: 'mg',
  locationId: demoInventory.grid,
  position: 'H12',
  fields: { 'Cap Colour': 'Red' },
};
export const plate = {
  typeId: demoInventory.plateType,
  name: 'Plate 2026-1',
  barcode: 'P-1',
  parentId: demoInventory.room,
  rows: 2,
  columns: 3,
  fields: { f5: 'Glass' },
};
export const [containers, locations] = ['/v1/inventory/containers', '/v1/inventory/locations'];
export const container = (changes: object = {}) => ({
  data: { type: 'inventory-container', attributes: { ...vial, ...changes } },
});
export const location = (changes: object = {}) => ({
  data: { type: 'inventory-location', attributes: { ...plate, ...changes } },
});
export const creationsIn = ({ simulator }: Laboratory) =>
  simulator.arrivals.filter(({ method, path }) => method === 'POST' && !path.includes('search'));
export const withBarcode = ({ simulator }: Laboratory, barcode: string) =>
  [...simulator.tenant.inventory.containers.values()].filter((one) => one.barcode === barcode);
