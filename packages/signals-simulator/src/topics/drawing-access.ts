/** Opens drawings, for reading and for writing. */
import { forbidden } from '../errors.ts';
import { type Call, checkDigest, checkEditable, entityOfType } from '../http/call.ts';
import { createDrawing, type Drawing } from '../tenant/drawings.ts';
import type { Entity } from '../tenant/model.ts';

export const open = (call: Call): { readonly entity: Entity; readonly drawing: Drawing } => {
  const entity = entityOfType(call, 'eid', 'chemicalDrawing');
  const drawing = call.tenant.drawings.get(entity.id) ?? createDrawing();
  call.tenant.drawings.set(entity.id, drawing);
  return { entity, drawing };
};

/** A drawing that came from an uploaded reaction file refuses changes of its grids. */
export const openToWrite = (call: Call) => {
  const opened = open(call);
  checkEditable(call.tenant, opened.entity);
  checkDigest(call, opened.entity);
  if (opened.drawing.isLocked) throw forbidden('The stoichiometry of an uploaded reaction cannot be changed.');
  return opened;
};
