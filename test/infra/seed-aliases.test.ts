/** Routes of the seed below the base path of the tenant: a switch of the stage, and never in the way of a native operation. */
import { describe, expect, it } from 'vitest';
import { seedAliases } from '../../infra/seed-aliases.ts';
import { createRouter, type GatewayRoute } from '../../local/gateway/http/routes.ts';
import { signalsBasePath } from '../../shared/signals/names.ts';
import { readSignalsOperations } from '../../shared/signals/signals.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { synthesize } from './synthesized.ts';

type Resource = { readonly PathPart: string; readonly ParentId: { readonly Ref?: string } };
type Method = {
  readonly HttpMethod: string;
  readonly ResourceId: { readonly Ref?: string };
  readonly Integration: { readonly Uri: unknown };
};

/** As API Gateway picks a method, for the template of a stage. */
const routesOf = (stack: ReturnType<typeof synthesize>): GatewayRoute[] => {
  const resources = stack.ofType<Resource>('AWS::ApiGateway::Resource');
  const pathOf = (id: string | undefined): string => {
    const found = resources.find((one) => one.id === id);
    return found ? `${pathOf(found.properties.ParentId.Ref)}/${found.properties.PathPart}` : '';
  };
  return stack.ofType<Method>('AWS::ApiGateway::Method').map(({ properties }) => {
    const path = pathOf(properties.ResourceId.Ref);
    return {
      ...{ method: properties.HttpMethod, resource: path, segments: path.split('/').slice(1) },
      ...{ isStreaming: true, timeoutMillis: 1 },
      functionId: /(\w+)Function[0-9A-F]{8}/.exec(JSON.stringify(properties.Integration.Uri))?.[1]?.toLowerCase() ?? '',
    };
  });
};
const off = routesOf(synthesize('dev'));
const on = routesOf(synthesize('dev', { FACADE_SEED_ALIASES: 'on' }));

const filled = (path: string): string => path.replaceAll(/\{\w+\}/g, 'grid:7');
const ownerOf = (routes: GatewayRoute[], method: string, path: string): string | undefined =>
  createRouter(routes).match(method, signalsBasePath + filled(path))?.route.functionId;

const aliases = [
  ['GET', '/entities/{eid}/rows'],
  ['POST', '/entities/{eid}/rows'],
  ['PATCH', '/entities/{eid}/rows/{rowId}'],
  ['DELETE', '/entities/{eid}/rows/{rowId}'],
  ['GET', '/entities/{eid}/attachments'],
  ['POST', '/entities/{eid}/attachments'],
  ['GET', '/entities/{eid}/attachments/{id}'],
  ['HEAD', '/entities/{eid}/attachments/{id}'],
  ['PUT', '/entities/{eid}/attachments/{id}'],
  ['PATCH', '/entities/{eid}'],
  ['PUT', '/entities/{eid}/properties'],
  ['GET', '/templates'],
] as const;

describe('aliases of the seed', () => {
  it.each(aliases)('%s %s is the tenant’s without the switch, and goes to entities with it', (method, path) => {
    expect([ownerOf(off, method, path), ownerOf(on, method, path)]).toEqual(['native', 'entities']);
  });

  it('leave every native operation to native', () => {
    const operations = nonEmpty(readSignalsOperations());
    const router = createRouter(on);
    const strays = operations.filter(
      ({ method, path }) => router.match(method, signalsBasePath + filled(path))?.route.functionId !== 'native',
    );
    expect(strays.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it.each([
    ['GET', '/entities'],
    ['OPTIONS', '/entities'],
    ['PUT', '/entities'],
    ['GET', '/entities/{eid}/unknown'],
    ['POST', '/entities/{eid}/unknown/deeper/path'],
    ['DELETE', '/entities/{eid}/properties'],
    ['OPTIONS', '/entities/{eid}'],
    ['GET', '/templates/{eid}/fields'],
    ['GET', '/unknown'],
  ])('leave %s %s, which the catalogue may not know, to native', (method, path) => {
    expect(ownerOf(on, method, path)).toBe('native');
  });

  it('give way to operations that the catalogue gets', () => {
    const gained = [
      { method: 'GET', path: '/entities/{entityId}/rows' },
      { method: 'PATCH', path: '/entities/{id}' },
      { method: 'GET', path: '/templates' },
    ];
    const known = readSignalsOperations().map(({ method, path }) => ({ method, path }));
    const toRoute = ({ method, path, function: functionId }: ReturnType<typeof seedAliases>[number]): GatewayRoute => ({
      ...{
        method,
        resource: path,
        segments: path.split('/').slice(1),
        functionId,
        isStreaming: true,
        timeoutMillis: 1,
      },
    });
    const greedy = on.filter(({ resource }) => resource === `${signalsBasePath}/{proxy+}`);
    const changed = [...seedAliases([...known, ...gained]).map(toRoute), ...greedy];
    for (const { method, path } of gained) expect(ownerOf(changed, method, path)).toBe('native');
    expect(ownerOf(changed, 'POST', '/entities/{eid}/rows')).toBe('entities');
    expect(ownerOf(changed, 'PUT', '/entities/{eid}/properties')).toBe('entities');
    expect(ownerOf(changed, 'GET', '/entities/{eid}')).toBe('native');
    const all = [...known, ...aliases.map(([method, path]) => ({ method, path }))];
    expect(seedAliases(all)).toEqual([]);
  });

  it('fit into a stack', () => {
    expect(synthesize('prod', { FACADE_SEED_ALIASES: 'on' }).resources.length).toBeLessThanOrEqual(496);
  });
});
