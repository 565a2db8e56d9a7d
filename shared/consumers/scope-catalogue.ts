/**
 * Which scopes mean something: the groups of the tenant's catalogue and of the facade's own routes, and the kinds. A scope
 * that nobody checks is harmless until it is a rule: `entites:write` in `userAttributed` protects nothing.
 */
import { type Operation, type ScopeKind, unknownGroup } from '../catalogue/operation.ts';
import { coversGroup, groupInScopes } from './consumer.ts';
import { nearestOf } from './nearest.ts';

export const scopeKinds = ['read', 'write', 'delete', 'export'] as const satisfies readonly ScopeKind[];

export type ScopeCatalogue = {
  /** What is wrong with a scope, in two sentences that name the nearest one; undefined = nothing is. */
  faultOfScope(scope: string): string | undefined;
  /** The same for a member of `userAttributed`, which must stand for an operation of the tenant. */
  faultOfMark(mark: string): string | undefined;
};

type Named = Pick<Operation, 'group' | 'scope'>;

/** The operations of one upstream. The first has no prefix: its groups stand in scopes as they are. */
export type ScopedOperations = { readonly scopePrefix?: string | undefined; readonly operations: readonly Named[] };

/** What `unknownOperation` may make of a request that no row of the catalogue fits. */
const unlistedOperations: readonly Named[] = (['read', 'write', 'delete'] as const).map((scope) => ({
  group: unknownGroup,
  scope,
}));

const scopesIn = ({ scopePrefix, operations }: ScopedOperations): readonly Named[] =>
  [...operations, ...unlistedOperations].map(({ group, scope }) => ({
    group: groupInScopes({ group, scopePrefix }),
    scope,
  }));

/** Most characters of a wrong scope that its refusal repeats. */
const mostShown = 80;
const show = (text: string): string => JSON.stringify(text.slice(0, mostShown));

const sentence = (fault: string, nearest: string): string =>
  `${fault} The nearest is ${nearest}; /openapi.json names the scope of each operation.`;

/**
 * @param upstreams the operations of each.
 * @param facadeGroups groups that the facade's own routes ask for.
 */
export const createScopeCatalogue = (
  upstreams: readonly ScopedOperations[],
  facadeGroups: readonly string[],
): ScopeCatalogue => {
  const native = upstreams.flatMap(scopesIn);
  // `*` stops at the upstream: each prefix has its own.
  const stars = upstreams.flatMap(({ scopePrefix }) =>
    scopePrefix === undefined ? [] : [groupInScopes({ group: '*', scopePrefix })],
  );
  const nativeGroups = [...new Set(native.map(({ group }) => group)), ...stars].sort();
  const kindsOf = (wanted: string): ScopeKind[] => {
    const found = native.filter(({ group }) => coversGroup(wanted, group));
    return scopeKinds.filter((kind) => found.some(({ scope }) => scope === kind));
  };

  const faultAmong = (text: string, groups: readonly string[]): string | undefined => {
    const [group = '', kind, ...more] = text.split(':');
    const nearestGroup = group === '*' ? '*' : nearestOf(group, groups as [string, ...string[]]);
    const nearestKind = kind === undefined ? 'read' : nearestOf(kind, ['*', ...scopeKinds]);
    const nearest = `${nearestGroup}:${nearestKind}`;
    if (nearest === text) return undefined;
    if (kind === undefined || more.length > 0) return sentence(`${show(text)} is not <group>:<kind>.`, nearest);
    if (nearestGroup !== group) return sentence(`There is no group ${show(group)}.`, nearest);
    return sentence(`There is no kind ${show(kind)}: kinds are ${scopeKinds.join(', ')} and *.`, nearest);
  };

  return {
    faultOfScope: (scope) => faultAmong(scope, [...nativeGroups, ...facadeGroups]),
    faultOfMark(mark) {
      const [group = '', kind = ''] = mark.split(':');
      if (facadeGroups.includes(group) && !nativeGroups.includes(group))
        return `Calls of the group ${group} never go to the tenant, so ${show(mark)} would protect nothing. Name groups of the tenant; /openapi.json lists them.`;
      const fault = faultAmong(mark, nativeGroups);
      if (fault !== undefined) return fault;
      const kinds = kindsOf(group);
      if (kind === '*' || kinds.some((one) => one === kind)) return undefined;
      const nearest = `${group}:${nearestOf(kind, kinds as [ScopeKind, ...ScopeKind[]])}`;
      return sentence(`No operation of the tenant needs ${mark}, so this would protect nothing.`, nearest);
    },
  };
};
