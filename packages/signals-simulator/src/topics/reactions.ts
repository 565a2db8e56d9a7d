/** Drawings: structures on the sides of a reaction, paired strands, export in other formats. */
import { formulaOf, massOf, parseSmiles, smilesFrom, writeStructure } from '../chemistry.ts';
import { entityDocument, includedEntity } from '../documents/entity-document.ts';
import { badRequest, notFound, special } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, type Handler, param } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { created, download, ok, type Reply } from '../http/reply.ts';
import { at, type Json, ownOf, textOf } from '../json.ts';
import { structureOf } from '../search/extras.ts';
import { bytesContent, textContent } from '../tenant/content.ts';
import { createDrawing, type GridName, type StoichiometryRow } from '../tenant/drawings.ts';
import { changed } from '../tenant/tenant.ts';
import { open, openToWrite } from './drawing-access.ts';
import type { Exporter } from './files.ts';

export const structureReply = (smiles: string | undefined, format: string, name: string): Reply => {
  if (smiles === undefined || smiles === '') throw notFound('There is no structure.');
  const file = writeStructure(smiles, format);
  if (file === undefined) throw badRequest(`Format "${format}" is not possible.`);
  return download(textContent(file.mediaType, file.text), `${name}.${file.extension}`);
};

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

const drawnRow = (id: string, smiles: string): StoichiometryRow => {
  const molecule = parseSmiles(smiles) ?? { atoms: [], bonds: [] };
  const values = new Map<string, Json>([
    ['name', formulaOf(molecule)],
    ['mw', `${massOf(molecule)} g/mol`],
  ]);
  return { id, smiles, isCustom: false, values };
};

export const structureResource = (
  position: string,
  { id, smiles }: { readonly id: string; readonly smiles: string },
): Json => ({
  type: 'reactionStructure',
  id,
  attributes: { id, position, dataType: 'smiles', data: smiles },
});

export const addStructure: Handler = (call) => {
  const { entity, drawing } = openToWrite(call);
  const position = readPosition(call);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const smiles = smilesFrom(textOf(at(attributes, 'data')) ?? '', textOf(at(attributes, 'dataType')) ?? '');
  if (smiles === undefined) throw badRequest('The structure cannot be read.');
  const structure = { id: call.tenant.random.uuid(), smiles };
  drawing.reaction.set(position, [...(drawing.reaction.get(position) ?? []), structure]);
  drawing.grids[gridOfPosition[position] ?? 'reactants'].push(drawnRow(structure.id, smiles));
  changed(call.tenant, entity, call.user.id, 'update', position);
  return created({
    links: selfLinks(call),
    data: structureResource(position, structure),
    included: [includedEntity(call, entity)],
  });
};

export const readReaction: Handler = (call) => {
  const { entity } = open(call);
  if (entity.content === undefined) throw notFound('The drawing is empty.');
  return download(entity.content, `${entity.name}.cdxml`);
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

/** Export of a drawing: native bytes, or its structure in another format. */
export const exportDrawing: Exporter = (_call, entity, format) => {
  if (entity.content !== undefined && (format === '' || format === 'cdxml'))
    return download(entity.content, `${entity.name}.cdxml`);
  return structureReply(structureOf(entity), format, entity.name);
};
