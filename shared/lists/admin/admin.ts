/** Administration of lists and sources: the rules that a definition keeps, and its versions. */
import type { Envelope } from '../../credentials/envelope.ts';
import { AppError } from '../../errors/app-error.ts';
import { withValue } from '../../notifications/hook-header.ts';
import type { Clock } from '../../time/clock.ts';
import {
  type CopyStore,
  type Definition,
  type DefinitionStore,
  type Kind,
  type ListDefinition,
  mostOfKind,
  type OutboundHeader,
  type SourceDefinition,
} from '../definition.ts';
import { itemsKey } from '../lists.ts';
import { allowsHost } from '../networks.ts';
import { sealedFor } from '../sealed-for.ts';
import { isUrlTemplate, originOf, placeholdersOf } from '../url-template.ts';

export type AdminParts = {
  readonly definitions: DefinitionStore;
  readonly copies: CopyStore;
  readonly envelope: Pick<Envelope, 'seal'>;
  readonly clock: Clock;
  /** In which systems of record may be. */
  readonly networks: readonly string[];
  /** In the twin, a system of record may be on this machine, without TLS. */
  readonly isLocal: boolean;
};

/** What an administrator wants of secrets, in the clear. */
export type SecretChange = {
  readonly header?: string | undefined;
  readonly secret?: string | undefined;
  readonly endsOtherSecrets?: true | undefined;
  readonly upstreamHeader?: { readonly name: string; readonly value: string } | null | undefined;
};

type Of<K extends Kind> = K extends 'list' ? ListDefinition : SourceDefinition;
/** What a definition says, without what the facade adds. */
type Settings<K extends Kind> = Omit<
  Of<K>,
  'kind' | 'name' | 'version' | 'caller' | 'header' | 'createdAtMillis' | 'changedAtMillis'
>;

type Edit<K extends Kind> = { readonly [Name in keyof Settings<K>]?: Settings<K>[Name] | undefined };

/** What is left out stays. */
const given = (edit: object): object =>
  Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));

const invalid = (pointer: string, detail: string): AppError =>
  new AppError('REQUEST_INVALID', { detail, source: { pointer: `/data/attributes${pointer}` } });

const addressesOf = (definition: Definition): readonly (readonly [pointer: string, url: string])[] => {
  if (definition.kind === 'list')
    return definition.origin.kind === 'url' ? [['/origin/url', definition.origin.url]] : [];
  return Object.entries(definition.urls).flatMap(([name, url]) =>
    url === undefined ? [] : [[`/urls/${name}`, url] as const],
  );
};

const checkAddresses = (definition: Definition, networks: readonly string[], isLocal: boolean): void => {
  const addresses = addressesOf(definition);
  for (const [pointer, url] of addresses) {
    if (!isUrlTemplate(url, isLocal)) throw invalid(pointer, 'The address must begin with https.');
    if (definition.kind === 'list' && placeholdersOf(url).length > 0)
      throw invalid(pointer, 'The address of a list has no placeholders.');
    if (!allowsHost(networks, new URL(originOf(url)).hostname))
      throw invalid(pointer, 'The address is in none of the networks that this stage allows.');
    if (originOf(url) !== originOf(addresses[0]?.[1] ?? url))
      throw invalid(pointer, 'All addresses of a source must have one origin.');
  }
  if (definition.kind === 'source' && !placeholdersOf(definition.urls.read).includes('id'))
    throw invalid('/urls/read', 'The address must have {id}: without it, every record would be the same.');
};

const checkKey = ({ fields, key }: Definition): void => {
  const field = fields.find(({ name }) => name === key);
  if (!field) throw invalid('/key', 'The key must be one of the fields.');
  if (!['text', 'number', 'integer'].includes(field.type))
    throw invalid('/key', 'The key must be a text, a number or an integer.');
};

const checkFreshness = ({ freshSeconds, staleSeconds }: Definition): void => {
  if (freshSeconds <= staleSeconds) return;
  throw invalid(
    '/freshSeconds',
    `freshSeconds (${freshSeconds}) must not be above staleSeconds (${staleSeconds}): a copy that is served without asking must also be served while the system of record fails. What you leave out has its default.`,
  );
};

/** No function puts or deletes items for so long. What began before has ended, or died. */
const removalMillis = 3_600_000;

const changed = (): AppError =>
  new AppError('LIST_CHANGED', { detail: 'Somebody else has changed it since. Read it again, and repeat the change.' });

export const createListAdmin = ({ definitions, copies, envelope, clock, networks, isLocal }: AdminParts) => {
  const read = async <K extends Kind>(kind: K, name: string): Promise<Of<K>> => {
    const found = await definitions.read(kind, name);
    if (found) return found as Of<K>;
    throw new AppError('LIST_UNKNOWN', { detail: `No ${kind} has the name ${name}.` });
  };

  const readVersion = async <K extends Kind>(kind: K, name: string, version: number | undefined): Promise<Of<K>> => {
    const found = await read(kind, name);
    if (version !== undefined && found.version !== version) throw changed();
    return found;
  };

  const check = (definition: Definition): void => {
    checkKey(definition);
    checkFreshness(definition);
    checkAddresses(definition, networks, isLocal);
  };

  /** A header stays where its origin stays. @throws AppError REQUEST_INVALID for one that would be lost unnoticed. */
  const outbound = async (
    definition: Definition,
    wanted: SecretChange['upstreamHeader'],
  ): Promise<OutboundHeader | undefined> => {
    const [first] = addressesOf(definition);
    const present = definition.header;
    if (wanted === null) return undefined;
    if (!wanted && !present) return undefined;
    if (!first) throw invalid('/upstreamHeader', 'A header needs an address. Give null to remove it.');
    const origin = originOf(first[1]);
    if (wanted) {
      const sealed = await envelope.seal(sealedFor(definition.kind, definition.name, origin), wanted.value);
      return { name: wanted.name.toLowerCase(), origin, sealed, setAtMillis: clock.nowMillis() };
    }
    if (present?.origin !== origin)
      throw invalid('/upstreamHeader', 'The address has another origin. Give the header again, or null.');
    return present;
  };

  const callerOf = (present: Definition['caller'] | undefined, { header, secret, endsOtherSecrets }: SecretChange) => {
    const name = header ?? present?.name ?? '';
    if (secret !== undefined) {
      const endsOthers = endsOtherSecrets === true;
      return withValue(present, { name, value: secret, nowMillis: clock.nowMillis(), endsOthers });
    }
    if (!present || name.toLowerCase() !== present.name)
      throw invalid('/secret', 'Another header needs a secret of its own.');
    return endsOtherSecrets ? { ...present, values: present.values.slice(0, 1) } : present;
  };

  /** Deletes the items of lists whose removal has died, and those that were put while it was under way. */
  const endRemovals = async (): Promise<void> => {
    const nowMillis = clock.nowMillis();
    for (const removal of await definitions.removals()) {
      if (nowMillis - removal.notedAtMillis < removalMillis) continue;
      const present = await definitions.read('list', removal.name);
      if (present?.createdAtMillis === removal.createdAtMillis) continue;
      await copies.remove(itemsKey(removal));
      await definitions.forgetRemoval(removal);
    }
  };

  return {
    read,
    list: async <K extends Kind>(kind: K): Promise<readonly Of<K>[]> =>
      (await definitions.list(kind)) as readonly Of<K>[],

    /** @throws AppError REQUEST_INVALID, LIST_EXISTS, LISTS_FULL. */
    async create<K extends Kind>(kind: K, name: string, settings: Settings<K>, secrets: SecretChange): Promise<Of<K>> {
      const nowMillis = clock.nowMillis();
      const definition = {
        ...{ ...settings, kind, name, version: nowMillis },
        ...{ caller: callerOf(undefined, secrets), createdAtMillis: nowMillis, changedAtMillis: nowMillis },
      } as unknown as Of<K>;
      check(definition);
      await endRemovals();
      if ((await definitions.list(kind)).length >= mostOfKind)
        throw new AppError('LISTS_FULL', { detail: `There are ${mostOfKind} already. Remove one first.` });
      const whole = { ...definition, header: await outbound(definition, secrets.upstreamHeader) };
      if (await definitions.write(whole, 0)) return whole;
      throw new AppError('LIST_EXISTS', { detail: `The name ${name} is taken.` });
    },

    /** @throws AppError REQUEST_INVALID, LIST_UNKNOWN, LIST_CHANGED. */
    async change<K extends Kind>(
      kind: K,
      name: string,
      version: number | undefined,
      settings: Edit<K>,
      secrets: SecretChange,
    ): Promise<{ readonly before: Of<K>; readonly after: Of<K> }> {
      const before = await readVersion(kind, name, version);
      const edited = {
        ...before,
        ...given(settings),
        version: before.version + 1,
        changedAtMillis: clock.nowMillis(),
      } as Of<K>;
      if (before.kind === 'list' && edited.kind === 'list') checkItemsStay(before, edited);
      check(edited);
      const caller = callerOf(before.caller, secrets);
      const after = { ...edited, caller, header: await outbound(edited, secrets.upstreamHeader) };
      if (!(await definitions.write(after, before.version))) throw changed();
      return { before, after };
    },

    /** @throws AppError LIST_UNKNOWN, LIST_CHANGED. */
    async remove<K extends Kind>(kind: K, name: string, version: number | undefined): Promise<Of<K>> {
      const before = await readVersion(kind, name, version);
      await endRemovals();
      // Copies end by themselves. Items do not: the note is there before the list goes, and a later call ends what dies from here on.
      if (before.kind === 'list') {
        const { createdAtMillis } = before;
        await definitions.noteRemoval({ name, createdAtMillis, notedAtMillis: clock.nowMillis() });
      }
      if (!(await definitions.remove(before))) throw changed();
      if (before.kind === 'list') await copies.remove(itemsKey(before));
      return before;
    },
  };
};
export type ListAdmin = ReturnType<typeof createListAdmin>;

/** Items that were put would no longer be as declared. */
const checkItemsStay = (before: ListDefinition, after: ListDefinition): void => {
  if (before.origin.kind !== 'table') return;
  const facts = ({ fields, key, origin }: ListDefinition): string => JSON.stringify([fields, key, origin.kind]);
  if (facts(before) === facts(after)) return;
  throw invalid('/fields', 'A list with items in a table keeps its fields, key and origin. Make another list.');
};
