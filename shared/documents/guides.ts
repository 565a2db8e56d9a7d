/** The guides of the portal, in reading order. Each is `docs/<name>.md`, served at `/docs/guides/<name>`. */
export const guideGroups: readonly { readonly title: string; readonly guides: readonly string[] }[] = [
  { title: 'Start', guides: ['tutorial', 'quick-start', 'me', 'consumers', 'native-surface', 'errors', 'glossary'] },
  { title: 'Read and write', guides: ['caching', 'quota', 'idempotency', 'requests', 'usage', 'workflows', 'people'] },
  {
    title: 'Resources',
    guides: [
      ...['entities', 'materials', 'registration', 'uploads', 'downloads', 'exports', 'archive'],
      ...['lists-and-sources', 'external-actions'],
    ],
  },
  { title: 'Events', guides: ['notifications', 'events'] },
  { title: 'Identities and clients', guides: ['tokens', 'browsers', 'client'] },
  { title: 'Operate', guides: ['ops', 'runbook', 'health', 'incidents'] },
];

/** Pictures of `docs/screenshots/` that guides show. */
export const guidePictures: readonly string[] = [
  ...['consent.webp', 'me.webp', 'ops.webp', 'portal.webp', 'reference.webp', 'signing-check.webp'],
];

export const guideNames: readonly string[] = guideGroups.flatMap(({ guides }) => guides);
