/** The routes of /v1/lists and /v1/sources. */
import { changesBetween } from '../../shared/audit/changes.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { headerValue } from '../../shared/http/headers.ts';
import type { ListAdmin } from '../../shared/lists/admin/admin.ts';
import { listFacts, sourceFacts, toList, toSource } from '../../shared/lists/admin/documents.ts';
import { listAdminRoutes } from '../../shared/lists/admin/routes.ts';
import { foundItems, ListItemsBody, toTestDocument } from '../../shared/lists/admin/test-documents.ts';
import { readCsvItems, toCsv } from '../../shared/lists/csv-items.ts';
import type { ListDefinition } from '../../shared/lists/definition.ts';
import { checkItems, type ItemFault, type ListItem, unknownNames } from '../../shared/lists/items.ts';
import { itemFaultText, type Lists } from '../../shared/lists/lists.ts';
import type { Sources } from '../../shared/lists/sources.ts';
import { toPointer } from '../../shared/routes/faults.ts';
import { etagOf } from '../../shared/routes/if-match.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { type CapabilityParts, capability, done, type Note } from './capability.ts';
import type { Handle } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { checkJsonType, readJsonBody } from './parse-request.ts';

export type ListAdminRouteParts = CapabilityParts & {
  readonly admin: ListAdmin;
  readonly lists: Pick<Lists, 'read' | 'put'>;
  readonly sources: Pick<Sources, 'ask'>;
  readonly clock: Clock;
};

const invalid = (faults: readonly { detail: string; source?: { pointer: string } }[]): AppError =>
  new AppError('REQUEST_INVALID', { ...faults[0], faults });

const ofItem = (fault: ItemFault) => ({
  detail: itemFaultText(fault),
  source: { pointer: toPointer(['data', ...[fault.index, fault.field].filter((part) => part !== undefined)]) },
});

/** @throws AppError MEDIA_TYPE_UNKNOWN. */
const checkCsvType = ({ headers }: Pick<HttpRequest, 'headers'>): void => {
  const isCsv = /^text\/csv\s*(;|$)/i.test(headerValue(headers, 'content-type') ?? '');
  const isCoded = !['', 'identity'].includes(headerValue(headers, 'content-encoding') ?? '');
  if (!isCsv || isCoded)
    throw new AppError('MEDIA_TYPE_UNKNOWN', { detail: 'Send text/csv, without Content-Encoding.' });
};

/** @throws AppError REQUEST_INVALID that names every fault. */
const itemsOf = (given: unknown, list: ListDefinition): readonly ListItem[] => {
  const unknown = unknownNames(given, list);
  if (unknown)
    throw invalid(
      unknown.names.slice(0, 20).map((field) => ofItem({ index: unknown.index, field, detail: 'is no field' })),
    );
  const { items, faults } = checkItems(given, list);
  if (faults.length > 0) throw invalid(faults.map(ofItem));
  return items;
};

export const createListAdminRoutes = ({ admin, lists, sources, clock, ...parts }: ListAdminRouteParts): Handle => {
  /** The number of items is what the audit log keeps of them. */
  const replace = async (list: ListDefinition, items: readonly ListItem[], note: Note): Promise<void> => {
    const before = list.origin.kind === 'table' ? await lists.read(list) : [];
    await lists.put(list, items, clock.nowMillis());
    note(changesBetween({ items: before.length }, { items: items.length }));
  };

  return capability(listAdminRoutes)(parts, {
    listLists: async ({ request: { publicUrl } }) => ({
      status: 200,
      document: { data: (await admin.list('list')).map((list) => toList(list, publicUrl)) },
    }),

    createList: async ({ act, body: { data }, request: { publicUrl } }) => {
      const { header, secret, upstreamHeader, ...settings } = data.attributes;
      const create = async (note: Note) => {
        const made = await admin.create('list', data.id, settings, { header, secret, upstreamHeader });
        note(changesBetween(undefined, listFacts(made)));
        return made;
      };
      const made = await act(data.id, create, { ...settings, header });
      const headers = [etagOf(made), ['location', `${publicUrl}/v1/lists/${made.name}`]] as const;
      return { status: 201, document: { data: toList(made, publicUrl) }, headers };
    },

    readListDefinition: async ({ path, request: { publicUrl } }) => {
      const list = await admin.read('list', path.listName);
      return { status: 200, document: { data: toList(list, publicUrl) }, headers: [etagOf(list)] };
    },

    changeList: async ({ act, body: { data }, headers, path, request: { publicUrl } }) => {
      const { header, secret, endsOtherSecrets, upstreamHeader, ...settings } = data.attributes;
      const secrets = { header, secret, endsOtherSecrets, upstreamHeader };
      const change = async (note: Note) => {
        const { before, after } = await admin.change('list', path.listName, headers['If-Match'], settings, secrets);
        note(changesBetween(listFacts(before), listFacts(after)));
        return after;
      };
      const after = await act(path.listName, change, { ...settings, header, endsOtherSecrets });
      return { status: 200, document: { data: toList(after, publicUrl) }, headers: [etagOf(after)] };
    },

    removeList: async ({ act, headers, path }) => {
      const remove = async (note: Note) =>
        note(changesBetween(listFacts(await admin.remove('list', path.listName, headers['If-Match'])), undefined));
      await act(path.listName, remove, {});
      return done;
    },

    replaceListItems: async ({ act, path, request }) => {
      checkJsonType(request);
      const list = await admin.read('list', path.listName);
      const items = itemsOf(readJsonBody(request, ListItemsBody).data, list);
      await act(path.listName, (note) => replace(list, items, note), { items: items.length });
      return done;
    },

    readListCsv: async ({ path }) => {
      const list = await admin.read('list', path.listName);
      const items = list.origin.kind === 'table' ? await lists.read(list) : [];
      const headers = [
        ['content-type', 'text/csv; charset=utf-8'],
        ['content-disposition', `attachment; filename="${list.name}.csv"`],
      ] as const;
      return { status: 200, headers, body: Buffer.from(toCsv(items, list)) };
    },

    replaceListCsv: async ({ act, path, request }) => {
      checkCsvType(request);
      const list = await admin.read('list', path.listName);
      const { items, faults } = readCsvItems(request.body ?? new Uint8Array(), list);
      if (faults.length > 0)
        throw invalid(faults.map((fault) => ({ detail: itemFaultText(fault), source: { pointer: '' } })));
      await act(path.listName, (note) => replace(list, items, note), { items: items.length });
      return done;
    },

    testList: async ({ act, path }) => {
      const list = await admin.read('list', path.listName);
      const run = async () => foundItems(await lists.read(list));
      const test = () => toTestDocument({ type: 'list-test', id: list.name }, clock.nowMillis, run);
      return { status: 200, document: await act(list.name, test, {}) };
    },

    listSources: async ({ request: { publicUrl } }) => ({
      status: 200,
      document: { data: (await admin.list('source')).map((source) => toSource(source, publicUrl)) },
    }),

    createSource: async ({ act, body: { data }, request: { publicUrl } }) => {
      const { header, secret, upstreamHeader, ...settings } = data.attributes;
      const create = async (note: Note) => {
        const made = await admin.create('source', data.id, settings, { header, secret, upstreamHeader });
        note(changesBetween(undefined, sourceFacts(made)));
        return made;
      };
      const made = await act(data.id, create, { ...settings, header });
      const headers = [etagOf(made), ['location', `${publicUrl}/v1/sources/${made.name}`]] as const;
      return { status: 201, document: { data: toSource(made, publicUrl) }, headers };
    },

    readSource: async ({ path, request: { publicUrl } }) => {
      const source = await admin.read('source', path.sourceName);
      return { status: 200, document: { data: toSource(source, publicUrl) }, headers: [etagOf(source)] };
    },

    changeSource: async ({ act, body: { data }, headers, path, request: { publicUrl } }) => {
      const { header, secret, endsOtherSecrets, upstreamHeader, ...settings } = data.attributes;
      const secrets = { header, secret, endsOtherSecrets, upstreamHeader };
      const change = async (note: Note) => {
        const { before, after } = await admin.change('source', path.sourceName, headers['If-Match'], settings, secrets);
        note(changesBetween(sourceFacts(before), sourceFacts(after)));
        return after;
      };
      const after = await act(path.sourceName, change, { ...settings, header, endsOtherSecrets });
      return { status: 200, document: { data: toSource(after, publicUrl) }, headers: [etagOf(after)] };
    },

    removeSource: async ({ act, headers, path }) => {
      const remove = async (note: Note) =>
        note(
          changesBetween(sourceFacts(await admin.remove('source', path.sourceName, headers['If-Match'])), undefined),
        );
      await act(path.sourceName, remove, {});
      return done;
    },

    testSource: async ({ act, body: { data }, path }) => {
      const source = await admin.read('source', path.sourceName);
      const { key: id, username, userAlias } = data.attributes;
      const people = {
        ...(username === undefined ? {} : { username }),
        ...(userAlias === undefined ? {} : { user_alias: userAlias }),
      };
      const run = async () => ({ record: JSON.parse(await sources.ask(source, { id, ...people })) });
      const test = () => toTestDocument({ type: 'source-test', id: source.name }, clock.nowMillis, run);
      // Not the key: it may name a person.
      return { status: 200, document: await act(source.name, test, {}) };
    },
  });
};
