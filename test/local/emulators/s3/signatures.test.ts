import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { s3Client } from '../../../support/aws.ts';
import { Bucket, expectRefusal, setUp, startServer } from './s3-setup.ts';

const Key = 'a folder/ä+b%.pdf';

const stored = async () => {
  const { client, server } = await setUp();
  await client.send(new PutObjectCommand({ Bucket, Key, Body: 'bytes' }));
  return { client, url: server.url };
};

const presignedGet = (client: S3Client, more: { expiresIn?: number; signingDate?: Date } = {}) =>
  getSignedUrl(client, new GetObjectCommand({ Bucket, Key }), more);

/** Status and code of the answer; a refusal must be S3's XML. */
const refusalOf = async (url: string, init: RequestInit = {}) => {
  const answer = await fetch(url, init);
  const text = await answer.text();
  expect(text).toMatch(
    /^<\?xml .*<Error><Code>\w+<\/Code><Message>.+<\/Message>.*<RequestId>\w+<\/RequestId><\/Error>$/s,
  );
  return [answer.status, /<Code>(\w+)/.exec(text)?.[1]];
};

const withMember = (url: string, name: string, value: string) => {
  const changed = new URL(url);
  changed.searchParams.set(name, value);
  return changed.href;
};

describe('presigned URLs', () => {
  it('opens the object to anybody who has the URL', async () => {
    const { client } = await stored();
    const answer = await fetch(await presignedGet(client));
    expect([answer.status, await answer.text()]).toEqual([200, 'bytes']);
  });

  it('answers with the type and disposition that the URL asks for', async () => {
    const { client } = await stored();
    const asked = { ResponseContentType: 'text/plain', ResponseContentDisposition: 'attachment; filename="ä 日.pdf"' };
    const answer = await fetch(await getSignedUrl(client, new GetObjectCommand({ Bucket, Key, ...asked })));
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(Buffer.from(answer.headers.get('content-disposition') ?? '', 'latin1').toString()).toBe(
      asked.ResponseContentDisposition,
    );
  });

  it('refuses an expired URL', async () => {
    const { client } = await stored();
    const signingDate = new Date(Date.now() - 61_000);
    const url = await presignedGet(client, { signingDate, expiresIn: 60 });
    expect(await refusalOf(url)).toEqual([403, 'AccessDenied']);
  });

  it('refuses a URL that was made valid for longer', async () => {
    const { client } = await stored();
    const signingDate = new Date(Date.now() - 61_000);
    const url = await presignedGet(client, { signingDate, expiresIn: 60 });
    expect(await refusalOf(withMember(url, 'X-Amz-Expires', '600'))).toEqual([403, 'SignatureDoesNotMatch']);
    const never = await refusalOf(withMember(url, 'X-Amz-Expires', '604801'));
    expect(never).toEqual([400, 'AuthorizationQueryParametersError']);
  });

  it('refuses a URL of another day of the future', async () => {
    const { client } = await stored();
    const url = await presignedGet(client, { signingDate: new Date(Date.now() + 86_400_000) });
    expect(await refusalOf(url)).toEqual([403, 'AccessDenied']);
  });

  it('refuses another key, another method, another member and another signature', async () => {
    const { client } = await stored();
    await client.send(new PutObjectCommand({ Bucket, Key: 'other', Body: 'secret' }));
    const url = await presignedGet(client);
    const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? '';
    const flipped = (signature.startsWith('0') ? '1' : '0') + signature.slice(1);
    const attempts: [string, RequestInit?][] = [
      [url.replace(/\/a%20folder[^?]*/, '/other')],
      [url, { method: 'DELETE' }],
      [withMember(url, 'response-content-type', 'text/html')],
      [withMember(url, 'X-Amz-Signature', flipped)],
    ];
    for (const [changed, init] of attempts)
      expect(await refusalOf(changed, init)).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it('refuses an x-amz header that the URL does not sign', async () => {
    const { client } = await stored();
    const url = await presignedGet(client);
    const headers = { 'x-amz-bypass-governance-retention': 'true' };
    expect(await refusalOf(url, { headers })).toEqual([403, 'AccessDenied']);
  });

  it('stores what is put to a presigned URL, with the metadata it signs', async () => {
    const { client, url: endpoint } = await stored();
    const signer = s3Client(endpoint, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const put = new PutObjectCommand({ Bucket, Key: 'uploaded', Metadata: { upload: '7' }, ContentType: 'image/png' });
    const url = await getSignedUrl(signer, put, { expiresIn: 60 });
    const answer = await fetch(url, { method: 'PUT', body: 'png', headers: { 'content-type': 'image/png' } });
    expect(answer.status).toBe(200);
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'uploaded' }));
    expect([await got.Body?.transformToString(), got.ContentType]).toEqual(['png', 'image/png']);
    expect(got.Metadata).toEqual({ upload: '7' });
  });

  it('refuses a body that the checksum in the URL does not cover, as a default signer makes one', async () => {
    const { client } = await stored();
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'uploaded' }));
    expect(url).toContain('x-amz-checksum-crc32=AAAAAA');
    expect(await refusalOf(url, { method: 'PUT', body: 'png' })).toEqual([400, 'BadDigest']);
  });
});

describe('signed requests', () => {
  it('refuses a wrong secret, an unknown key and no signature at all', async () => {
    const { url } = await stored();
    const get = new GetObjectCommand({ Bucket, Key });
    const wrongSecret = s3Client(url, { credentials: { accessKeyId: 'local', secretAccessKey: 'wrong' } });
    const unknownKey = s3Client(url, { credentials: { accessKeyId: 'other', secretAccessKey: 'local' } });
    await expectRefusal(wrongSecret.send(get), 'SignatureDoesNotMatch', 403);
    await expectRefusal(unknownKey.send(get), 'InvalidAccessKeyId', 403);
    expect(await refusalOf(`${url}/${Bucket}/other`)).toEqual([403, 'AccessDenied']);
  });

  it('takes the credentials it was started with', async () => {
    const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'of the twin' };
    const client = s3Client((await startServer({ credentials })).url, { credentials });
    await expectRefusal(client.send(new GetObjectCommand({ Bucket: 'none-there', Key })), 'NoSuchBucket', 404);
  });
});
