import { describe, expect, it } from 'vitest';
import { anyRoute, startTestGateway } from './support/start.ts';

const returning = (result: string): string => `export const handler = async (event, context) => (${result});`;
const serve = (source: string, settings: Record<string, unknown> = {}) =>
  startTestGateway({
    functions: { Fn: source },
    settings: { Fn: settings },
    routes: anyRoute('Fn', { buffered: true }),
  });

describe('a buffered integration', () => {
  it('decodes base64 bodies and sends every value of a header', async () => {
    const { url } = await serve(
      returning(
        `{ statusCode: 203, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, body: 'AP8=', isBase64Encoded: true }`,
      ),
    );

    const response = await fetch(`${url}/x`);

    expect(response.status).toBe(203);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
  });

  it.each([
    ['answers with no status', returning(`{ body: 'x' }`)],
    ['answers with text', returning(`'x'`)],
    ['answers with nothing', returning('undefined')],
    ['throws', returning(`(() => { throw new Error('secret detail'); })()`)],
    ['answers more than 6 MiB', returning(`{ statusCode: 200, body: 'x'.repeat(6_291_457) }`)],
    ['does not load', 'throw new Error("secret detail");'],
    ['exports no handler', 'export const other = 1;'],
  ])('answers 502 without inner text when the function %s', async (_, source) => {
    const { url } = await serve(source);

    const response = await fetch(`${url}/x`);

    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ message: 'Internal server error' });
  });

  it('answers 500 for a function whose reserved concurrency is zero', async () => {
    const { url } = await serve(returning('{ statusCode: 200 }'), { ReservedConcurrentExecutions: 0 });

    expect((await fetch(`${url}/x`)).status).toBe(500);
  });
});
