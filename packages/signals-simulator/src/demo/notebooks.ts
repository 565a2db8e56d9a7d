/** Notebooks and experiments of an organisation, in every state, with typical contents. */
import { bytesContent, textContent } from '../tenant/content.ts';
import type { Entity, Field } from '../tenant/model.ts';
import type { Row } from '../tenant/table.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { pngBytes } from '../topics/images.ts';
import { selfDigest } from '../topics/samples.ts';
import type { Builder } from './builder.ts';
import { experimentFields, gridColumns, projects, sampleFields } from './definitions.ts';
import { cdxmlText } from './documents.ts';
import { demoIds } from './ids.ts';

const states = ['open', 'open', 'open', 'closed', 'archived', 'voided'];
const topics = [
  'Suzuki coupling',
  'Enzyme assay',
  'Crystallisation',
  'Stability study',
  'Dose response',
  'Buffer screen',
];
const smiles = ['CCO', 'c1ccccc1', 'CC(=O)Oc1ccccc1C(=O)O', 'CN1C=NC2=C1C(=O)N(C)C(=O)N2C', 'C1CCCCC1'];

const filledFields = ({ tenant }: Builder, index: number): Field[] => {
  const { random } = tenant;
  const values: readonly Partial<Field>[] = [
    { value: random.pick(projects) },
    { value: `AB-${(index % 9) + 1}-${2000 + index}` },
    { value: new Date(Date.parse('2026-02-01T08:00:00Z') + index * 86_400_000).toISOString() },
    { value: Math.round(random.next() * 1000) / 10 },
    { value: random.below(20) },
    { value: random.below(2) === 1 },
    { values: ['HPLC', 'NMR'].slice(0, 1 + random.below(2)) },
    { value: '' },
    { value: 'kept by the system' },
  ];
  return experimentFields.map((definition, place) => ({ definition, ...values[place] }));
};

const html = (text: string) => textContent('text/html', `<html><body><p>${text}</p></body></html>`);

const demoRow = (builder: Builder, index: number, linked: string): Row => {
  const { random } = builder.tenant;
  const mass = 1 + random.below(90) / 10;
  const contents = [
    { value: random.pick(['red', 'blue', 'green', 'fünf "Zoll", schräg']) },
    { value: 20.5 + index },
    { value: index },
    { value: random.pick(['pass', 'fail', 'repeat']) },
    { values: ['fast', 'pure'] },
    { value: index % 2 === 0 },
    { value: '2026-03-01T10:00:00.000Z' },
    { value: mass, units: 'g', display: `${mass} g` },
    { value: linked },
    { values: [linked, demoIds.notebook] },
    { display: 'Protocol', value: 'https://example.com/protocols/7?a=1&b=[2]' },
    { value: random.pick(projects) },
    { values: ['Chemistry', 'Biology'] },
    { value: 'Evaporated in vacuo.' },
    { value: `key-${index}` },
  ];
  const cells = new Map(gridColumns.map(({ key }, place) => [key, contents[place] ?? { value: '' }] as const));
  return { id: random.uuid(), cells };
};

const addGrid = (builder: Builder, parent: Entity, name: string, rowCount: number, id?: string) => {
  const grid = builder.add('grid', name, {
    parentId: parent.id,
    templateId: demoIds.gridTemplate,
    ...(id === undefined ? {} : { id }),
  });
  builder.tenant.tables.set(grid.id, {
    columns: gridColumns.map((column) => ({ ...column })),
    rows: Array.from({ length: rowCount }, (_, index) => demoRow(builder, index, parent.id)),
  });
};

const addSamples = (
  builder: Builder,
  parent: Entity,
  count: number,
  ids: { container?: string; first?: string } = {},
) => {
  const { random } = builder.tenant;
  const container = builder.add('samplesContainer', 'Samples', {
    parentId: parent.id,
    ...(ids.container === undefined ? {} : { id: ids.container }),
  });
  for (let index = 0; index < count; index += 1)
    builder.add('sample', `Sample-${index + 1}`, {
      parentId: container.id,
      templateId: demoIds.sampleTemplate,
      state: 'Active',
      ...(index === 0 && ids.first !== undefined ? { id: ids.first } : {}),
      fields: sampleFields.map((definition, place) => ({
        definition,
        value:
          ['', '', `${1 + random.below(50) / 10} g`, `S-${index + 1}`, 'Fridge', 98.5, '2026-02-03T00:00:00.000Z'][
            place
          ] ?? '',
      })),
    });
};

const addDrawing = (builder: Builder, parent: Entity, structure: string, id?: string) =>
  builder.add('chemicalDrawing', 'Reaction', {
    parentId: parent.id,
    content: textContent('chemical/x-cdxml', cdxmlText(structure)),
    fields: [{ definition: { id: '50', name: 'SMILES', type: 'structure' }, value: structure }],
    ...(id === undefined ? {} : { id }),
  });

const addChildren = (builder: Builder, experiment: Entity, index: number) => {
  const { add, tenant } = builder;
  add('text', 'Aim', { parentId: experiment.id, content: html(`Aim of ${topics[index % topics.length]}`) });
  if (index % 2 === 0) addGrid(builder, experiment, 'Results', 3);
  if (index % 3 === 0) addDrawing(builder, experiment, tenant.random.pick(smiles));
  if (index % 4 === 0) addSamples(builder, experiment, 2);
  if (index % 5 === 0)
    add('imageResource', 'gel.png', {
      parentId: experiment.id,
      content: bytesContent('image/png', pngBytes(64, 48, index)),
    });
};

/** An outside system has confirmed every third sample; every sixth has changed since. */
const registerSamples = (tenant: Tenant) => {
  for (const [index, sample] of [...tenant.entities.ofType('sample')].entries()) {
    if (sample.isTemplate || sample.id === demoIds.sample || index % 3 !== 0) continue;
    const digest = selfDigest(sample);
    tenant.externalDigests.set(sample.id, index % 6 === 0 ? selfDigest({ ...sample, name: 'before' }) : digest);
  }
};

/** The experiment that examples and tests use: one child of each usual kind. */
const addShowcase = (builder: Builder) => {
  const { add } = builder;
  const parentId = demoIds.experiment;
  const experiment = add('experiment', 'Run 7', {
    id: demoIds.experiment,
    parentId: demoIds.notebook,
    createdBy: '101',
    state: 'open',
    templateId: demoIds.experimentTemplate,
    description: 'The experiment of the examples',
    fields: filledFields(builder, 7),
  });
  add('text', 'Aim', { id: demoIds.text, parentId, content: html('Couple the halide') });
  addGrid(builder, experiment, 'Results', 5, demoIds.grid);
  add('imageResource', 'plate.png', {
    id: demoIds.image,
    parentId,
    content: bytesContent('image/png', pngBytes(320, 200, 3)),
  });
  addSamples(builder, experiment, 4, { container: demoIds.samplesContainer, first: demoIds.sample });
  addDrawing(builder, experiment, 'c1ccccc1', demoIds.drawing);
};

const addAwkward = ({ add }: Builder, origin: string) => {
  const parentId = demoIds.notebook;
  add('experiment', 'Ünïcödé – Σύνθεση 合成 №7 🧪', {
    id: demoIds.awkwardExperiment,
    parentId,
    state: 'open',
    description: `See ${origin}/api/rest/v1.0/entities/${demoIds.experiment} and "links":{"self":"${origin}/api/rest/v1.0/users/100"}`,
  });
  add('experiment', 'Run [A] (50% "quoted") \\ O\'Neil & Sons / <b>bold</b>', { parentId, state: 'open' });
  add('experiment', `${origin}/api/rest/v1.0/entities/journal:x?page[limit]=5`, { parentId, state: 'open' });
  add('experiment', ' leading and trailing ', { parentId, state: 'open', description: 'tab\tline\nend\u2028' });
};

export const loadNotebooks = (builder: Builder, origin: string): void => {
  const { add, tenant } = builder;
  add('journal', 'Medicinal Chemistry 2026', {
    id: demoIds.notebook,
    createdBy: '101',
    description: 'Shared notebook',
  });
  addShowcase(builder);
  addAwkward(builder, origin);
  add('journal', 'Archive 2025', { id: demoIds.archiveNotebook, createdBy: '102' });
  const notebooks = [
    demoIds.archiveNotebook,
    ...['Analytics', 'Process Development', 'Ada Novak', 'Elif Yılmaz'].map((name) => add('journal', name).id),
  ];
  for (let index = 0; index < 72; index += 1) {
    const experiment = add('experiment', `${topics[index % topics.length]} ${index + 1}`, {
      parentId: notebooks[index < 40 ? 0 : index % notebooks.length] ?? demoIds.archiveNotebook,
      state: states[index % states.length] ?? 'open',
      description: `${topics[index % topics.length]} for project ${projects[index % projects.length]}`,
      fields: filledFields(builder, index),
      ...(index === 3 ? { id: demoIds.closedExperiment } : {}),
      ...(index % 9 === 0 ? { starredBy: ['100'] } : {}),
      ...(index % 3 === 0 ? { templateId: demoIds.experimentTemplate } : {}),
    });
    addChildren(builder, experiment, index);
  }
  add('journal', 'Private notes', { id: demoIds.privateNotebook, createdBy: '105' });
  add('experiment', 'Not for everybody', {
    id: demoIds.privateExperiment,
    parentId: demoIds.privateNotebook,
    createdBy: '105',
    state: 'open',
  });
  tenant.privateNotebooks.add(demoIds.privateNotebook);
  tenant.shares.set(demoIds.privateNotebook, [
    { id: '3', userId: '106', groupId: undefined, canRead: true, canWrite: false, hasFullControl: false },
  ]);
  add('experiment', 'Given up', {
    id: demoIds.trashedExperiment,
    parentId: demoIds.notebook,
    state: 'open',
    isTrashed: true,
  });
  const abandoned = add('experiment', 'Given up with its results', {
    id: demoIds.trashedWithChildren,
    parentId: demoIds.notebook,
    state: 'open',
    isTrashed: true,
  });
  add('text', 'Aim', { parentId: abandoned.id, content: html('Aim that nobody follows') });
  addGrid(builder, abandoned, 'Results', 2);
  for (let index = 0; index < 6; index += 1)
    add('request', `Request ${index + 1}`, { state: 'open', fields: filledFields(builder, index).slice(0, 3) });
  registerSamples(tenant);
  tenant.comments.set(demoIds.experiment, [
    {
      id: '1',
      entityId: demoIds.experiment,
      userId: '102',
      text: 'Please repeat at 40 °C',
      createdAtMillis: Date.parse('2026-02-02T10:00:00Z'),
    },
    {
      id: '2',
      entityId: demoIds.experiment,
      userId: '101',
      text: 'Done',
      createdAtMillis: Date.parse('2026-02-03T10:00:00Z'),
    },
  ]);
  tenant.shares.set(demoIds.notebook, [
    { id: '1', userId: '102', groupId: undefined, canRead: true, canWrite: true, hasFullControl: false },
    { id: '2', userId: undefined, groupId: '1', canRead: true, canWrite: false, hasFullControl: false },
  ]);
};
