/** Hostile and ordinary pushes, as API Gateway hands them on. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { createHookRoutes } from '../../../functions/edge/hook-routes.ts';
import { logger } from '../../../functions/edge/logger.ts';
import { mirroredHeader } from '../../../shared/config/names.ts';
import { createMemoryIngress } from '../../../shared/notifications/adapters/memory-ingress.ts';
import { createMemoryLedger } from '../../../shared/notifications/adapters/memory-ledger.ts';
import { type HookHeader, withValue } from '../../../shared/notifications/hook-header.ts';
import { hookRoutes } from '../../../shared/notifications/hook-routes.ts';
import { createIntake } from '../../../shared/notifications/intake.ts';
import type { Ledger } from '../../../shared/notifications/ledger.ts';
import { bytesOf, guideDocument, noon } from '../../shared/notifications/builders.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';

const [{ mostBodyBytes: mostPushBytes }] = hookRoutes;
const { httpHandler } = await import('../../../functions/edge/http-handler.ts');

const secret = 'hook-secret-of-the-test';
const header = withValue(undefined, { name: 'x-signals-hook', value: secret, nowMillis: noon, endsOthers: false });
const right = { 'x-signals-hook': secret };

type Broken = { readonly ledger?: Partial<Ledger>; readonly readHeader?: () => Promise<HookHeader | undefined> };

const createHook = (broken: Broken = {}) => {
  const clock = { nowMillis: () => noon };
  const kept = createMemoryLedger(clock);
  const ingress = createMemoryIngress(clock);
  let writers = 0;
  const ledger = { ...kept, ...broken.ledger };
  const intake = createIntake({ ledger, ingress, clock, newWriter: () => `w${++writers}` });
  const putMetrics = vi.fn();
  const readHeader = broken.readHeader ?? (async () => header);
  const handler = httpHandler('https://facade.example.com', createHookRoutes({ readHeader, intake, putMetrics }));
  const push = (body: Uint8Array, headers: Readonly<Record<string, string>> = right, resource = '/hooks/signals') =>
    invokeStreaming(
      handler,
      proxyEvent({
        method: 'POST',
        resource,
        path: '/hooks/signals',
        body,
        headers: { 'content-type': 'text/xml', ...headers },
      }),
    );
  const counted = (): string[] => putMetrics.mock.calls.flatMap(([values]) => Object.keys(values));
  const range = { fromMillis: 0, untilMillis: noon + 1, order: 'oldest-first', limit: 100 } as const;
  const keptCounts = async () => [
    (await kept.list(range)).entries.length,
    (await kept.listMalformed(range)).entries.length,
  ];
  const malformed = async () => (await kept.listMalformed(range)).entries;
  const origins = async () => (await kept.list(range)).entries.map(({ notification }) => notification.origin);
  return { push, ingress, counted, keptCounts, malformed, origins };
};

const document = bytesOf(guideDocument());

it('answers 204 to a push of any media type once it is kept and queued', async () => {
  const hook = createHook();
  const reply = await hook.push(document);
  expect([reply.status, reply.body.byteLength]).toEqual([204, 0]);
  expect([await hook.keptCounts(), hook.ingress.works.length]).toEqual([[1, 0], 1]);
  expect(hook.counted()).toEqual(['HookTaken', 'PushLagSeconds', 'HookMillis']);
});

it('answers missing and wrong headers alike, and keeps nothing', async () => {
  const hook = createHook();
  const never = createHook({ readHeader: async () => undefined });
  const replies = [
    await hook.push(document, {}),
    await hook.push(document, { 'x-signals-hook': '' }),
    await hook.push(document, { 'x-signals-hook': `${secret}x` }),
    await hook.push(Buffer.from('{'), { 'x-api-key': secret }),
    await never.push(document),
  ];
  const told = replies.map(({ status, headers, body }) => ({
    status,
    challenge: headers['www-authenticate'],
    error: { ...JSON.parse(body.toString()).errors[0], id: '' },
  }));
  expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(told[0]).toMatchObject({ status: 401, error: { code: 'HOOK_REFUSED' } });
  expect(JSON.stringify(told)).not.toContain('x-signals-hook');
  expect([await hook.keptCounts(), hook.ingress.works.length]).toEqual([[0, 0], 0]);
  expect(hook.counted()).toEqual(['HookRefused', 'HookRefused', 'HookRefused', 'HookRefused']);
});

it('refuses a body above 1 MiB, and takes one of that size', async () => {
  const hook = createHook();
  const padded = (size: number) => Buffer.concat([document, Buffer.alloc(size - document.byteLength, ' ')]);
  expect((await hook.push(padded(mostPushBytes + 1))).status).toBe(413);
  expect(await hook.keptCounts()).toEqual([0, 0]);
  expect((await hook.push(padded(mostPushBytes))).status).toBe(204);
});

it('names in its log line under which id input is kept that is no notification', async () => {
  const lines = vi.spyOn(logger, 'info').mockReturnValue(undefined);
  onTestFinished(() => lines.mockRestore());
  const hook = createHook();
  await hook.push(Buffer.from('{'));
  const [kept] = await hook.malformed();
  const told = lines.mock.calls.map(([, line]) => line);
  expect(told).toEqual([expect.objectContaining({ push: 'malformed: it is no JSON', malformed: kept?.id })]);
});

it.each([
  ['no JSON', Buffer.from('{"data":')],
  ['nothing', new Uint8Array()],
  ['a megabyte of brackets', Buffer.alloc(mostPushBytes, '[')],
  ['names of a prototype', Buffer.from('{"__proto__":{"data":{"id":"1"}}}')],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
])('keeps %s for inspection, answers 204, and counts it', async (_name, body) => {
  const hook = createHook();
  expect((await hook.push(body)).status).toBe(204);
  expect([await hook.keptCounts(), hook.ingress.works.length]).toEqual([[0, 1], 0]);
  expect(hook.counted()).toEqual(['HookMalformed', 'HookMillis']);
});

it('takes a push that is replayed in once', async () => {
  const hook = createHook();
  for (let copy = 0; copy < 5; copy += 1) expect((await hook.push(document)).status).toBe(204);
  expect((await hook.keptCounts())[0]).toBe(1);
});

const fail = () => Promise.reject(new Error('no answer'));
it.each<[string, Broken, Uint8Array]>([
  ['a notification', { ledger: { keep: fail } }, document],
  ['malformed input', { ledger: { keepMalformed: fail } }, Buffer.from('{')],
])('answers 503 where %s cannot be kept, so that the tenant leaves it undismissed', async (_name, broken, body) => {
  const hook = createHook(broken);
  const reply = await hook.push(body);
  expect([reply.status, JSON.parse(reply.body.toString()).errors[0].code]).toEqual([503, 'NOTIFICATIONS_UNAVAILABLE']);
  expect(hook.counted()).toEqual(['HookFailed']);
});

it('answers 503, and not 401, where it cannot tell which header is valid, and counts the push as not kept', async () => {
  const hook = createHook({ readHeader: fail });
  const reply = await hook.push(document);
  expect([reply.status, hook.counted()]).toEqual([503, ['HookFailed']]);
  expect(JSON.parse(reply.body.toString()).errors[0].code).toBe('NOTIFICATIONS_UNAVAILABLE');
});

it.each(['/hooks/signals', '/hooks/{proxy+}'])(
  'takes a body above the bound of other routes at %s',
  async (resource) => {
    const { push } = createHook();
    const body = Buffer.concat([document, Buffer.alloc(100_000, ' ')]);
    expect((await push(body, right, resource)).status).toBe(204);
  },
);

it('marks a push that another facade has forwarded, so that it is not forwarded again', async () => {
  const hook = createHook();
  await hook.push(document, { ...right, [mirroredHeader]: 'prod' });
  expect(await hook.origins()).toEqual(['mirror']);
  const direct = createHook();
  await direct.push(document);
  expect(await direct.origins()).toEqual(['push']);
});
