/**
 * Which scopes mean something: the groups of the tenant's catalogue and of the facade's own routes, and the kinds. A scope
 * that nobody checks is harmless until it is a rule: `entites:write` in `userAttributed` protects nothing.
 */
import { type Operation, type ScopeKind, unknownGroup } from '../catalogue/operation.ts';
import { nearestOf } from './nearest.ts';

export const scopeKinds = ['read', 'write', 'delete', 'export'] as const satisfies readonly ScopeKind[];

/** Groups of the facade's own routes. Their calls never go to the tenant. */
export const facadeGroups = [
  'audit',
  'cache',
  'cache-admin',
  'consumers',
  'credentials',
  'quota',
  'quota-admin',
  'requests',
  'tokens',
] as const;

export type ScopeCatalogue = {
  /** What is wrong with a scope, in two sentences that name the nearest one; undefined = nothing is. */
  faultOfScope(scope: string): string | undefined;
  /** The same for a member of `userAttributed`, which must stand for an operation of the tenant. */
  faultOfMark(mark: string): string | undefined;
};

type Named = Pick<Operation, 'group' | 'scope'>;

/** What `unknownOperation` may make of a request that no row of the catalogue fits. */
const unlistedOperations: readonly Named[] = (['read', 'write', 'delete'] as const).map((scope) => ({
  group: unknownGroup,
  scope,
}));

/** Most characters of a wrong scope that its refusal repeats. */
const mostShown = 80;
const show = (text: string): string => JSON.stringify(text.slice(0, mostShown));

const sentence = (fault: string, nearest: string): string =>
  `${fault} The nearest is ${nearest}; /openapi.json names the scope of each operation.`;

/** @param operations of the tenant's catalogue. */
export const createScopeCatalogue = (operations: readonly Named[]): ScopeCatalogue => {
  const native = [...operations, ...unlistedOperations];
  const nativeGroups = [...new Set(native.map(({ group }) => group))].sort();
  const kindsOf = (group: string): ScopeKind[] => {
    const found = native.filter((operation) => group === '*' || operation.group === group);
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
      if (facadeGroups.some((own) => own === group))
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
