/** One of each rarer thing: worksheet, variations and hierarchical tables, plates, tasks, monomers, a parallel experiment. */
import type { Json } from '../json.ts';
import { bytesContent, textContent } from '../tenant/content.ts';
import { createDrawing } from '../tenant/drawings.ts';
import type { Field, FieldDefinition } from '../tenant/model.ts';
import { createPlateSet } from '../tenant/plates.ts';
import type { Column, Table } from '../tenant/table.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { addBlankDrawing } from '../topics/copy.ts';
import { drawnValues, recalculate } from '../topics/stoichiometry-sums.ts';
import type { Builder } from './builder.ts';
import { taskFields } from './definitions.ts';
import { wordBytes } from './documents.ts';
import { demoIds } from './ids.ts';

const uuid = (number: number) => `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`;

export const demoSpecials = {
  experiment: `experiment:${uuid(40)}`,
  worksheet: `worksheet:${uuid(41)}`,
  variations: `variationsGrid:${uuid(42)}`,
  hierarchy: `hierarchicalGrid:${uuid(43)}`,
  plates: `plateContainer:${uuid(44)}`,
  tasks: `taskContainer:${uuid(45)}`,
  task: `task:${uuid(46)}`,
  todo: `linkedTaskContainer:${uuid(47)}`,
  materialsTable: `materialsTable:${uuid(48)}`,
  monomerLibrary: `monomerLibrary:${uuid(49)}`,
  monomer: `monomer:${uuid(50)}`,
  paraexp: `paraexp:${uuid(51)}`,
  enumerator: `paraenum:${uuid(52)}`,
  extEnumerator: `extparaenum:${uuid(53)}`,
  subexpSummary: `paragrid:${uuid(54)}`,
  subexpLayout: `paraLayout:${uuid(55)}`,
  ado: `ado:${uuid(56)}`,
  request: `request:${uuid(57)}`,
} as const;

const worksheetFields: readonly FieldDefinition[] = [
  { id: '60', name: 'Operator', type: 'text' },
  { id: '61', name: 'Weight', type: 'unit', units: ['g', 'mg'] },
  { id: '62', name: 'Passed', type: 'boolean' },
];

const blank = (definitions: readonly FieldDefinition[]): Field[] =>
  definitions.map((definition) => ({ definition, value: '' }));
const column = (key: string, title: string, type: Column['type'] = 'text'): Column => ({
  key,
  title,
  type,
  isUserDefined: true,
});
const columns = () => [column('k1', 'Component'), column('k2', 'Amount', 'number')];

const filled = ({ tenant }: Builder, names: readonly string[], parents: readonly string[] = []): Table => ({
  columns: columns(),
  rows: names.map((name, index) => ({
    id: tenant.random.uuid(),
    cells: new Map([
      ['k1', { value: name }],
      ['k2', { value: index + 1 }],
    ]),
    ...(parents[index] === undefined ? {} : { parentRowId: parents[index] }),
  })),
});

const addVariations = (builder: Builder, id: string, more: object) => {
  builder.add('variationsGrid', 'Variations', { id, ...more });
  builder.tenant.tables.set(id, filled(builder, ['Buffer', 'Salt']));
  builder.tenant.tableParts.set(id, [{ id: 'v1', name: 'Variant 1' }]);
  builder.tenant.tables.set(`${id}/v1`, filled(builder, ['Buffer', 'Salt']));
};

const addHierarchy = (builder: Builder, id: string, more: object) => {
  builder.add('hierarchicalGrid', 'Steps', { id, ...more });
  const steps = filled(builder, ['Mix', 'Heat']);
  const ids = steps.rows.map((row) => row.id);
  builder.tenant.tables.set(id, { columns: [column('h1', 'Batch size')], rows: [] });
  builder.tenant.tableParts.set(id, [
    { id: 'steps', name: 'Steps' },
    { id: 'actions', name: 'Actions' },
  ]);
  builder.tenant.tables.set(`${id}/steps`, steps);
  builder.tenant.tables.set(
    `${id}/actions`,
    filled(builder, ['Add water', 'Stir', 'Ramp'], [ids[0] ?? '', ids[0] ?? '', ids[1] ?? '']),
  );
};

const addTasks = ({ add, tenant }: Builder) => {
  const parentId = demoSpecials.experiment;
  add('taskContainer', 'Tasks', { id: demoSpecials.tasks, parentId });
  for (let index = 1; index <= 3; index += 1)
    add('task', `Task-${index}`, {
      ...(index === 1 ? { id: demoSpecials.task } : {}),
      parentId: demoSpecials.tasks,
      templateId: demoIds.taskTemplate,
      state: 'Open',
      fields: taskFields.map((definition) => ({ definition, value: definition.name === 'Priority' ? 'Normal' : '' })),
    });
  add('linkedTaskContainer', 'My list', { id: demoSpecials.todo });
  tenant.linkedTasks.set(demoSpecials.todo, [demoSpecials.task]);
};

/** An admin-defined object with the children that recorded ones have. */
const addRecord = ({ add, tenant }: Builder) => {
  const ado = add('ado', 'Instrument booking', { id: demoSpecials.ado, parentId: demoIds.notebook, state: 'open' });
  tenant.ados.set(ado.id, { id: '1', baseType: 'experiment', adoName: 'Assay Record' });
  add('linkedTaskContainer', 'Tasks', { parentId: ado.id });
  add('text', 'Notes', { parentId: ado.id, content: textContent('text/html', '<p>Booked</p>') });
};

const addRequest = ({ add }: Builder) => {
  const request = add('request', 'Analysis of batches', { id: demoSpecials.request, state: 'open' });
  const tasks = add('taskContainer', 'Tasks', { parentId: request.id });
  add('task', 'Task-1', {
    parentId: tasks.id,
    templateId: demoIds.taskTemplate,
    state: 'Open',
    fields: blank(taskFields),
  });
  const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  add('viewonly', 'Instructions.docx', {
    parentId: request.id,
    content: bytesContent(word, wordBytes('Instructions')),
  });
  add('text', 'Question', { parentId: request.id, content: textContent('text/html', '<p>How pure?</p>') });
};

const addParallel = ({ add, tenant }: Builder) => {
  const parentId = demoSpecials.paraexp;
  add('paraexp', 'Library synthesis', { id: parentId, parentId: demoIds.notebook, state: 'open' });
  add('paraenum', 'Enumerator', { id: demoSpecials.enumerator, parentId });
  add('extparaenum', 'External enumerator', { id: demoSpecials.extEnumerator, parentId });
  add('paragrid', 'Summary', { id: demoSpecials.subexpSummary, parentId });
  add('paraLayout', 'Layout', { id: demoSpecials.subexpLayout, parentId });
  add('text', 'Aim', { parentId, content: textContent('text/html', '<p>A library of amides</p>') });
  for (let index = 1; index <= 6; index += 1)
    addBlankDrawing(tenant, add('parasubexp', `Sub ${index}`, { parentId, state: 'open' }), '100');
  tenant.objects.set(demoSpecials.enumerator, { groups: [{ id: 'R1', compounds: 2 }], compounds: [] });
  tenant.objects.set(demoSpecials.extEnumerator, { mapping: [], files: [] });
  tenant.objects.set(demoSpecials.subexpLayout, { rows: 8, columns: 12, wells: [] });
};

export const loadSpecials = (builder: Builder): void => {
  const { add, tenant } = builder;
  const parentId = demoSpecials.experiment;
  add('experiment', 'One of each', { id: parentId, parentId: demoIds.notebook, state: 'open' });
  addRecord(builder);
  addRequest(builder);
  add('worksheet', 'Weighing', { id: demoIds.worksheetTemplate, isTemplate: true, fields: blank(worksheetFields) });
  add('worksheet', 'Weighing', {
    id: demoSpecials.worksheet,
    parentId,
    templateId: demoIds.worksheetTemplate,
    fields: blank(worksheetFields),
  });
  addVariations(builder, demoIds.variationsTemplate, { isTemplate: true });
  addVariations(builder, demoSpecials.variations, { parentId });
  addHierarchy(builder, demoIds.hierarchicalTemplate, { isTemplate: true });
  addHierarchy(builder, demoSpecials.hierarchy, { parentId });
  add('plateContainer', 'Plates', { id: demoSpecials.plates, parentId });
  tenant.plates.set(demoSpecials.plates, createPlateSet(8, 12, 2));
  add('materialsTable', 'Compounds', { id: demoSpecials.materialsTable, parentId });
  tenant.tables.set(demoSpecials.materialsTable, {
    columns: [column('m1', 'Material', 'link'), column('m2', 'Structure'), column('m3', 'Amount', 'number')],
    rows: [],
  });
  addTasks(builder);
  addParallel(builder);
  add('monomerLibrary', 'Amino acids', { id: demoSpecials.monomerLibrary });
  add('monomer', 'Ala', { id: demoSpecials.monomer, parentId: demoSpecials.monomerLibrary });
  tenant.objects.set(demoSpecials.monomer, { status: 'ACTIVE', smiles: 'CC(N)C(=O)O' });
  loadReaction(tenant);
};

/** Benzene to cyclohexane, in the drawing that the examples use. */
const loadReaction = (tenant: Tenant): void => {
  const drawing = createDrawing();
  const draw = (
    position: 'reactants' | 'products',
    id: string,
    smiles: string,
    more: Readonly<Record<string, Json>>,
  ) => {
    drawing.reaction.set(position, [{ id, smiles }]);
    const values = new Map([...drawnValues(smiles, position === 'products'), ...Object.entries(more)]);
    drawing.grids[position].push({ id, smiles, isCustom: false, values });
  };
  draw('reactants', '12', 'c1ccccc1', { name: 'Benzene', IUPACName: 'benzene', sm: '2 g' });
  draw('products', '15', 'C1CCCCC1', { name: 'Cyclohexane', IUPACName: 'cyclohexane' });
  recalculate(drawing, drawing.grids.reactants[0], new Set(['sm']));
  tenant.drawings.set(demoIds.drawing, drawing);
};
