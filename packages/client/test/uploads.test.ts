/** The three steps of an upload, and what is left behind when one fails. */
import { describe, expect, it } from 'vitest';
import { failure, fakeFacade, type Handle, json } from './fake-facade.ts';

const bucket = 'https://bucket.example.com/u1?signature=x';
const announced: Handle = () =>
  json(
    {
      data: {
        id: 'u1',
        links: { upload: bucket },
        attributes: { uploadHeaders: { 'content-type': 'image/png', 'content-length': '5' } },
      },
    },
    201,
  );
const taken: Handle = () => new Response(null, { status: 200 });
const gone: Handle = () => new Response(null, { status: 204 });
const wanted = { path: '/api/rest/v1.0/x', mediaType: 'image/png', body: new Blob(['bytes']) };

describe('an upload', () => {
  it('is announced, put and forwarded, and gives the answer of the tenant', async () => {
    const { client, seen } = fakeFacade([announced, taken, () => json({ data: { id: 'image:i1' } }, 201)]);
    const answer = await client.upload(wanted);
    expect([answer.status, await answer.json()]).toEqual([201, { data: { id: 'image:i1' } }]);
    const [announce, put, forward] = seen;
    expect(JSON.parse(announce?.body ?? '')).toEqual({
      data: {
        type: 'upload',
        attributes: { method: 'POST', path: '/api/rest/v1.0/x', mediaType: 'image/png', sizeBytes: 5 },
      },
    });
    expect(put).toEqual({ method: 'PUT', url: bucket, headers: { 'content-type': 'image/png' }, body: 'bytes' });
    expect(forward).toMatchObject({ method: 'POST', url: expect.stringMatching(/\/v1\/uploads\/u1\/forward$/) });
    expect(forward?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('puts and forwards again where it is asked to, with the whole body and one key', async () => {
    const handles = [announced, () => failure(503, 'SlowDown'), taken, () => failure(429, 'QUOTA'), () => json({})];
    const { client, seen } = fakeFacade(handles);
    await client.upload(wanted);
    const [, firstPut, secondPut, firstForward, secondForward] = seen;
    expect([firstPut?.body, secondPut?.body]).toEqual(['bytes', 'bytes']);
    expect(secondForward?.headers['idempotency-key']).toBe(firstForward?.headers['idempotency-key']);
  });

  it('is removed where the bucket refuses the bytes', async () => {
    const { client, seen } = fakeFacade([announced, () => new Response('<Error/>', { status: 403 }), gone]);
    await expect(client.putUpload(wanted)).rejects.toMatchObject({ status: 403 });
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'PUT', 'DELETE']);
  });

  it('is removed where the tenant refuses it, and kept where it may have been carried out', async () => {
    const refused = fakeFacade([announced, taken, () => failure(428, 'DigestNotMatch'), gone]);
    await expect(refused.client.upload(wanted)).rejects.toMatchObject({ code: 'DigestNotMatch' });
    expect(refused.seen.at(-1)).toMatchObject({ method: 'DELETE' });
    const lost = fakeFacade([announced, taken, () => failure(504, 'UPSTREAM_LATE')]);
    await expect(lost.client.upload(wanted)).rejects.toMatchObject({ code: 'UPSTREAM_LATE' });
    expect(lost.seen.at(-1)).toMatchObject({ method: 'POST' });
  });

  it('can be forwarded again with a fresh digest, as another call', async () => {
    const { client, seen } = fakeFacade([announced, taken, () => failure(428, 'DigestNotMatch'), () => json({})]);
    const upload = await client.putUpload(wanted);
    await expect(upload.forward()).rejects.toMatchObject({ status: 428 });
    await upload.forward({ digest: '2' });
    expect(seen.at(-1)?.url).toMatch(/\/forward\?digest=2$/);
    expect(seen.at(-1)?.headers['idempotency-key']).not.toBe(seen.at(-2)?.headers['idempotency-key']);
  });
});
