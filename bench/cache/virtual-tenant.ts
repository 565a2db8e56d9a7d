/** Notebooks of 200 experiments with four children each, as the simulator's large tenant, for a mix in virtual time. */
import type { AskUpstream } from '../../shared/exchange/cache-rules.ts';

const experimentsPerNotebook = 200;
const childTypes = ['text', 'grid', 'imageResource', 'uploadedResource'];

type Item = { version: number; editedAtMillis: number };
type Edit = { readonly eid: string; readonly atMillis: number };

export const createVirtualTenant = (count: number, nowMillis: () => number) => {
  const items = new Map<string, Item>();
  const edits: Edit[] = [];
  const eidAt = (index: number): string => `experiment:e${index}`;
  const notebookOf = (eid: string): string => `journal:j${Math.floor(Number(eid.slice(12)) / experimentsPerNotebook)}`;
  const isNotebook = (eid: string): boolean => eid.startsWith('journal:');
  const itemOf = (eid: string): Item => items.get(eid) ?? { version: 0, editedAtMillis: 0 };
  const notebooks = [...new Set(Array.from({ length: count }, (_, index) => notebookOf(eidAt(index))))];

  const attributesOf = (eid: string, { version, editedAtMillis }: Item) => ({
    ...{ type: eid.split(':')[0], name: eid, version, state: 'open', flags: { canEdit: true } },
    // What changes inside a notebook does not move its digest.
    digest: isNotebook(eid) ? '0' : String(version),
    editedAt: new Date(editedAtMillis).toISOString(),
  });
  const resource = (eid: string) => ({
    type: 'entity',
    id: eid,
    attributes: attributesOf(eid, itemOf(eid)),
    relationships: { ancestors: { data: isNotebook(eid) ? [] : [{ type: 'entity', id: notebookOf(eid) }] } },
  });
  const childrenOf = (eid: string) => childTypes.map((type) => ({ type: 'entity', id: `${type}:${eid.slice(11)}` }));

  const stamp = (eid: string, version: number): void => {
    const atMillis = nowMillis();
    items.set(eid, { version, editedAtMillis: atMillis });
    edits.push({ eid, atMillis });
  };

  /** Each record once, at its last change. */
  const changedSince = (millis: number): readonly string[] => {
    const first = edits.findLastIndex(({ atMillis }) => atMillis < millis) + 1;
    return [...new Set(edits.slice(first).map(({ eid }) => eid))];
  };

  return {
    eidAt,
    versionOf: (eid: string): number => itemOf(eid).version,

    edit(eid: string): void {
      stamp(eid, itemOf(eid).version + 1);
      stamp(notebookOf(eid), itemOf(notebookOf(eid)).version);
    },

    document: (eid: string) => {
      const { relationships, ...rest } = resource(eid);
      const data = { ...rest, relationships: { ...relationships, children: { data: childrenOf(eid) } } };
      const included = childrenOf(eid).map((child) => ({ ...child, attributes: { digest: '0' } }));
      return { data, included: [{ type: 'user', id: '101' }, ...included] };
    },

    /** The listing of changes. */
    list: (pathAndQuery: string): Pick<Awaited<ReturnType<AskUpstream>>, 'status' | 'headers' | 'body'> => {
      const { searchParams } = new URL(pathAndQuery, 'https://snb.example.com');
      const [offset = 0, limit = 0] = ['page[offset]', 'page[limit]'].map((name) => Number(searchParams.get(name)));
      const startMillis = Date.parse(searchParams.get('start') ?? '');
      const isOfTrash = searchParams.get('includeOptions')?.includes('trashed') ?? false;
      const all = startMillis === 0 ? notebooks : changedSince(startMillis);
      const found = isOfTrash ? [] : all.slice(offset, offset + limit);
      const next = offset + limit < all.length && !isOfTrash ? { next: `?page[offset]=${offset + limit}` } : {};
      return {
        status: 200,
        headers: [['date', new Date(nowMillis()).toUTCString()]],
        body: Buffer.from(JSON.stringify({ data: found.map(resource), links: next })),
      };
    },
  };
};
