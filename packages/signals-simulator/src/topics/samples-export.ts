/** A table of samples as CSV or SDF (client-shapes S19). */
import { molBlock3000, parseSmiles } from '../chemistry/molecule.ts';
import { exported } from '../http/reply.ts';
import type { Json } from '../json.ts';
import { structureOf } from '../search/extras.ts';
import { textContent } from '../tenant/content.ts';
import type { Entity, Field, FieldDefinition } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Exporter, noFormat, withExtension } from './exporter.ts';
import { renderField } from './field-values.ts';
import { sampleFieldsOf, templateKey } from './samples.ts';
import { csvReply, csvText, textOfContent } from './table-export.ts';

const samplesIn = (tenant: Tenant, container: Entity): Entity[] =>
  tenant.entities.childrenOf(container.id).filter(({ type, isTrashed }) => type === 'sample' && !isTrashed);

/** The digests are no column. */
const fieldsOf = (tenant: Tenant, sample: Entity): Field[] =>
  sampleFieldsOf(tenant, sample).filter(({ definition }) => !definition.id.startsWith('digests.'));

const textOf = (field: Field): string => textOfContent(renderField(field, null) as Json);

/** Titles of all samples, each once; the template last, as recorded. */
const columnsOf = (tenant: Tenant, samples: readonly Entity[]): FieldDefinition[] => {
  const columns = new Map<string, FieldDefinition>();
  for (const sample of samples)
    for (const { definition } of fieldsOf(tenant, sample)) columns.set(definition.id, definition);
  const template = columns.get(templateKey);
  columns.delete(templateKey);
  return [...columns.values(), ...(template === undefined ? [] : [template])];
};

/** Columns of a table without a sample. */
const bareTitles = ['ID', 'Created Date', 'Attached Docs', 'Template'];

const csvOf = (tenant: Tenant, samples: readonly Entity[]): string => {
  const columns = columnsOf(tenant, samples);
  const lines = samples.map((sample) => {
    const fields = new Map(fieldsOf(tenant, sample).map((field) => [field.definition.id, field]));
    return columns.map(({ id }) => {
      const field = fields.get(id);
      return field === undefined ? '' : textOf(field);
    });
  });
  return csvText([samples.length === 0 ? bareTitles : columns.map(({ name }) => name), ...lines]);
};

/** Filled fields only, blanks of their names as `_`. */
const sdfOf = (tenant: Tenant, sample: Entity): string => {
  const molecule = parseSmiles(structureOf(sample) ?? '') ?? { atoms: [], bonds: [] };
  const tags = fieldsOf(tenant, sample)
    .filter(({ definition }) => definition.type !== 'structure')
    .map((field) => [field.definition.name.replaceAll(' ', '_'), textOf(field)])
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `> <${name}>\n${text}\n\n`);
  return `${molBlock3000(molecule, sample.name)}${tags.join('')}$$$$\n`;
};

export const exportSamples: Exporter = ({ tenant }, entity, format) => {
  const samples = samplesIn(tenant, entity);
  if (format === '' || format === 'csv') return csvReply(entity, csvOf(tenant, samples));
  if (format !== 'sdf') throw noFormat(entity, format);
  const text = samples.map((sample) => sdfOf(tenant, sample)).join('');
  return exported(textContent('chemical/x-mdl-sdfile', text), withExtension(entity.name, '.sdf'));
};
