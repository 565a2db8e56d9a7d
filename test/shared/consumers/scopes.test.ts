import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../shared/catalogue/catalogue.ts';
import { createOperations } from '../../../shared/catalogue/operation.ts';
import {
  adminGroups,
  holdsScope,
  marksBeyond,
  mayCall,
  needsPerson,
  scopeOf,
  scopesBeyond,
} from '../../../shared/consumers/consumer.ts';
import { ensureMayGrant } from '../../../shared/consumers/grants.ts';
import { scopeMissing } from '../../../shared/consumers/scope-missing.ts';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';

const withScopes = (...scopes: string[]): Consumer => ({ id: 'app', scopes, state: 'active' });

describe('scopes', () => {
  it.each(adminGroups)('of the group %s must be named: * does not cover them', (group) => {
    expect(holdsScope(withScopes('*:*', '*:write'), group, 'write')).toBe(false);
    expect(holdsScope(withScopes(`${group}:write`), group, 'write')).toBe(true);
    expect(holdsScope(withScopes(`${group}:*`), group, 'write')).toBe(true);
    expect(holdsScope(withScopes(`${group}:read`), group, 'write')).toBe(false);
  });

  it.each(['entities', 'cache', 'quota', 'uploads', 'other'])('of the group %s are covered by *', (group) => {
    expect(holdsScope(withScopes('*:*'), group, 'write')).toBe(true);
    expect(holdsScope(withScopes('*:read'), group, 'write')).toBe(false);
  });
});

describe('scopes of a second upstream', () => {
  const { catalogue } = createSignalsUpstream('https://snb.example.com');
  const second = createCatalogue(
    createOperations(
      { 'GET /images': { group: 'images', kind: 'read', answer: 'content', summary: 'List images' } },
      { 'GET /images': { scope: 'images:read', cache: 'listing' } },
    ),
    'tissuemaps',
  );
  const operations = {
    'the first': catalogue.match('GET', '/entities').operation,
    'the second': second.match('GET', '/images').operation,
    'the second, unlisted': second.match('GET', '/not/in/the/table').operation,
    'the first, unlisted': catalogue.match('GET', '/not/in/the/table').operation,
  };

  it.each([
    ['*:*', ['the first', 'the first, unlisted']],
    ['*:read', ['the first', 'the first, unlisted']],
    ['entities:read', ['the first']],
    ['images:read', []],
    ['other:read', ['the first, unlisted']],
    ['tissuemaps/images:read', ['the second']],
    ['tissuemaps/images:write', []],
    ['tissuemaps/entities:read', []],
    ['tissuemaps/other:read', ['the second, unlisted']],
    ['tissuemaps/*:*', ['the second', 'the second, unlisted']],
    ['elsewhere/*:*', []],
  ])('%s opens %j', (scope, opened) => {
    const open = Object.entries(operations).filter(([, operation]) => mayCall(withScopes(scope), operation));
    expect(open.map(([name]) => name).toSorted()).toEqual([...opened].toSorted());
    const marked = { ...withScopes('*:*'), userAttributed: [scope] };
    const bound = Object.entries(operations).filter(([, operation]) => needsPerson(marked, operation));
    expect(bound.map(([name]) => name).toSorted()).toEqual([...opened].toSorted());
  });

  it('are handed on only by those who hold them', () => {
    expect(scopesBeyond(withScopes('*:*'), ['tissuemaps/images:read', 'tissuemaps/*:*'])).toHaveLength(2);
    expect(scopesBeyond(withScopes('tissuemaps/*:*'), ['tissuemaps/images:read', 'tissuemaps/*:*'])).toEqual([]);
    expect(scopesBeyond(withScopes('tissuemaps/*:*'), ['*:*', 'entities:read'])).toEqual(['*:*', 'entities:read']);
  });

  it('meet the marks of their own upstream only', () => {
    const holder = withScopes('tissuemaps/*:read');
    expect(marksBeyond(holder, ['tissuemaps/images:read', '*:read'])).toEqual(['tissuemaps/images:read']);
  });

  it('are what a refusal names', () => {
    expect(scopeOf(operations['the second'])).toBe('tissuemaps/images:read');
  });
});

describe('the operations that end tokens of everybody in the tenant', () => {
  const { catalogue } = createSignalsUpstream('https://snb.example.com');

  it.each(['/auth/tokens', '/bearerTokens/example.com', '/bearerTokens/example.com/user/a@example.com'])(
    'DELETE %s need a scope that names their group',
    (path) => {
      const { operation } = catalogue.match('DELETE', path);
      expect(mayCall(withScopes('*:*', '*:delete', 'system:*'), operation)).toBe(false);
      expect(mayCall(withScopes('tenant-tokens:delete'), operation)).toBe(true);
    },
  );
});

describe('marks of operations that must carry a name', () => {
  const { catalogue } = createSignalsUpstream('https://snb.example.com');

  it('leave no group out where they say *', () => {
    for (const [method, path] of [
      ['DELETE', '/auth/tokens'],
      ['DELETE', '/entities/experiment:e1'],
      ['DELETE', '/not/in/the/catalogue'],
    ] as const) {
      const { operation } = catalogue.match(method, path);
      expect(needsPerson({ ...withScopes('*:*'), userAttributed: ['*:delete'] }, operation)).toBe(true);
      expect(needsPerson({ ...withScopes('*:*'), userAttributed: ['*:write'] }, operation)).toBe(false);
    }
  });
});

describe('scopes that a consumer may hand on', () => {
  it.each([
    [['*:*'], ['*:read', 'entities:*', '*:*'], []],
    [['*:*'], ['consumers:read', 'entities:read'], ['consumers:read']],
    [['*:read'], ['entities:read', 'entities:*', '*:*', '*:write'], ['entities:*', '*:*', '*:write']],
    [['entities:*'], ['entities:write', 'entities:*', '*:write'], ['*:write']],
    [['consumers:write'], ['consumers:write', 'consumers:*', '*:*'], ['consumers:*', '*:*']],
    [['entities:read', 'entities:write'], ['entities:*'], ['entities:*']],
  ])('are for %j, asked for %j, all but %j', (own, asked, beyond) => {
    expect(scopesBeyond(withScopes(...own), asked)).toEqual(beyond);
  });
});

describe('a refusal for want of a scope', () => {
  it.each(adminGroups)('says that * does not cover %s', (group) => {
    const { code, facts } = scopeMissing(withScopes('*:*'), [`${group}:write`]);
    expect(code).toBe('SCOPE_MISSING');
    expect(facts.detail).toBe(
      `This operation needs the scope ${group}:write; app has *:*. "*" does not cover the group ${group}: a scope must name it.`,
    );
  });

  it('says so of no group that * covers', () => {
    expect(scopeMissing(withScopes('*:read'), ['entities:write']).facts.detail).toBe(
      'This operation needs the scope entities:write; app has *:read.',
    );
    expect(scopeMissing(withScopes(), ['entities:write', 'tokens:read']).facts.detail).toContain(
      '"*" does not cover the group tokens:',
    );
  });

  it('says so where an administrator cannot hand a scope on', () => {
    expect(() => ensureMayGrant(withScopes('*:*'), withScopes('audit:read'))).toThrow(
      'app does not hold audit:read itself. So it cannot give that',
    );
    expect(() => ensureMayGrant(withScopes('*:*'), withScopes('audit:read'))).toThrow(
      '"*" does not cover the group audit',
    );
    expect(() => ensureMayGrant(withScopes('*:*'), { ...withScopes(), id: 'other', actsAs: ['user'] })).toThrow(
      'To let another act as user needs tokens:write, which app lacks.',
    );
  });
});
