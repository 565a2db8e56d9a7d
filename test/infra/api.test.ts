import { describe, expect, it } from 'vitest';
import { routes } from '../../infra/routes.ts';
import { createRouter } from '../../local/gateway/http/routes.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { fillPath } from '../support/paths.ts';
import { synthesize } from './synthesized.ts';

const { template, ofType } = synthesize('dev');

type MethodProperties = {
  readonly HttpMethod: string;
  readonly ResourceId: { readonly Ref?: string };
  readonly Integration: {
    readonly Uri: unknown;
    readonly ResponseTransferMode: string;
    readonly TimeoutInMillis: number;
  };
};
type PathProperties = { readonly PathPart: string; readonly ParentId: { readonly Ref?: string } };

const paths = ofType<PathProperties>('AWS::ApiGateway::Resource');
const pathOf = (id: string | undefined): string => {
  const found = paths.find((path) => path.id === id);
  return found ? `${pathOf(found.properties.ParentId.Ref)}/${found.properties.PathPart}` : '';
};

const methods = ofType<MethodProperties>('AWS::ApiGateway::Method').map(({ properties }) => ({
  method: properties.HttpMethod,
  path: pathOf(properties.ResourceId.Ref),
  integration: properties.Integration,
  uri: JSON.stringify(properties.Integration.Uri),
}));

/** As API Gateway picks a method: the twin's router over the paths of the template. */
const router = createRouter(
  methods.map(({ method, path, uri }) => ({
    ...{ method, resource: path, segments: path.split('/').slice(1), isStreaming: true, timeoutMillis: 1 },
    functionId: /(\w+)Function[0-9A-F]{8}/.exec(uri)?.[1]?.toLowerCase() ?? '',
  })),
);
const functionAt = (method: string, template: string): string | undefined =>
  router.match(method, fillPath(template, { proxy: 'a/b' }).replaceAll(/\{\w+\}/g, '7'))?.route.functionId;

describe('routes', () => {
  it('are taken by one pair of paths for each base path', () => {
    expect(methods.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'ANY /actions/{proxy+}',
      'ANY /api/rest/v1.0/{proxy+}',
      'ANY /asyncapi.json',
      'ANY /docs',
      'ANY /docs/{proxy+}',
      'ANY /health',
      'ANY /hooks/{proxy+}',
      'ANY /lists/{proxy+}',
      'ANY /me',
      'ANY /oauth/{proxy+}',
      'ANY /openapi.json',
      'ANY /ops',
      'ANY /sources/{proxy+}',
      'ANY /v1/archive',
      'ANY /v1/archive/{proxy+}',
      'ANY /v1/audit',
      'ANY /v1/cache',
      'ANY /v1/cache/{proxy+}',
      'ANY /v1/consumers',
      'ANY /v1/consumers/{proxy+}',
      'ANY /v1/credentials',
      'ANY /v1/credentials/{proxy+}',
      'ANY /v1/entities/{proxy+}',
      'ANY /v1/events',
      'ANY /v1/exports',
      'ANY /v1/exports/{proxy+}',
      'ANY /v1/health',
      'ANY /v1/inventory/{proxy+}',
      'ANY /v1/lists',
      'ANY /v1/lists/{proxy+}',
      'ANY /v1/materials/{proxy+}',
      'ANY /v1/me',
      'ANY /v1/me/{proxy+}',
      'ANY /v1/notifications',
      'ANY /v1/notifications/{proxy+}',
      'ANY /v1/quota',
      'ANY /v1/quota/{proxy+}',
      'ANY /v1/requests',
      'ANY /v1/requests/{proxy+}',
      'ANY /v1/samples',
      'ANY /v1/samples/{proxy+}',
      'ANY /v1/scim/{proxy+}',
      'ANY /v1/sources',
      'ANY /v1/sources/{proxy+}',
      'ANY /v1/subscriptions',
      'ANY /v1/subscriptions/{proxy+}',
      'ANY /v1/templates',
      'ANY /v1/templates/{proxy+}',
      'ANY /v1/tokens',
      'ANY /v1/tokens/{proxy+}',
      'ANY /v1/uploads',
      'ANY /v1/uploads/{proxy+}',
      'ANY /v1/usage',
    ]);
  });

  it('are none of a twin: what provokes faults on a machine does not exist in a stage that is deployed', () => {
    const text = JSON.stringify(template.toJSON());
    expect(text).toContain('"PathPart":"ops"');
    expect(text).not.toContain('_twin');
    const everything = methods.filter(({ path }) => /^\/(\{proxy\+\})?$/.test(path));
    expect([everything, functionAt('GET', '/_twin/ops'), functionAt('POST', '/_twin/ops/faults/x')]).toEqual([
      ...[[], undefined, undefined],
    ]);
  });

  it('are the native surface, the resources of the facade, the pages of OAuth and documents, each in its function', () => {
    const reached = routes.map(
      ({ method, path }) => `${method} ${path} ${functionAt(method === 'ANY' ? 'GET' : method, path)}`,
    );
    expect(reached.sort()).toEqual([
      'ANY /api/rest/v1.0/{proxy+} native',
      'DELETE /v1/consumers/{consumerId} consumers',
      'DELETE /v1/consumers/{consumerId}/keys/{keyId} consumers',
      'DELETE /v1/credentials/{credentialId} credentials',
      'DELETE /v1/entities/{eid}/rows/{rowId} entities',
      'DELETE /v1/exports/{exportId} exports',
      'DELETE /v1/lists/{listName} lists',
      'DELETE /v1/me/token tokens',
      'DELETE /v1/quota/bookings/{bookingId} quota',
      'DELETE /v1/scim/{proxy+} entities',
      'DELETE /v1/sources/{sourceName} lists',
      'DELETE /v1/subscriptions/{subscriptionId} notifications',
      'DELETE /v1/tokens/{tokenId} tokens',
      'DELETE /v1/uploads/{uploadId} uploads',
      'GET /actions/register-sample actions',
      'GET /actions/signing-check actions',
      'GET /asyncapi.json documents',
      'GET /docs documents',
      'GET /docs/{proxy+} documents',
      'GET /health documents',
      'GET /lists/{name} lists',
      'GET /me documents',
      'GET /oauth/callback tokens',
      'GET /oauth/callback.js tokens',
      'GET /oauth/page.css tokens',
      'GET /oauth/register-sample tokens',
      'GET /oauth/register-sample/outcome tokens',
      'GET /oauth/start tokens',
      'GET /openapi.json documents',
      'GET /ops documents',
      'GET /sources/{name}/{key} lists',
      'GET /v1/archive archive',
      'GET /v1/archive/backfills archive',
      'GET /v1/archive/backfills/{backfillId} archive',
      'GET /v1/archive/holds archive',
      'GET /v1/archive/holds/{holdId} archive',
      'GET /v1/archive/verification archive',
      'GET /v1/archive/{archiveId} archive',
      'GET /v1/archive/{archiveId}/content archive',
      'GET /v1/audit audit',
      'GET /v1/cache cache',
      'GET /v1/consumers consumers',
      'GET /v1/consumers/{consumerId} consumers',
      'GET /v1/consumers/{consumerId}/keys consumers',
      'GET /v1/credentials credentials',
      'GET /v1/entities/{eid}/attachments entities',
      'GET /v1/entities/{eid}/attachments/{attachmentId} entities',
      'GET /v1/entities/{eid}/rows entities',
      'GET /v1/exports exports',
      'GET /v1/exports/{exportId} exports',
      'GET /v1/exports/{exportId}/content exports',
      'GET /v1/health health',
      'GET /v1/inventory/items materials',
      'GET /v1/inventory/well-position materials',
      'GET /v1/lists lists',
      'GET /v1/lists/{listName} lists',
      'GET /v1/lists/{listName}/csv lists',
      'GET /v1/materials/{library}/assets materials',
      'GET /v1/materials/{library}/assets/{asset}/batches materials',
      'GET /v1/materials/{library}/batches materials',
      'GET /v1/materials/{library}/batches/{batch} materials',
      'GET /v1/me tokens',
      'GET /v1/me/token tokens',
      'GET /v1/me/tokens tokens',
      'GET /v1/notifications notifications',
      'GET /v1/notifications/{notificationId} notifications',
      'GET /v1/notifications/{notificationId}/deliveries notifications',
      'GET /v1/quota quota',
      'GET /v1/quota/bookings quota',
      'GET /v1/requests requests',
      'GET /v1/requests/{requestId} requests',
      'GET /v1/samples samples',
      'GET /v1/samples/{sampleId}/registration samples',
      'GET /v1/scim/{proxy+} entities',
      'GET /v1/sources lists',
      'GET /v1/sources/{sourceName} lists',
      'GET /v1/subscriptions notifications',
      'GET /v1/subscriptions/{subscriptionId} notifications',
      'GET /v1/subscriptions/{subscriptionId}/deliveries notifications',
      'GET /v1/subscriptions/{subscriptionId}/health notifications',
      'GET /v1/subscriptions/{subscriptionId}/replays notifications',
      'GET /v1/subscriptions/{subscriptionId}/replays/{replayId} notifications',
      'GET /v1/templates entities',
      'GET /v1/templates/{eid}/fields entities',
      'GET /v1/tokens tokens',
      'GET /v1/uploads/{uploadId} uploads',
      'GET /v1/usage requests',
      'PATCH /v1/archive/backfills/{backfillId} archive',
      'PATCH /v1/consumers/{consumerId} consumers',
      'PATCH /v1/credentials/{credentialId} credentials',
      'PATCH /v1/entities/{eid} entities',
      'PATCH /v1/entities/{eid}/rows/{rowId} entities',
      'PATCH /v1/lists/{listName} lists',
      'PATCH /v1/scim/{proxy+} entities',
      'PATCH /v1/sources/{sourceName} lists',
      'PATCH /v1/subscriptions/{subscriptionId} notifications',
      'POST /actions/register-sample actions',
      'POST /actions/signing-check actions',
      'POST /hooks/signals hooks',
      'POST /oauth/callback tokens',
      'POST /oauth/register-sample tokens',
      'POST /oauth/start tokens',
      'POST /sources/{name} lists',
      'POST /v1/archive/backfills archive',
      'POST /v1/archive/holds archive',
      'POST /v1/archive/holds/{holdId}/release archive',
      'POST /v1/cache/purges cache',
      'POST /v1/consumers consumers',
      'POST /v1/consumers/{consumerId}/keys consumers',
      'POST /v1/credentials credentials',
      'POST /v1/entities/{eid}/attachments entities',
      'POST /v1/entities/{eid}/rows entities',
      'POST /v1/events notifications',
      'POST /v1/exports exports',
      'POST /v1/exports/{exportId}/retries exports',
      'POST /v1/inventory/containers materials',
      'POST /v1/inventory/locations materials',
      'POST /v1/lists lists',
      'POST /v1/lists/{listName}/tests lists',
      'POST /v1/me/token/links tokens',
      'POST /v1/notifications/pulls notifications',
      'POST /v1/quota/bookings quota',
      'POST /v1/samples/{sampleId}/registration samples',
      'POST /v1/scim/{proxy+} entities',
      'POST /v1/sources lists',
      'POST /v1/sources/{sourceName}/tests lists',
      'POST /v1/subscriptions notifications',
      'POST /v1/subscriptions/filter-tests notifications',
      'POST /v1/subscriptions/{subscriptionId}/confirmation notifications',
      'POST /v1/subscriptions/{subscriptionId}/redrives notifications',
      'POST /v1/subscriptions/{subscriptionId}/replays notifications',
      'POST /v1/uploads uploads',
      'POST /v1/uploads/{uploadId}/forward uploads',
      'PUT /sources/{name} lists',
      'PUT /sources/{name}/{key} lists',
      'PUT /v1/entities/{eid}/attachments/{attachmentId} entities',
      'PUT /v1/entities/{eid}/properties entities',
      'PUT /v1/lists/{listName}/csv lists',
      'PUT /v1/lists/{listName}/items lists',
      'PUT /v1/scim/{proxy+} entities',
    ]);
  });

  it.each(routes)('%j is answered by the function that it names, as are HEAD and OPTIONS there', (route) => {
    const own = route.method === 'ANY' ? ['GET', 'PUT'] : [route.method];
    for (const method of nonEmpty([...own, 'HEAD', 'OPTIONS']))
      expect(functionAt(method, route.path)).toBe(route.function);
  });

  it.each(['/v1', '/v1/', '/v1/nothing', '/v1/quotas', '/v1/audit/7', '/oauth', '/api/rest/v1.0', '/api/rest/v1.0/'])(
    'none takes %s',
    (path) => {
      expect(router.match('GET', path)).toBeUndefined();
    },
  );

  it.each(methods)('stream the answer at $path', ({ uri, integration }) => {
    expect(integration.ResponseTransferMode).toBe('STREAM');
    expect(uri).toContain(':lambda:path/2021-11-15/functions/');
    expect(uri).toContain('/response-streaming-invocations');
  });

  it('wait 15 minutes on the native surface', () => {
    const native = methods.find(({ path }) => path.startsWith('/api/'));
    expect(native?.integration.TimeoutInMillis).toBe(900_000);
    expect(native?.uri).toContain('NativeFunction');
  });
});
