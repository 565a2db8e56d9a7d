/** Export of a drawing: what was drawn, as a whole, in the format asked for (client-shapes S1). */
import { blankCdxml, readCdxml } from '../chemistry/cdxml.ts';
import { type Reaction, writeReaction } from '../chemistry/reaction-file.ts';
import { writeSmiles } from '../chemistry/write-smiles.ts';
import { exported } from '../http/reply.ts';
import { structureOf } from '../search/extras.ts';
import { contentBytes, textContent } from '../tenant/content.ts';
import { hasParts } from '../tenant/drawings.ts';
import { extensionOf } from '../tenant/file-types.ts';
import type { Content, Entity } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Exporter, noFormat, withExtension } from './exporter.ts';

/** Larger files are given back and not read. */
const largestReadBytes = 1_048_576;

/** SMILES of what an upload draws, where it can be read. */
const drawnIn = ({ content }: Entity): string | undefined => {
  if (content === undefined || content.sizeBytes > largestReadBytes) return undefined;
  if (content.mediaType === 'chemical/x-daylight-smiles') return contentBytes(content).toString('utf8').trim();
  if (content.mediaType !== 'chemical/x-cdxml') return undefined;
  const molecule = readCdxml(contentBytes(content).toString('utf8'));
  return molecule === undefined ? undefined : writeSmiles(molecule);
};

const reactionOf = (tenant: Tenant, entity: Entity): Reaction => {
  const drawing = tenant.drawings.get(entity.id);
  const side = (position: string) => (drawing?.reaction.get(position) ?? []).map(({ smiles }) => smiles);
  if (hasParts(drawing))
    return {
      reactants: [...side('reactants'), ...side('grid')],
      reagents: side('reagents'),
      products: side('products'),
    };
  const structure = structureOf(entity) ?? drawnIn(entity) ?? '';
  return { reactants: structure === '' ? [] : [structure], reagents: [], products: [] };
};

/** The bytes of an upload until something was added to it; a drawing without anything is `<CDXML />`. */
export const nativeDrawing = (tenant: Tenant, entity: Entity): Content => {
  if (hasParts(tenant.drawings.get(entity.id)))
    return textContent('chemical/x-cdxml', writeReaction(reactionOf(tenant, entity), 'cdxml')?.text ?? blankCdxml);
  return entity.content ?? textContent('chemical/x-cdxml', blankCdxml);
};

export const exportDrawing: Exporter = ({ tenant }, entity, format) => {
  const native = nativeDrawing(tenant, entity);
  if (format === '' || (format === 'cdxml' && native.mediaType === 'chemical/x-cdxml'))
    return exported(native, withExtension(entity.name, extensionOf(native.mediaType)));
  const file = writeReaction(reactionOf(tenant, entity), format);
  if (file === undefined) throw noFormat(entity, format);
  return exported(textContent(file.mediaType, file.text), withExtension(entity.name, `.${file.extension}`));
};
