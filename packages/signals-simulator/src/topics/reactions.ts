/** Drawings: structures on the sides of a reaction, paired strands, the reaction as a whole. */
import { createHash } from 'node:crypto';
import { exactMassOf, formulaOf, massOf, parseSmiles } from '../chemistry/molecule.ts';
import { smilesFrom, writeStructure } from '../chemistry/structure-file.ts';
import { entityDocument, includedEntity } from '../documents/entity-document.ts';
import { badRequest, notFound, special } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, type Handler, param } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created, exported, ok } from '../http/reply.ts';
import { at, type Json, ownOf, textOf } from '../json.ts';
import { bytesContent, textContent } from '../tenant/content.ts';
import { createDrawing, type GridName, type Structure } from '../tenant/drawings.ts';
import { extensionOf } from '../tenant/file-types.ts';
import { changed } from '../tenant/tenant.ts';
import { open, openToWrite } from './drawing-access.ts';
import { nativeDrawing } from './drawing-export.ts';
import { withExtension } from './exporter.ts';
import { drawnValues, recalculate } from './stoichiometry-sums.ts';

const gridOfPosition: Readonly<Record<string, GridName>> = {
  reactants: 'reactants',
  reagents: 'reactants',
  products: 'products',
  grid: 'reactants',
};

export const readPosition = (call: Call): string => {
  const position = param(call, 'position');
  if (ownOf(gridOfPosition, position) === undefined) throw notFound(`Position ${position} is not found.`);
  return position;
};

/** As the caller gave it, else made from the SMILES. */
export const inchiOf = ({ smiles, inchi }: { readonly smiles: string; readonly inchi?: string }): string =>
  inchi ?? writeStructure(smiles, 'inchi')?.text ?? '';

/** A hash of the structure; its form is not known beyond hexadecimal digits. */
export const hashOf = (smiles: string): string => createHash('sha256').update(smiles).digest('hex').slice(0, 32);

const sideOf: Readonly<Record<string, string>> = { reactants: 'reactant', reagents: 'reagent', products: 'product' };

/** The form of client-shapes S13. */
export const structureResource = (call: Call, drawingId: string, position: string, structure: Structure): Json => {
  const { id, smiles } = structure;
  const molecule = parseSmiles(smiles) ?? { atoms: [], bonds: [] };
  const side = sideOf[position] ?? 'reactant';
  const [formula, mass, exact] = [formulaOf(molecule), massOf(molecule), exactMassOf(molecule)];
  return {
    type: `reaction${side.charAt(0).toUpperCase()}${side.slice(1)}`,
    id,
    links: { self: `${call.base}/chemicaldrawings/${drawingId}/reaction/${position}` },
    attributes: {
      type: side,
      id,
      inchi: inchiOf(structure),
      cdxml: writeStructure(smiles, 'cdxml')?.text ?? '',
      name: { value: formula },
      iupacName: { value: formula },
      formula: { value: formula.replace(/\d+/g, '<sub>$&</sub>') },
      mw: { display: `${mass} g/mol`, value: mass, units: 'g/mol' },
      em: { display: String(exact), value: exact },
    },
    relationships: {
      stoichiometry: {
        links: { self: `${call.base}/stoichiometry/${drawingId}/${id}` },
        data: { type: 'stoichiometry', id },
      },
      chemicalDrawing: {
        links: { self: `${call.base}/entities/${drawingId}` },
        data: { type: 'entity', id: drawingId },
      },
    },
  };
};

export const addStructure: Handler = (call) => {
  const { entity, drawing } = openToWrite(call);
  const position = readPosition(call);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const [data, dataType] = [textOf(at(attributes, 'data')) ?? '', textOf(at(attributes, 'dataType')) ?? ''];
  const smiles = smilesFrom(data, dataType);
  if (smiles === undefined) throw badRequest('The structure cannot be read.');
  const inchi = dataType.toLowerCase() === 'inchi' ? { inchi: data.trim() } : {};
  const structure: Structure = { id: call.tenant.nextNumber(), smiles, ...inchi };
  const grid = gridOfPosition[position] ?? 'reactants';
  drawing.reaction.set(position, [...(drawing.reaction.get(position) ?? []), structure]);
  drawing.grids[grid].push({ ...structure, isCustom: false, values: drawnValues(smiles, grid === 'products') });
  recalculate(drawing);
  changed(call.tenant, entity, call.user.id, 'update', position);
  return created({
    links: selfLinks(call),
    data: structureResource(call, entity.id, position, structure),
    included: [includedEntity(call, entity)],
  });
};

export const readReaction: Handler = (call) => {
  const native = nativeDrawing(call.tenant, open(call).entity);
  return exported(native, withExtension('reaction', extensionOf(native.mediaType)));
};

export const putReaction: Handler = (call) => {
  const { entity } = openToWrite(call);
  entity.content = bytesContent('chemical/x-cdxml', call.body);
  call.tenant.drawings.set(entity.id, createDrawing());
  changed(call.tenant, entity, call.user.id, 'update', 'reaction');
  return ok(entityDocument(call, entity));
};

/** Two strands that cannot be read as letters of nucleotides do not pair: 447. */
const pairStrands = (call: Call): string => {
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const strands = [textOf(at(attributes, 'sense')) ?? '', textOf(at(attributes, 'antisense')) ?? ''];
  if (!strands.every((strand) => /^[ACGTU]+$/i.test(strand)) || strands[0]?.length !== strands[1]?.length)
    throw special(447, 'PairingFailed', 'The strands cannot be paired.');
  return `RNA1{${strands[0]}}|RNA2{${strands[1]}}$$$$`;
};

export const createPaired: Handler = (call) => {
  const { tenant, user } = call;
  const parent = tenant.entities.get(call.query.get('eid') ?? '');
  if (parent === undefined) throw badRequest('eid must name the experiment.');
  checkEditable(tenant, parent);
  checkDigest(call, parent);
  const content = textContent('chemical/x-helm', pairStrands(call));
  const entity = tenant.entities.create({
    id: `chemicalDrawing:${tenant.random.uuid()}`,
    type: 'chemicalDrawing',
    name: `Sequence ${tenant.nextNumber()}`,
    createdBy: user.id,
    parentId: parent.id,
    content,
  });
  return created(entityDocument(call, entity));
};

export const putPaired: Handler = (call) => {
  const { entity } = openToWrite(call);
  entity.content = textContent('chemical/x-helm', pairStrands(call));
  changed(call.tenant, entity, call.user.id, 'update', 'sequence');
  return ok(entityDocument(call, entity));
};
