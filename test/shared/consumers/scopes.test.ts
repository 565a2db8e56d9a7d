import { describe, expect, it } from 'vitest';
import { adminGroups, holdsScope, mayCall, needsPerson, scopesBeyond } from '../../../shared/consumers/consumer.ts';
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
