import { describe, expect, it } from 'vitest';
import { adminGroups, type Consumer, holdsScope, mayCall, scopesBeyond } from '../../../shared/consumers/consumer.ts';
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
