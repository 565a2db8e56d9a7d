/** What each group of Signals operations is about: the tags of the OpenAPI document. */
export const signalsGroups: Readonly<Record<string, string>> = {
  entities:
    'Notebooks, experiments, requests, samples and everything in them: list, search, create, read, change, upload, export, trash.',
  adt: 'Tables: admin-defined tables, worksheets and variations tables, their rows and columns.',
  attributes: 'Attributes: the lists of allowed values, ontologies, and autotext.',
  chemistry: 'Drawings of paired oligonucleotide strands.',
  cro: 'The notebook as a contract partner sees it.',
  fragments: 'Salts and solvates.',
  'hierarchical-tables': 'Tables with layers: rows below parent rows.',
  history: 'Change history, past revisions and the audit log.',
  inventory: 'Containers, locations, orders and suppliers, and the jobs that move, change and export many at once.',
  materials: 'Material libraries, assets and batches, materials tables, and bulk import, update and export.',
  monomers: 'Monomer libraries and monomers.',
  'parallel-experiments': 'Parallel experiments: enumerators, sub-experiment summaries and layouts.',
  plates: 'Plate containers, plates, wells and annotation layers.',
  scim: 'Users and groups by SCIM 2.0, in `application/scim+json`.',
  stoichiometry: 'Reaction grids and the structures of chemical drawings.',
  synergy: 'Work with contract partners: organisations, collaborations, work orders, designs.',
  system: 'The release of the tenant, parser definitions, security policy.',
  tasks: 'Tasks, todo lists and tasks tables.',
  'tenant-notifications': 'Notifications that the tenant recorded: pull them, mark them.',
  'tenant-tokens':
    "Revocation of bearer tokens in the tenant, everybody's at once too: a scope must name this group, `*` does not cover it.",
  users: 'Users, groups, roles and the profile behind the current credential.',
};
