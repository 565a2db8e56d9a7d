/** Templates of the demo tenant. */
import type { Field, FieldDefinition } from '../tenant/model.ts';
import type { Builder } from './builder.ts';
import { experimentFields, gridColumns, rareColumns, sampleFields, taskFields } from './definitions.ts';
import { demoIds } from './ids.ts';

const blank = (definitions: readonly FieldDefinition[]): Field[] =>
  definitions.map((definition) => ({ definition, value: '' }));

export const loadTemplates = ({ tenant, add }: Builder): void => {
  tenant.defaultFields.set('experiment', experimentFields);
  tenant.defaultFields.set('request', experimentFields.slice(0, 3));
  tenant.defaultFields.set(
    'journal',
    experimentFields.filter(({ name }) => name === 'Organization'),
  );
  const isTemplate = true;
  const experiment = add('experiment', 'Standard Synthesis', {
    id: demoIds.experimentTemplate,
    isTemplate,
    fields: blank(experimentFields),
    state: 'open',
  });
  add('experiment', 'Analytics', {
    isTemplate,
    isSystemTemplate: true,
    fields: blank(experimentFields),
    state: 'open',
  });
  const numbered = add('experiment', 'Numbered', { id: demoIds.numberedTemplate, isTemplate, state: 'open' });
  tenant.autoNumbered.add(numbered.id);
  add('text', 'Aim', { parentId: experiment.id });
  const grid = add('grid', 'Measurements', { id: demoIds.gridTemplate, isTemplate });
  tenant.tables.set(grid.id, { columns: gridColumns.map((column) => ({ ...column })), rows: [] });
  const rare = add('grid', 'Terms and sums', { id: demoIds.rareGridTemplate, isTemplate });
  tenant.tables.set(rare.id, { columns: rareColumns.map((column) => ({ ...column })), rows: [] });
  add('sample', 'Chemical Sample', { id: demoIds.sampleTemplate, isTemplate, fields: blank(sampleFields) });
  add('task', 'Analysis Task', { id: demoIds.taskTemplate, isTemplate, fields: blank(taskFields) });
};
