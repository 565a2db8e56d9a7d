/** How answers of a Signals tenant are cached. docs/caching.md says it in prose. */
import type { CacheRules } from '../../exchange/cache-rules.ts';
import { bareId, isTop } from './entity-id.ts';
import { createSignalsFeed } from './feed.ts';
import { readDocument, sweptType } from './records.ts';
import { classTag, isShortLived, tagsOfRead, tagsOfWrite, wideTagsOfWrite } from './tags.ts';

/** Types of entities that the change sweep asks for. */
const sweptTypes: readonly string[] = [
  ...['journal', 'experiment', 'request', 'ado', 'text', 'chemicalDrawing', 'grid', 'materialsTable', 'variationsGrid'],
  ...['hierarchicalGrid', 'worksheet', 'sample', 'samplesContainer', 'paraSamplesGrid', 'task', 'taskContainer'],
  ...['linkedTaskContainer', 'plateContainer', 'imageResource', 'uploadedResource', 'viewonly', 'excel'],
  ...['presentation', 'pdf', 'spotfiredxp', 'signals_spotfiredxp', 'paraexp', 'parasubexp', 'paraLayout', 'paragrid'],
];

export const signalsCacheRules = {
  nameOf: bareId,
  tagsOfRead,
  wideTagsOfWrite,
  isShortLived,
  tagsOfWrite,
  // An export reads; any other job changes records until it is done.
  jobMayChange: ({ path }) => !/export/i.test(path),
  readDocument,
  changes: {
    feed: createSignalsFeed,
    types: sweptTypes,
    defaultTypes: ['journal', 'experiment', 'request'],
    typeOf: sweptType,
    topTypes: sweptTypes.filter((type) => isTop(`${type}:`)),
    isTop,
    everyRecord: [classTag('entity')],
  },
} as const satisfies CacheRules;
