/** A tenant of a few records inside one another that lists its changes as Signals does, and remembers how everything was. */
import type { ManualClock } from './support.ts';

export type Habits = {
  /** Whether a change moves the times of change of the records above. */
  readonly cascades: boolean;
  /** Whether the listing names the records above. */
  readonly namesAncestors: boolean;
  /** How far the tenant's clock is ahead. */
  readonly skewMillis: number;
  /** How long a change takes to show in the listing. */
  readonly lagMillis: number;
};

export type ChangeOfTenant =
  | { readonly do: 'edit' | 'archive' | 'create' | 'trash' | 'delete'; readonly eid: string }
  | { readonly do: 'move'; readonly eid: string; readonly to: string };

type Item = {
  readonly parent: string | undefined;
  readonly version: number;
  readonly digest: number;
  readonly editedAtMillis: number;
  readonly isTrashed: boolean;
  readonly isArchived: boolean;
};
type State = ReadonlyMap<string, Item>;

const firstParents: Readonly<Record<string, string | undefined>> = {
  'journal:j1': undefined,
  'journal:j2': undefined,
  'experiment:e1': 'journal:j1',
  'experiment:e2': 'journal:j1',
  'text:t1': 'experiment:e1',
  'text:t2': 'experiment:e1',
};

const above = (state: State, eid: string | undefined): readonly string[] => {
  const parent = state.get(eid ?? '')?.parent;
  return parent === undefined ? [] : [parent, ...above(state, parent)];
};
const isUnderTrash = (state: State, eid: string): boolean => above(state, eid).some((one) => state.get(one)?.isTrashed);

const attributesOf = (state: State, eid: string, { version, digest, editedAtMillis, isTrashed, isArchived }: Item) => ({
  type: eid.split(':')[0],
  version,
  digest: String(digest),
  editedAt: new Date(editedAtMillis).toISOString(),
  state: isArchived ? 'archived' : 'open',
  flags: {
    canEdit: ![eid, ...above(state, eid)].some((one) => state.get(one)?.isTrashed || state.get(one)?.isArchived),
    ...(isTrashed ? { isTrashed } : {}),
  },
});

const documentIn = (state: State, eid: string, include: string) => {
  const item = state.get(eid);
  if (!item) return undefined;
  const children = [...state].filter(([, { parent, isTrashed }]) => parent === eid && !isTrashed);
  const named = (ids: readonly string[]) => ({ data: ids.map((id) => ({ type: 'entity', id })) });
  return {
    data: {
      type: 'entity',
      id: eid,
      attributes: attributesOf(state, eid, item),
      relationships: { ancestors: named(above(state, eid)), children: named(children.map(([id]) => id)) },
    },
    included: [
      { type: 'user', id: '101' },
      ...(include === '' ? children : []).map(([id, child]) => ({
        type: 'entity',
        id,
        attributes: attributesOf(state, id, child),
      })),
    ],
  };
};

export const createListingTenant = (time: ManualClock, habits: Habits) => {
  const nowMillis = (): number => time.nowMillis() + habits.skewMillis;
  let created = 0;
  const newItem = (parent: string | undefined, editedAtMillis: number): Item => ({
    ...{ parent, version: 1, digest: 1, editedAtMillis, isTrashed: false, isArchived: false },
  });
  const first: State = new Map(Object.entries(firstParents).map(([eid, parent]) => [eid, newItem(parent, 0)]));
  const states: { readonly sinceMillis: number; readonly state: State }[] = [{ sinceMillis: 0, state: first }];
  const now = (): State => states.at(-1)?.state ?? first;

  /** A write to a record moves its digest and time, and only the times above. */
  const touch = (state: Map<string, Item>, eid: string | undefined, parts: Partial<Item> = {}): void => {
    const item = state.get(eid ?? '');
    if (!item || eid === undefined) return;
    const editedAtMillis = Math.max(nowMillis(), item.editedAtMillis + 1);
    state.set(eid, { ...item, digest: item.digest + 1, editedAtMillis, ...parts });
    for (const one of habits.cascades ? above(state, eid) : []) {
      const higher = state.get(one) as Item;
      state.set(one, { ...higher, editedAtMillis: Math.max(editedAtMillis, higher.editedAtMillis) });
    }
  };

  const changeIn = (state: Map<string, Item>, change: ChangeOfTenant): void => {
    const { eid } = change;
    const item = state.get(eid);
    if (!item) return;
    if (change.do === 'edit') touch(state, eid, { version: item.version + 1 });
    if (change.do === 'archive') touch(state, eid, { isArchived: !item.isArchived });
    if (change.do === 'trash') touch(state, eid, { isTrashed: !item.isTrashed });
    if (change.do === 'move') touch(state, eid, { parent: change.to });
    if (change.do === 'create') {
      created += 1;
      state.set(`text:new${created}`, newItem(eid, nowMillis()));
    }
    if (change.do === 'delete') state.delete(eid);
    // The digest of a parent moves with what is in it (developer guide).
    if (change.do === 'create') touch(state, eid);
    if (change.do === 'move' || change.do === 'delete' || change.do === 'trash') touch(state, item.parent);
    if (change.do === 'move') touch(state, change.to);
  };

  const stateAt = (millis: number): State =>
    states.findLast(({ sinceMillis }) => sinceMillis <= millis)?.state ?? first;

  return {
    change(change: ChangeOfTenant): void {
      const next = new Map(now());
      changeIn(next, change);
      states.push({ sinceMillis: time.nowMillis(), state: next });
    },

    document: (eid: string, include: string) => documentIn(now(), eid, include),

    /** Whether a document read like this at some instant since then. */
    wasSo: (eid: string, include: string, text: string, sinceMillis: number): boolean =>
      states.some(({ state }, index) => {
        const untilMillis = states[index + 1]?.sinceMillis ?? Number.POSITIVE_INFINITY;
        if (untilMillis < sinceMillis) return false;
        return JSON.stringify(documentIn(state, eid, include) ?? { errors: [] }) === text;
      }),

    /** The answer to the sweep, as the listing was a while ago. */
    list(pathAndQuery: string) {
      const { searchParams } = new URL(pathAndQuery, 'https://snb.example.com');
      const state = stateAt(time.nowMillis() - habits.lagMillis);
      const types = searchParams.get('includeTypes')?.split(',') ?? [];
      const isOfTrash = searchParams.get('includeOptions')?.includes('trashed') ?? false;
      const startMillis = Date.parse(searchParams.get('start') ?? '');
      const found = [...state].filter(
        ([eid, { editedAtMillis, isTrashed }]) =>
          types.includes(eid.split(':')[0] ?? '') &&
          (isTrashed || isUnderTrash(state, eid)) === isOfTrash &&
          editedAtMillis >= startMillis,
      );
      const data = found.map(([eid, item]) => ({
        type: 'entity',
        id: eid,
        attributes: attributesOf(state, eid, item),
        relationships: habits.namesAncestors
          ? { ancestors: { data: above(state, eid).map((id) => ({ type: 'entity', id })) } }
          : {},
      }));
      const date = new Date(nowMillis()).toUTCString();
      return {
        status: 200,
        headers: [['date', date]] as const,
        body: Buffer.from(JSON.stringify({ data, links: {} })),
      };
    },
  };
};
