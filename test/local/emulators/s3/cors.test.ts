/** Codes, messages and headers are those that S3 was recorded to answer with (LocalStack's snapshots of S3, 2023 to 2025). */
import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  GetObjectCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { s3Client, temporaryFolder } from '../../../support/aws.ts';
import { Bucket, createBucket, expectRefusal, setUp, startServer } from './s3-setup.ts';

const page = 'https://app.example.com';
const rule = {
  AllowedOrigins: [page, 'https://*.lab.example.com'],
  AllowedMethods: ['PUT'],
  AllowedHeaders: ['Content-Type'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 60,
};
const putRules = (client: S3Client, ...CORSRules: (typeof rule)[]) =>
  client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));

const ask = async (url: string, headers: Record<string, string>, method = 'OPTIONS') => {
  const response = await fetch(url, { method, headers, ...(method === 'PUT' ? { body: 'bytes' } : {}) });
  const text = await response.text();
  const cors = [...response.headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary');
  return { status: response.status, code: /<Code>(\w+)</.exec(text)?.[1], cors: Object.fromEntries(cors) };
};
const preflight = { origin: page, 'access-control-request-method': 'PUT' };
const granted = {
  'access-control-allow-origin': page,
  'access-control-allow-credentials': 'true',
  'access-control-allow-methods': 'PUT',
  'access-control-expose-headers': 'ETag',
  'access-control-max-age': '60',
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
};

describe('the CORS rules of a bucket', () => {
  it('are kept over a restart, replaced whole, and gone when they are deleted', async () => {
    const stateDir = await temporaryFolder();
    const first = await startServer({ stateDir });
    await createBucket(s3Client(first.url));
    await putRules(s3Client(first.url), { ...rule, AllowedMethods: ['GET'] });
    await putRules(s3Client(first.url), rule);
    await first.close();

    const second = await startServer({ stateDir });
    const client = s3Client(second.url);
    expect((await client.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual([rule]);
    await client.send(new DeleteBucketCorsCommand({ Bucket }));
    await expectRefusal(client.send(new GetBucketCorsCommand({ Bucket })), 'NoSuchCORSConfiguration', 404);
  });

  it.each([
    [{ ...rule, AllowedMethods: ['OPTIONS'] }, 'InvalidRequest'],
    [{ ...rule, AllowedOrigins: ['https://*.*.example.com'] }, 'InvalidRequest'],
    [{ ...rule, AllowedOrigins: [] }, 'MalformedXML'],
  ])('are refused: %j', async (wrong, code) => {
    const { client } = await setUp();
    await expectRefusal(putRules(client, wrong), code, 400);
  });
});

describe('a preflight', () => {
  it('is granted by a rule for its origin, method and headers, without a signature', async () => {
    const { server, client } = await setUp();
    await putRules(client, rule);
    const url = `${server.url}/${Bucket}/uploads/1`;
    const headers = { 'access-control-request-headers': 'content-type' };
    expect(await ask(url, { ...preflight, ...headers })).toEqual({
      status: 200,
      code: undefined,
      cors: { ...granted, 'access-control-allow-headers': 'content-type' },
    });
    const other = await ask(url, { ...preflight, origin: 'https://a.lab.example.com' });
    expect(other.cors['access-control-allow-origin']).toBe('https://a.lab.example.com');
  });

  it.each([
    [{ ...preflight, origin: 'https://evil.example.com' }, 403, 'AccessForbidden'],
    [{ ...preflight, origin: 'http://app.example.com' }, 403, 'AccessForbidden'],
    [{ ...preflight, 'access-control-request-method': 'GET' }, 403, 'AccessForbidden'],
    [{ ...preflight, 'access-control-request-headers': 'content-type, x-amz-acl' }, 403, 'AccessForbidden'],
    [{ origin: page }, 403, 'AccessForbidden'],
    [{ 'access-control-request-method': 'PUT' }, 400, 'BadRequest'],
  ])('is refused: %j', async (headers, status, code) => {
    const { server, client } = await setUp();
    await putRules(client, rule);
    const url = `${server.url}/${Bucket}/uploads/1`;
    expect(await ask(url, headers as Record<string, string>)).toEqual({ status, code, cors: {} });
  });

  it('is refused where there are no rules, and no such bucket', async () => {
    const { server } = await setUp();
    for (const bucket of [Bucket, 'no-such-bucket'])
      expect(await ask(`${server.url}/${bucket}/k`, preflight)).toEqual({
        ...{ status: 403, code: 'AccessForbidden', cors: {} },
      });
  });
});

/** Presigned as the facade does it: without a checksum, because the body does not exist yet. */
const presigned = async () => {
  const { server, client } = await setUp();
  await putRules(client, rule);
  const signer = s3Client(server.url, { requestChecksumCalculation: 'WHEN_REQUIRED' });
  return {
    put: await getSignedUrl(signer, new PutObjectCommand({ Bucket, Key: 'k' })),
    get: await getSignedUrl(signer, new GetObjectCommand({ Bucket, Key: 'k' })),
  };
};

describe('an answer', () => {
  it('names the origin that a rule allows, also when it refuses', async () => {
    const { put } = await presigned();
    expect(await ask(put, { origin: page }, 'PUT')).toEqual({ status: 200, code: undefined, cors: granted });
    const forged = await ask(put.replace('/k?', '/other?'), { origin: page }, 'PUT');
    expect(forged).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch', cors: granted });
  });

  it('names none for other origins, other methods, and callers that are no browsers', async () => {
    const { put, get } = await presigned();
    expect(await ask(put, { origin: 'https://evil.example.com' }, 'PUT')).toMatchObject({ status: 200, cors: {} });
    expect(await ask(put, {}, 'PUT')).toMatchObject({ status: 200, cors: {} });
    expect(await ask(get, { origin: page }, 'GET')).toMatchObject({ status: 200, cors: {} });
  });
});
