import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '../../../infra/openapi/openapi-document.ts';
import { signalsApi } from '../../../infra/openapi/signals/signals-api.ts';
import { adminScopes, demoConsumers } from '../../../local/operator/seed.ts';
import { adminGroups, scopeOf } from '../../../shared/consumers/consumer.ts';
import { createScopeCatalogue, scopeKinds } from '../../../shared/consumers/scope-catalogue.ts';
import { scopePattern } from '../../../shared/exchange/consumer.ts';
import { readSignalsOperations } from '../../../shared/signals/signals.ts';
import { facadeGroups, facadeRoutes } from '../../../shared/surface/facade-routes.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const operations = readSignalsOperations();
const { faultOfScope, faultOfMark } = createScopeCatalogue([{ operations }], facadeGroups);
const nativeGroups = [...new Set(operations.map(({ group }) => group)), 'other'];
const groups = ['*', ...nativeGroups, ...facadeGroups];
const kinds = ['*', ...scopeKinds];

describe('a scope', () => {
  it('is known when its group and its kind are', () => {
    for (const group of nonEmpty(groups))
      for (const kind of nonEmpty(kinds))
        expect([group, kind, faultOfScope(`${group}:${kind}`)]).toEqual([group, kind, undefined]);
  });

  it.each([
    ['entites:write', 'entities:write'],
    ['entity:write', 'entities:write'],
    ['Entities:write', 'entities:write'],
    [' entities:write', 'entities:write'],
    ['entities:wirte', 'entities:write'],
    ['entities:READ', 'entities:read'],
    ['*:wriet', '*:write'],
    ['material:*', 'materials:*'],
    ['qouta:read', 'quota:read'],
    ['cache_admin:write', 'cache-admin:write'],
    ['tenant-token:delete', 'tenant-tokens:delete'],
    ['entities', 'entities:read'],
    ['entities:read:write', 'entities:read'],
  ])('%s is refused with the nearest one, %s', (scope, nearest) => {
    expect(faultOfScope(scope)).toContain(`The nearest is ${nearest};`);
  });

  it('is refused whatever else it says, in a short text that names a known one', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 200 }),
          fc.string().map((text) => `${text}:read`),
        ),
        (scope) => {
          const fault = faultOfScope(scope);
          const isKnown = groups.some((group) => kinds.some((kind) => `${group}:${kind}` === scope));
          expect(fault === undefined).toBe(isKnown);
          if (fault === undefined) return;
          expect(fault.length).toBeLessThan(1_000);
          const nearest = /The nearest is (\S+);/.exec(fault)?.[1] ?? '';
          expect(faultOfScope(nearest)).toBeUndefined();
        },
      ),
    ));

  it('has the form that records are checked for, whenever it is known', () => {
    for (const group of nonEmpty(groups))
      for (const kind of nonEmpty(kinds)) expect(`${group}:${kind}`).toMatch(scopePattern);
  });
});

describe('a mark', () => {
  it('is known when an operation of the tenant needs it, and only then', () => {
    const needed = new Set([...operations.map(scopeOf), 'other:read', 'other:write', 'other:delete']);
    for (const group of nonEmpty(nativeGroups))
      for (const kind of scopeKinds)
        expect([group, kind, faultOfMark(`${group}:${kind}`) === undefined]).toEqual([
          group,
          kind,
          needed.has(`${group}:${kind}`),
        ]);
    for (const mark of ['*:*', '*:write', 'entities:*', 'other:*', 'tenant-tokens:*'])
      expect([mark, faultOfMark(mark)]).toEqual([mark, undefined]);
  });

  it.each([
    ['entites:write', 'The nearest is entities:write;'],
    ['history:write', 'The nearest is history:read;'],
    ['cache:write', 'Calls of the group cache never go to the tenant'],
    ['*:writes', 'The nearest is *:write;'],
  ])('%s is refused: %s', (mark, text) => {
    expect(faultOfMark(mark)).toContain(text);
  });
});

describe('with a second upstream', () => {
  const images = [{ group: 'images', scope: 'read' as const }];
  const both = createScopeCatalogue([{ operations }, { scopePrefix: 'tissuemaps', operations: images }], facadeGroups);

  it.each(['entities:read', '*:*', 'tissuemaps/images:read', 'tissuemaps/other:write', 'tissuemaps/*:*'])(
    '%s is known, and has the form that records are checked for',
    (scope) => {
      expect(both.faultOfScope(scope)).toBeUndefined();
      expect(scope).toMatch(scopePattern);
    },
  );

  it.each([
    ['tissuemaps/image:read', 'tissuemaps/images:read'],
    ['tisuemaps/images:read', 'tissuemaps/images:read'],
    ['tissuemaps/images:raed', 'tissuemaps/images:read'],
  ])('%s is refused with the nearest one, %s', (scope, nearest) => {
    expect(both.faultOfScope(scope)).toContain(`The nearest is ${nearest};`);
  });

  it('a group of the second upstream is none without its prefix', () => {
    expect(both.faultOfScope('images:read')).toContain('There is no group "images"');
  });

  it('marks stand for operations of their own upstream', () => {
    expect(both.faultOfMark('tissuemaps/images:read')).toBeUndefined();
    expect(both.faultOfMark('tissuemaps/*:read')).toBeUndefined();
    expect(both.faultOfMark('tissuemaps/*:export')).toContain('would protect nothing');
    expect(both.faultOfMark('tissuemaps/images:write')).toContain('The nearest is tissuemaps/images:read;');
  });
});

describe('the groups of the facade', () => {
  it('are those that its routes ask for', () => {
    const scopes = facadeRoutes.flatMap(({ scope, adminScope }) => [scope, adminScope ?? '']);
    const asked = scopes.filter((scope) => scope.includes(':')).map((scope) => scope.split(':')[0] ?? '');
    expect(new Set(asked).size).toBeGreaterThan(5);
    for (const group of asked) expect(facadeGroups).toContain(group);
  });

  it('are those that the OpenAPI document names', () => {
    const document = createOpenApiDocument({
      serverUrl: 'https://facade.example.com',
      version: '1',
      apis: [signalsApi],
    });
    const named = [...JSON.stringify(document).matchAll(/"x-facade-scope":"([^"]+)"/g)].map(([, scope]) => scope ?? '');
    expect(named.length).toBeGreaterThan(400);
    for (const scope of nonEmpty(named)) expect([scope, faultOfScope(scope)]).toEqual([scope, undefined]);
  });

  it('and those that * does not cover can be held, by the consumers that the twin starts with too', () => {
    for (const group of nonEmpty(adminGroups)) expect(faultOfScope(`${group}:*`)).toBeUndefined();
    for (const scope of [...adminScopes, ...demoConsumers.flatMap(({ scopes }) => scopes)])
      expect([scope, faultOfScope(scope)]).toEqual([scope, undefined]);
  });
});
