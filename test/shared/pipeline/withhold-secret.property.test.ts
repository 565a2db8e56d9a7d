/** For every answer and every place of the credential in it: neither the caller nor the cache gets the credential. */
import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NativeAnswer, noQuota } from '../../../shared/exchange/exchange.ts';
import type { UpstreamAnswer } from '../../../shared/exchange/transport.ts';
import { type Headers, headerValue } from '../../../shared/http/headers.ts';
import { toStored } from '../../../shared/idempotency/stored-answer.ts';
import { callUpstream } from '../../../shared/pipeline/call-upstream.ts';
import type { WithheldSecret } from '../../../shared/pipeline/withhold-secret.ts';
import { patternOf } from '../../../shared/secrets/secret-pattern.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { sized } from '../../support/test-size.ts';
import { exchangeOf } from '../cache/support.ts';
import { secret as anySecret, spelling } from '../secrets/spelled.ts';

const numRuns = sized(1_000, 30);

type Outcome = {
  readonly answer: NativeAnswer | undefined;
  readonly body: Buffer;
  readonly failure: string | undefined;
  readonly reports: readonly WithheldSecret[];
};

/** What the upstream answers each time it is asked: the body is a list of chunks, since a stream can be read once only. */
type Answers = Omit<UpstreamAnswer, 'body'> & { readonly body: Iterable<Buffer> | AsyncIterable<Buffer> };

const receive = async (answers: Answers, secret: string, method = 'GET', path?: string): Promise<Outcome> => {
  const reports: WithheldSecret[] = [];
  const exchange = exchangeOf({ method, deadlineMillis: Date.now() + 3_600_000, ...(path ? { path } : {}) });
  const credential = { kind: 'bearer', id: 'b', principal: 'bearer:b', secret } as const;
  try {
    const came = await callUpstream(exchange, credential, {
      transport: { send: async () => ({ ...answers, body: Readable.from(answers.body) }) },
      quota: noQuota,
      firstByteMillis: 1_000,
      onSecret: (_exchange, _credential, withheld) => void reports.push(withheld),
    });
    const whole = { answer: came, reports, failure: undefined };
    if (came.body === undefined) return { ...whole, body: Buffer.alloc(0) };
    if (came.body instanceof Uint8Array) return { ...whole, body: Buffer.from(came.body) };
    const passed: Buffer[] = [];
    try {
      for await (const chunk of came.body) passed.push(chunk as Buffer);
      return { ...whole, body: Buffer.concat(passed) };
    } catch (error) {
      return { ...whole, body: Buffer.concat(passed), failure: (error as { code?: string }).code ?? String(error) };
    }
  } catch (error) {
    const failure = (error as { code?: string }).code ?? String(error);
    expect(patternOf(secret).isIn(String(error))).toBe(false);
    return { answer: undefined, body: Buffer.alloc(0), failure, reports };
  }
};

const encoders = {
  gzip: [zlib.gzipSync, zlib.gunzipSync],
  br: [
    (body: Buffer) => zlib.brotliCompressSync(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
    zlib.brotliDecompressSync,
  ],
  deflate: [zlib.deflateSync, zlib.inflateSync],
  zstd: [zlib.zstdCompressSync, zlib.zstdDecompressSync],
} as const;
const coding = fc.constantFrom<keyof typeof encoders | undefined>('gzip', 'br', 'deflate', 'zstd', undefined);

const mediaType = fc.constantFrom(
  ...['application/vnd.api+json', 'application/json', 'text/html', 'text/plain', 'text/csv', 'application/pdf'],
  ...['application/octet-stream', 'image/png', 'application/problem+json', undefined],
);
const status = fc.constantFrom(200, 201, 202, 206, 400, 403, 404, 409, 422, 428, 429, 500, 502, 503);
const headerName = fc.constantFrom(
  ...[
    'location',
    'link',
    'content-location',
    'x-debug',
    'server-timing',
    'warning',
    'etag',
    'www-authenticate',
    'vary',
  ],
  ...['content-disposition', 'x-echo-headers', 'retry-after', 'set-cookie', 'x-api-key', 'x_api_key', 'authorization'],
);
const request = fc.constantFrom(
  ['GET', '/entities/experiment:e1'],
  ['GET', '/entities/text:t1/export'],
  ['POST', '/entities'],
  ['PATCH', '/entities/experiment:e1/properties'],
  ['DELETE', '/entities/experiment:e1'],
  ['POST', '/entities/search'],
  ['GET', '/a/path/nobody/knows'],
) as fc.Arbitrary<[string, string]>;

const credentialHeaders = /^(set-?cookie2?|cookie|(x[-_])?api[-_]?key|(proxy-)?authorization)$/;

const expectNoSecret = (secret: string, headers: Headers, decoded: Buffer): void => {
  const { isIn } = patternOf(secret);
  for (const [name, value] of headers) {
    expect(isIn(name) || isIn(value)).toBe(false);
    expect(name).not.toMatch(credentialHeaders);
  }
  expect(isIn(decoded.toString('latin1'))).toBe(false);
  for (const encoding of ['latin1', 'utf16le'] as const) expect(decoded.toString(encoding)).not.toContain(secret);
  expect(decoded.includes(Buffer.from(secret).toString('hex'))).toBe(false);
};

describe('an answer that shows the credential', () => {
  it('in its body is masked or cut, whatever its status, media type, coding, length and place', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          secret: anySecret,
          spell: spelling,
          before: fc.string({ maxLength: 200 }),
          padding: fc.constantFrom(0, 10, 70_000, 1_100_000),
          code: status,
          type: mediaType,
          used: coding,
          saysLength: fc.boolean(),
          asked: request,
        }),
        async ({ secret, spell, before, padding, code, type, used, saysLength, asked: [method, path] }) => {
          fc.pre(!patternOf(secret).isIn(`${before}x`));
          const plain = Buffer.concat([
            Buffer.from(`${before}${'x'.repeat(padding)} `),
            spell(secret).bytes,
            Buffer.from(' after'),
          ]);
          const body = used ? Buffer.from(encoders[used][0](plain)) : plain;
          const headers: Headers = [
            ...(type === undefined ? [] : [['content-type', type] as const]),
            ...(used === undefined ? [] : [['content-encoding', used] as const]),
            ...(saysLength ? [['content-length', String(body.byteLength)] as const] : []),
          ];
          const chunks = [body.subarray(0, 1_000), body.subarray(1_000)].filter(({ length }) => length > 0);
          const outcome = await receive({ status: code, headers, body: chunks }, secret, method, path);
          if (outcome.failure === 'UPSTREAM_UNREADABLE' || outcome.failure === 'UPSTREAM_UNREACHABLE') {
            expect([502, 503]).toContain(code); // an error page of a proxy, which nobody reads
            return;
          }
          expect(outcome.reports.length).toBeGreaterThan(0);
          if (outcome.failure !== undefined) {
            expect(outcome.failure).toBe('ANSWER_WITHHELD');
            if (!used) expectNoSecret(secret, outcome.answer?.headers ?? [], outcome.body);
            return;
          }
          if (outcome.reports.some(({ how }) => how === 'cut')) {
            // The refusal of a write counts without its body.
            expect([outcome.answer?.status, outcome.body.length]).toEqual([code, 0]);
            expect(code).toBeGreaterThanOrEqual(400);
            return;
          }
          expect(outcome.answer).toMatchObject({ status: code, isMasked: true });
          expectNoSecret(secret, outcome.answer?.headers ?? [], used ? encoders[used][1](outcome.body) : outcome.body);
          expect(headerValue(outcome.answer?.headers ?? [], 'content-length')).toBe(String(outcome.body.byteLength));
          expect(toStored(outcome.answer as NativeAnswer)).toEqual({ kind: 'head', status: code });
        },
      ),
      { numRuns },
    ));

  it('in a header is masked, and headers that carry credentials are dropped', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          secret: anySecret,
          spell: spelling,
          name: headerName,
          code: fc.constantFrom(200, 201, 204, 302, 304, 404),
        }),
        fc.string({ maxLength: 30 }),
        fc.constantFrom('GET', 'HEAD', 'POST', 'DELETE'),
        async ({ secret, spell, name, code }, around, method) => {
          const value = `${around}${spell(secret).bytes.toString('latin1')}${around}`;
          const headers: Headers = [
            ['x-other', 'stays'],
            [name, 'first'],
            [name, value],
          ];
          const outcome = await receive({ status: code, headers, body: [] }, secret, method);
          expect(outcome.failure).toBeUndefined();
          const kept = outcome.answer?.headers ?? [];
          expectNoSecret(secret, kept, outcome.body);
          expect(kept).toContainEqual(['x-other', 'stays']);
          const isDropped = credentialHeaders.test(name);
          expect(kept.filter(([one]) => one === name).length).toBe(isDropped ? 0 : 2);
          expect(outcome.answer?.isMasked).toBe(!isDropped);
          expect(outcome.reports).toEqual(isDropped ? [] : [{ where: 'header', how: 'masked' }]);
        },
      ),
      { numRuns },
    ));

  it('in a body whose codings are named as only some clients read them is masked or cut', async () => {
    const { gzipSync, brotliCompressSync, zstdCompressSync, deflateRawSync } = zlib;
    const body = Buffer.from('{"echo":"the-secret-itself"}');
    const coded: readonly (readonly [names: readonly string[], bytes: Buffer])[] = [
      [['gzip', 'br'], brotliCompressSync(gzipSync(body))],
      [['identity', 'br'], brotliCompressSync(body)],
      [['utf-8, gzip'], gzipSync(body)],
      [['deflate'], deflateRawSync(body)],
      [['zstd'], Buffer.concat([zstdCompressSync(Buffer.from(' ')), zstdCompressSync(body)])],
    ];
    for (const [names, bytes] of nonEmpty(coded)) {
      for (const path of ['/entities/experiment:e1', '/entities/text:t1/export']) {
        const headers: Headers = [
          ['content-type', 'application/vnd.api+json'],
          ...names.map((name) => ['content-encoding', name] as const),
        ];
        const outcome = await receive({ status: 200, headers, body: [bytes] }, 'the-secret-itself', 'GET', path);
        const isKeptBack = outcome.answer?.isMasked === true || outcome.failure === 'ANSWER_WITHHELD';
        expect([names, path, isKeptBack]).toEqual([names, path, true]);
      }
    }
  });

  it('behind the end of an encoded body is cut', async () => {
    const { deflateSync, deflateRawSync, brotliCompressSync, zstdCompressSync, gzipSync } = zlib;
    const whole = Buffer.from('{"data":[]}');
    const encoded = {
      deflate: [deflateSync(whole), deflateRawSync(whole)],
      br: [brotliCompressSync(whole)],
      zstd: [zstdCompressSync(whole)],
      gzip: [Buffer.concat([gzipSync(whole), Buffer.alloc(1)])],
    };
    for (const [used, bodies] of Object.entries(encoded)) {
      for (const body of nonEmpty(bodies)) {
        const headers: Headers = [
          ['content-type', 'application/json'],
          ['content-encoding', used],
        ];
        const trailing = Buffer.from('\nkey: the-secret-itself');
        const outcome = await receive({ status: 200, headers, body: [body, trailing] }, 'the-secret-itself');
        expect([used, outcome.failure]).toEqual([used, 'ANSWER_WITHHELD']);
        expect(outcome.body.includes('the-secret-itself')).toBe(false);
      }
    }
  });

  it('in the name of a header loses that header', async () => {
    const headers: Headers = [
      ['x-the-secret-itself', '1'],
      ['x-other', '2'],
    ];
    for (const secret of ['the-secret-itself', 'The-Secret-ITSELF']) {
      const outcome = await receive({ status: 204, headers, body: [] }, secret);
      expect(outcome.answer).toMatchObject({ headers: [['x-other', '2']], isMasked: true });
    }
  });

  it('behind thousands of empty frames is withheld: so many keep the function busy for seconds', async () => {
    const frames = [...Array<Buffer>(60_000).fill(zlib.zstdCompressSync(Buffer.alloc(0)))];
    const body = Buffer.concat([...frames, zlib.zstdCompressSync(Buffer.from('"the-secret-itself"'))]);
    const headers: Headers = [
      ['content-type', 'application/json'],
      ['content-encoding', 'zstd'],
    ];
    const outcome = await receive({ status: 200, headers, body: [body] }, 'the-secret-itself');
    expect(outcome.failure).toBe('ANSWER_WITHHELD');
  });

  it('and answers a write keeps its status, its other members, and is JSON', async () => {
    const document = { data: { id: 'e9' }, meta: { request: { 'x-api-key': 'the-secret-itself' } } };
    const headers: Headers = [
      ['content-type', 'application/vnd.api+json'],
      ['content-md5', 'x'],
      ['digest', 'sha-256=x'],
    ];
    const body = [Buffer.from(JSON.stringify(document))];
    const { answer, body: masked } = await receive(
      { status: 201, headers, body },
      'the-secret-itself',
      'POST',
      '/entities',
    );
    expect(answer?.status).toBe(201);
    expect(JSON.parse(masked.toString())).toEqual({ ...document, meta: { request: { 'x-api-key': '********' } } });
    expect(answer?.headers.map(([name]) => name)).toEqual(['content-type', 'content-length']);
  });
});

describe('an answer that shows no credential', () => {
  it('passes to the byte, and says so', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3_000 }),
        fc.constantFrom(200, 201, 400, 500),
        mediaType,
        coding,
        request,
        async (bytes, code, type, used, [method, path]) => {
          const body = used ? Buffer.from(encoders[used][0](Buffer.from(bytes))) : Buffer.from(bytes);
          const headers: Headers = [
            ...(type === undefined ? [] : [['content-type', type] as const]),
            ...(used === undefined ? [] : [['content-encoding', used] as const]),
          ];
          const answer = { status: code, headers, body: body.length > 0 ? [body] : [] };
          const outcome = await receive(answer, 'the-secret-itself', method, path);
          expect(outcome.failure).toBeUndefined();
          expect(outcome.body.equals(body)).toBe(true);
          expect(outcome.answer).toMatchObject({ status: code, headers, isMasked: false });
          expect(outcome.reports).toEqual([]);
        },
      ),
      { numRuns },
    ));

  it('and breaks off does so after its status, perhaps without its last bytes, which could have begun a credential', async () => {
    const failing = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.alloc(5_000, 'x');
      throw new Error('reset');
    };
    const headers: Headers = [
      ['content-type', 'text/csv'],
      ['content-length', '10000'],
    ];
    const outcome = await receive(
      { status: 200, headers, body: failing() },
      'the-secret-itself',
      'GET',
      '/entities/text:t1/export',
    );
    expect(outcome).toMatchObject({ answer: { status: 200 }, failure: 'Error: reset' });
    expect('x'.repeat(5_000).startsWith(outcome.body.toString())).toBe(true);
  });
});
