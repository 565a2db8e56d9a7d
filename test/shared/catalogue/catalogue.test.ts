import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../shared/catalogue/catalogue.ts';
import { readSignalsOperations } from '../../../shared/signals/signals.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const operations = readSignalsOperations();
const catalogue = createCatalogue(operations);
const found = (method: string, path: string) => {
  const { operation } = catalogue.match(method, path);
  return `${operation.method} ${operation.path}`;
};

describe('the Signals catalogue', () => {
  it('holds 432 operations, none twice', () => {
    expect(new Set(operations.map(({ method, path }) => `${method} ${path}`)).size).toBe(432);
  });

  it('finds every operation by a request that fills its parameters', () => {
    for (const operation of nonEmpty(operations)) {
      const path = operation.path.replace(/\{\w+\}/g, 'experiment:0b5c').replace('*', 'a/b');
      expect(found(operation.method, path)).toBe(`${operation.method} ${operation.path}`);
    }
  });

  it('uses only known kinds, scopes, cache classes and answers', () => {
    for (const operation of nonEmpty(operations)) {
      expect(['read', 'read-body', 'write', 'delete', 'async-start', 'async-status', 'async-result']).toContain(
        operation.kind,
      );
      expect(['read', 'write', 'delete', 'export']).toContain(operation.scope);
      expect(['entity', 'listing', 'search', 'reference', 'never']).toContain(operation.cache);
      expect(['document', 'content']).toContain(operation.answer);
      expect(operation.group).toMatch(/^[a-z][a-z-]*$/);
    }
  });

  it('caches nothing that writes and nothing that works once', () => {
    const cached = operations.filter(({ cache }) => cache !== 'never');
    expect(new Set(cached.map(({ kind }) => kind))).toEqual(new Set(['read', 'read-body']));
  });

  it('asks more than a read scope of whatever changes something', () => {
    for (const operation of nonEmpty(
      operations.filter(({ kind }) => ['write', 'delete', 'async-start'].includes(kind)),
    )) {
      expect(operation.scope).not.toBe('read');
    }
  });

  it('names an entity parameter that the path has', () => {
    for (const { entity, path } of nonEmpty(operations)) if (entity) expect(path).toContain(`{${entity}}`);
  });
});

describe('match', () => {
  it('prefers a literal segment to a parameter', () => {
    expect(found('GET', '/entities/webdav/info')).toBe('GET /entities/webdav/info');
    expect(found('POST', '/entities/search')).toBe('POST /entities/search');
    expect(found('GET', '/materials/libraries')).toBe('GET /materials/libraries');
    expect(found('GET', '/materials/asset:5f1e')).toBe('GET /materials/{eid}');
  });

  it('comes back to the parameter when the literal leads nowhere', () => {
    expect(found('GET', '/entities/search/children')).toBe('GET /entities/{eid}/children');
  });

  it('sees the same operation in every spelling of a path', () => {
    for (const path of [
      '/entities/a%3Ab/children',
      '/%65ntities/a:b/children',
      '/entities/a:b/children/',
      '//entities//a:b/children',
    ]) {
      expect(found('GET', path)).toBe('GET /entities/{eid}/children');
    }
  });

  it('gives parameters decoded once', () => {
    expect(catalogue.match('GET', '/entities/experiment%3Ae1').parameters).toEqual({ eid: 'experiment:e1' });
    expect(catalogue.match('GET', '/entities/%2541').parameters).toEqual({ eid: '%41' });
    expect(catalogue.match('GET', '/entities/%zz').parameters).toEqual({ eid: '%zz' });
  });

  it('answers HEAD with the row of GET where HEAD has none', () => {
    expect(found('HEAD', '/entities/e1')).toBe('GET /entities/{eid}');
    expect(found('HEAD', '/entities/e1/pdf')).toBe('HEAD /entities/{eid}/pdf');
  });

  it('makes an uncached operation of the group other of what it does not know', () => {
    expect(catalogue.match('GET', '/brand/new').operation).toMatchObject({
      group: 'other',
      kind: 'read',
      scope: 'read',
      cache: 'never',
    });
    expect(catalogue.match('DELETE', '/brand/new').operation).toMatchObject({
      group: 'other',
      kind: 'delete',
      scope: 'delete',
    });
    expect(catalogue.match('PROPFIND', '/entities').operation).toMatchObject({
      group: 'other',
      kind: 'write',
      scope: 'write',
    });
  });
});
