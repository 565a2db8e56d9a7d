/** What a caller of one Signals operation should know beyond its summary. */
import type { Operation } from '../../../shared/catalogue/operation.ts';
import { nameOf } from '../native-api.ts';

/** The words for a row's digest column; a path parameter stands for itself. */
const digestOwners: Readonly<Record<string, string>> = {
  ancestor: 'the parent that `relationships.ancestors` names; without ancestors none is needed',
  parent: 'the parent that the new entity goes into',
  'parent-of-eid': 'the **parent** of `{eid}`',
  'container-of-taskId': 'the task container (`taskContainer`) of the task, not the task',
};

const digestNote = ({ digest, query }: Operation): string[] => {
  if (!digest || !query.includes('digest')) return [];
  return [`Digest: that of ${digestOwners[digest] ?? `\`{${digest}}\``}.`];
};

const single: Readonly<Record<string, readonly string[]>> = {
  'POST /entities': [
    'Name the direct parent in `relationships.ancestors` (a list); without it the entity belongs to no notebook. A name that the parent already has for this type gives 409.',
    'Creating a child changes the digest of the parent: read it again before the next create.',
  ],
  'POST /entities/{eid}/children/{filename}': ['`{eid}` is the parent; every upload changes its digest.'],
  'DELETE /entities/{eid}': ['Trashes the entity. A second call gives 403.'],
  'PATCH /entities/{eid}/properties': ['Changes existing properties and adds none. PUT is 404 on this path.'],
  'GET /entities/{eid}/export': ['Not for experiments and notebooks: use the PDF or bulk export.'],
  'POST /entities/search': [
    'Add `isTemplate: false`, and `mode: "keyword"` for whole words, or too much is found. Everything but the system fields is a tag and needs `in: "tags"` and `as`.',
  ],
  'PUT /entities/export/pdf': [
    'Then ask HEAD `/entities/export/pdf/{fileId}` every few seconds. The file is kept about 30 minutes.',
  ],
  'HEAD /entities/export/pdf/{fileId}': ['`Content-Length: 0` while working, its size when done.'],
  'POST /entities/export/bulk': ['429 also means that no export worker is free: try again after a short pause.'],
  'GET /entities/export/bulk/{jobId}/contents': [
    'Works **once**: a second call gives 404. Keep the bytes before you parse them.',
  ],
  'GET /adt/{eid}': ['The whole table, without paging. `included` has the columns and the digest of the table.'],
  'PATCH /adt/{eid}': [
    'Each row has `attributes.action`: create, update or delete, the last two with an id. Cells go by column key.',
  ],
  'GET /users/{userId}': ['`/users/me` is 400: use `/profiles/me`.'],
  'POST /inventory/containers': ['Answers with a list of one container.'],
  'GET /notifications': ['Kept 180 days.'],
};

export const signalsNotes = (operation: Operation): readonly string[] => [
  ...digestNote(operation),
  ...(single[nameOf(operation)] ?? []),
];
