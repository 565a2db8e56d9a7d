/** Fields and columns that the demo templates use: one of every kind. */
import type { FieldDefinition } from '../tenant/model.ts';
import type { Column } from '../tenant/table.ts';

export const projects = ['Aurora', 'Borealis', 'Cascade', 'Delta'];

export const experimentFields: readonly FieldDefinition[] = [
  { id: '10', name: 'Project', type: 'list', options: projects, attributeId: 'attribute:1' },
  { id: '11', name: 'Project Identifier', type: 'text' },
  { id: '12', name: 'Planned Start', type: 'datetime' },
  { id: '13', name: 'Yield Target', type: 'number' },
  { id: '14', name: 'Number of Runs', type: 'integer' },
  { id: '15', name: 'Confidential', type: 'boolean' },
  { id: '16', name: 'Techniques', type: 'multiSelect', options: ['HPLC', 'NMR', 'LC-MS', 'X-ray'] },
  { id: '17', name: 'Reference', type: 'link' },
  { id: '18', name: 'System Note', type: 'text', canEdit: false },
  { id: '19', name: 'Organization', type: 'text' },
  { id: '20', name: 'Department', type: 'text', attributeId: 'attribute:2' },
  { id: '21', name: 'Modality', type: 'text' },
];

/** The other fields of a sample are the tenant's own (topics/samples.ts). */
export const sampleFields: readonly FieldDefinition[] = [
  { id: '2', name: 'Description', type: 'text' },
  { id: '3', name: 'Comments', type: 'text' },
  { id: '31', name: 'Amount', type: 'unit', measure: 'mass', units: ['g', 'mg', 'kg'] },
  { id: '30', name: 'Sample Name', type: 'text' },
  { id: '32', name: 'Storage', type: 'list', options: ['Fridge', 'Freezer', 'Bench'] },
  { id: '33', name: 'Purity', type: 'number' },
  { id: '34', name: 'Received', type: 'datetime' },
];

/** Numbers 1 to 13 are the same in every tenant; the others of them are the tenant's own (topics/task-fields.ts). */
export const taskFields: readonly FieldDefinition[] = [
  { id: '3', name: 'Reference ID', type: 'multiLink' },
  { id: '4', name: 'Requestor Comment', type: 'text' },
  { id: '5', name: 'Analyst Comment', type: 'text' },
  { id: '6', name: 'Required By', type: 'datetime' },
  { id: '7', name: 'Analyst', type: 'user' },
  { id: '40', name: 'Instructions', type: 'text' },
  { id: '41', name: 'Due Date', type: 'datetime' },
  { id: '42', name: 'Priority', type: 'list', options: ['Low', 'Normal', 'High'] },
];

const key = (number: number) => `c0000000-0000-4000-a000-${String(number).padStart(12, '0')}`;

/** The kinds of columns that every client knows. */
export const gridColumns: readonly Column[] = [
  { key: key(1), title: 'Colour', type: 'text', isUserDefined: true },
  { key: key(2), title: 'Temperature', type: 'number', isUserDefined: true },
  { key: key(3), title: 'Cycles', type: 'integer', isUserDefined: true },
  { key: key(4), title: 'Outcome', type: 'list', options: ['pass', 'fail', 'repeat'], isUserDefined: true },
  { key: key(5), title: 'Tags', type: 'multiSelect', options: ['fast', 'pure', 'cheap'], isUserDefined: true },
  { key: key(6), title: 'Approved', type: 'boolean', isUserDefined: true },
  { key: key(7), title: 'Measured at', type: 'datetime', isUserDefined: true },
  { key: key(8), title: 'Mass', type: 'unit', measure: 'mass', units: ['g', 'mg', 'kg'], isUserDefined: true },
  { key: key(9), title: 'Record', type: 'link', isUserDefined: true },
  { key: key(10), title: 'Records', type: 'multiLink', isUserDefined: true },
  { key: key(11), title: 'Web page', type: 'externalLink', isUserDefined: true },
  { key: key(12), title: 'Project', type: 'attributeList', options: projects, attributeId: 'attribute:1' },
  {
    key: key(13),
    title: 'Departments',
    type: 'attributeList',
    options: ['Chemistry', 'Biology', 'Analytics'],
    attributeId: 'attribute:2',
    isMulti: true,
  },
  {
    key: key(14),
    title: 'Procedure',
    type: 'autotextList',
    options: ['Stirred at room temperature.', 'Evaporated in vacuo.'],
    autotextListId: 'c0000000-0000-4000-b000-000000000001',
  },
  { key: key(15), title: 'Source key', type: 'text', isExternalKey: true },
];

/** Kinds that public clients refuse a whole table for; they are in a template of their own (client-shapes, section 4). */
export const rareColumns: readonly Column[] = [
  { key: key(21), title: 'Term', type: 'ontologyList', isUserDefined: true },
  { key: key(22), title: 'Analyst', type: 'user', isUserDefined: true },
  { key: key(23), title: 'Ratio', type: 'formula' },
];
