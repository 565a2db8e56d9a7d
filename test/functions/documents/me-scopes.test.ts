/** What the page at /me says of scopes: the same as the facade decides. */
import { describe, expect, it } from 'vitest';
import type { ScopeKind } from '../../../shared/catalogue/operation.ts';
import { adminGroups, holdsScope } from '../../../shared/consumers/consumer.ts';
import { nonEmpty } from '../../support/non-empty.ts';

// The page has no types: browsers run it as it is.
const script = '../../../functions/documents/me/scopes.js';
const { createCoverage, describeScope } = (await import(script)) as {
  createCoverage(scopes: readonly string[], adminGroups: readonly string[]): (wanted: string) => boolean;
  describeScope(scope: string): string;
};

const groups = ['entities', 'quota', 'tissuemaps/images', ...adminGroups];
const kinds: readonly ScopeKind[] = ['read', 'write', 'delete', 'export'];
const wanted = groups.flatMap((group) => kinds.map((kind) => ({ group, kind })));
const held = [
  '*:*',
  '*:read',
  'entities:*',
  'entities:write',
  'tissuemaps/*:read',
  ...adminGroups.map((group) => `${group}:*`),
];

describe('the scopes of the page at /me', () => {
  it.each(held)('%s covers what the facade admits with it', (scope) => {
    const may = createCoverage([scope], adminGroups);
    for (const { group, kind } of nonEmpty(wanted))
      expect([group, kind, may(`${group}:${kind}`)]).toEqual([
        ...[group, kind, holdsScope({ id: 'app', scopes: [scope], state: 'active' }, group, kind)],
      ]);
  });

  it.each([
    ['*:read', 'Read all resources, except those of administrators.'],
    ['entities:write', 'Create and change entities.'],
    ['tissuemaps/*:*', 'Do everything with all resources of tissuemaps.'],
    ['cache-admin:read', 'Read cache admin.'],
  ])('%s in plain words', (scope, words) => {
    expect(describeScope(scope)).toBe(words);
  });
});
