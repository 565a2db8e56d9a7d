import { describe, expect, it } from 'vitest';
import { toHttpRequest } from '../../../functions/edge/http-request.ts';
import { proxyEvent } from '../../support/lambda.ts';

const context = { awsRequestId: 'r1', getRemainingTimeInMillis: () => 30_000 } as Parameters<typeof toHttpRequest>[1];
const resource = '/api/rest/v1.0/{proxy+}';

describe('a request of API Gateway', () => {
  it.each([
    ['one slash', '/api/rest/v1.0/users', '/api/rest/v1.0/users', ''],
    ['several slashes in front', '///api/rest/v1.0/users', '/api/rest/v1.0/users', ''],
    ['slashes further on', '/api/rest/v1.0//users//', '/api/rest/v1.0//users//', ''],
    ['a base path mapping', '/eln/api/rest/v1.0/users', '/api/rest/v1.0/users', '/eln'],
    ['a base path mapping behind slashes', '//eln/api/rest/v1.0/users', '/api/rest/v1.0/users', '/eln'],
  ])('has the path and the base URL of its caller, with %s', (_name, path, expected, mapping) => {
    const event = proxyEvent({ resource, path, domainName: 'facade.example.com' });
    const request = toHttpRequest(event, context, '', 0);
    expect([request.path, request.publicUrl]).toEqual([expected, `https://facade.example.com${mapping}`]);
  });

  it('has an id that begins with its instant and ends as that of the invocation', () => {
    const invoked = { ...context, awsRequestId: '5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10' };
    const { requestId } = toHttpRequest(proxyEvent({ resource }), invoked, '', 1_800_000_000_000);
    expect(requestId).toBe('01a3185c-5000-7a52-a6d4-0d1f4f8e7a10');
  });
});
