/** The pages of /actions as the tenant asks for them: in the query, in a body, in a form. */
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createActionRoutes } from '../../../functions/edge/action-routes.ts';
import { httpHandler } from '../../../functions/edge/http-handler.ts';
import { createSigningCheck } from '../../../shared/actions/signing-check.ts';
import { type SigningRule, SigningRules } from '../../../shared/actions/signing-rules.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { createEntityTenant, eid, sheet } from '../../shared/actions/entity-tenant.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const tenantOrigin = 'https://snb.example.com';
const path = '/actions/signing-check';
const needsSheet: SigningRule = { name: 'Safety sheet', needsChild: { type: 'excel', name: 'Safety Sheet' } };

const setUp = (given: Parameters<typeof createEntityTenant>[0] = {}, rules: readonly SigningRule[] = [needsSheet]) => {
  const tenant = createEntityTenant({ children: [sheet], ...given });
  const signingCheck = createSigningCheck({ rules, clock: systemClock });
  const handler = httpHandler('', createActionRoutes({ signingCheck, call: tenant.call, tenantOrigin }));
  const send = async (parts: Omit<Parameters<typeof proxyEvent>[0], 'resource'>) => {
    const reply = await invokeStreaming(handler, proxyEvent({ resource: '/actions/{proxy+}', path, ...parts }));
    const text = reply.body.toString();
    const [, verdict] = /data-verdict="(\w+)"/.exec(text) ?? [];
    return { ...reply, text, verdict };
  };
  return {
    ...tenant,
    get: (query: Record<string, string>) => send({ query }),
    post: (mediaType: string, body: string | Uint8Array) =>
      send({ method: 'POST', headers: { 'content-type': mediaType }, body: Buffer.from(body) }),
    send,
  };
};

const json = 'application/vnd.api+json';
const form = 'application/x-www-form-urlencoded';
const entity = { data: { id: eid, type: 'experiment', attributes: { name: 'x' }, relationships: {} } };
const formOf = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

/** As long as browsers make it. */
const boundary = '----WebKitFormBoundary0123456789abcdef';

/** The messages that the script of the page sends by itself. */
const messagesIn = (text: string): unknown => {
  const [, attribute = ''] = /data-messages="([^"]*)"/.exec(text) ?? [];
  return JSON.parse(attribute.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))));
};
const opening = (title: string) => [
  ['setTitle', [title]],
  ['setWidth', [50]],
];

describe('the page of the signing check', () => {
  it('lets signing go on by itself where all rules are met', async () => {
    const reply = await setUp().get({ __eid: eid });
    expect([reply.status, reply.verdict]).toEqual([200, 'continue']);
    expect(messagesIn(reply.text)).toEqual([...opening('Ready to be signed'), ['closeAndContinue', []]]);
  });

  it('says what is missing, sends nothing by itself, and offers to stop', async () => {
    const reply = await setUp({ children: [] }).get({ __eid: eid });
    expect([reply.status, reply.verdict]).toEqual([200, 'abort']);
    expect(reply.text).toContain('A child named “Safety Sheet” of the type excel is needed.');
    expect(messagesIn(reply.text)).toEqual(opening('Not ready to be signed'));
    expect(reply.text).toContain('data-message="[&#34;closeAndAbort&#34;,[]]">Stop signing');
    expect(reply.text).not.toContain('data-message="[&#34;closeAndContinue');
  });

  it.each([
    ['JSON', json, JSON.stringify(entity)],
    ['JSON of the plain type', 'application/json; charset=utf-8', JSON.stringify(entity)],
    ['the resource alone', json, JSON.stringify(entity.data)],
    ['an array', json, JSON.stringify([entity])],
    ['an array of resources', json, JSON.stringify({ data: [entity.data] })],
    ['the same entity twice', json, JSON.stringify([entity, entity])],
    ['a field of a form', form, formOf({ data: JSON.stringify(entity) })],
    ['a field of a form beside others', form, formOf({ name: 'x', __eid: eid, entity: JSON.stringify([entity]) })],
    [
      'a part of a form',
      `multipart/form-data; boundary=${boundary}`,
      `--${boundary}\r\nContent-Disposition: form-data; name="entity"\r\n\r\n${JSON.stringify(entity)}\r\n--${boundary}--\r\n`,
    ],
  ])('takes %s by POST', async (_name, mediaType, body) => {
    const world = setUp();
    const reply = await world.post(mediaType, body);
    expect([reply.status, reply.verdict]).toEqual([200, 'continue']);
    expect(world.paths).toHaveLength(2);
  });

  it('judges each of several, and shows which one fails', async () => {
    const second = 'experiment:second';
    const world = setUp({ instead: (asked) => (asked.includes('second') ? { status: 404, document: {} } : undefined) });
    const reply = await world.post(json, JSON.stringify([entity, { data: { id: second } }]));
    expect(reply.verdict).toBe('abort');
    expect(reply.text).toMatch(
      new RegExp(`<h2>${eid}</h2>\\s*<ul>[\\s\\S]*<h2>${second}</h2>\\s*<p>It could not be checked`),
    );
  });

  it.each([
    ['no JSON', json, '{'],
    ['an empty object', json, '{}'],
    ['an empty array', json, '[]'],
    ['null', json, 'null'],
    ['a text', json, JSON.stringify(eid)],
    ['a number', json, '7'],
    ['a number as id', json, '{"data":{"id":7}}'],
    ['an id that is none', json, JSON.stringify({ data: { id: '../users' } })],
    ['one good and one bad', json, JSON.stringify([entity, { data: { id: 'a b' } }])],
    ['arrays in arrays', json, JSON.stringify([[entity]])],
    ['many levels', json, '['.repeat(40)],
    ['21 entities', json, JSON.stringify(Array.from({ length: 21 }, (_, index) => ({ id: `experiment:${index}` })))],
    ['a form without JSON', form, formOf({ __eid: eid })],
    ['a form with two entities in two fields', form, formOf({ a: '{}', b: '[]' })],
    ['a broken form', 'multipart/form-data; boundary=b', 'no form'],
    ['a form without a boundary', 'multipart/form-data', 'x'],
    ['bytes that are no text', json, Buffer.of(0xff, 0xfe, 0)],
  ])('refuses %s, calls nobody, and offers to stop', async (_name, mediaType, body) => {
    const world = setUp();
    const reply = await world.post(mediaType, body);
    expect([reply.status, reply.verdict]).toEqual([400, 'abort']);
    expect(messagesIn(reply.text)).toEqual(opening('Not checked'));
    expect(world.paths).toEqual([]);
  });

  it.each([
    ['no id', {}],
    ['an empty id', { __eid: '' }],
    ['no id of an entity', { __eid: 'experiment:../../users' }],
    ['markup', { __eid: '<script>alert(1)</script>' }],
    ['a line break', { __eid: `${eid}\nx` }],
    ['another parameter', { sampleId: eid }],
  ])('refuses %s in the query', async (_name, query: Record<string, string>) => {
    const world = setUp();
    const reply = await world.get(query);
    expect([reply.status, reply.verdict]).toEqual([400, 'abort']);
    expect(world.paths).toEqual([]);
    expect(reply.text).not.toContain('alert(1)');
  });

  it('refuses several ids in the query, and takes other parameters', async () => {
    const world = setUp();
    const handlerQuery = { multiValueQueryStringParameters: { __eid: [eid, 'experiment:second'] } };
    const event = { ...proxyEvent({ resource: '/actions/{proxy+}', path }), ...handlerQuery };
    const { call } = world;
    const signingCheck = createSigningCheck({ rules: [needsSheet], clock: systemClock });
    const reply = await invokeStreaming(
      httpHandler('', createActionRoutes({ signingCheck, call, tenantOrigin })),
      event as unknown as ReturnType<typeof proxyEvent>,
    );
    expect([reply.status, reply.body.toString()]).toEqual([400, expect.stringContaining('more than once')]);
    expect((await world.get({ __eid: eid, lang: 'en' })).verdict).toBe('continue');
  });

  it.each(['application/xml', 'image/png'])('refuses a body of the type %s', async (mediaType) => {
    expect(await setUp().post(mediaType, '<a/>')).toMatchObject({ status: 415, verdict: 'abort' });
  });

  it('refuses a large body, and one that is not there', async () => {
    expect(await setUp().post(json, Buffer.alloc(262_145, ' '))).toMatchObject({ status: 413, verdict: 'abort' });
    expect(await setUp().send({ method: 'POST' })).toMatchObject({ status: 400, verdict: 'abort' });
  });

  const hostile = `"><script>alert(1)</script>'&\u202e`;
  it('writes hostile names of rules as text', async () => {
    const rules = SigningRules.parse([
      { name: hostile, needsChild: { type: 'excel', name: hostile } },
      { name: 'r', needsField: hostile },
      { name: 's', forbidsStates: [hostile, 'open'] },
    ]);
    const { text, verdict } = await setUp({}, rules).get({ __eid: eid });
    expect(verdict).toBe('abort');
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text.match(/alert\(1\)/g)).toHaveLength(4);
  });

  it('shows nothing of the entity, whatever the verdict is', async () => {
    const attributes = { name: 'Secret name', state: 'secret-state', fields: { 'Secret field': { value: 'secret' } } };
    const children = [{ type: 'text', name: 'Secret child' }];
    for (const rule of [needsSheet, { name: 'r', forbidsStates: ['x'] }, { name: 'r', needsField: 'Secret field' }]) {
      const { text } = await setUp({ attributes, children }, [rule]).get({ __eid: eid });
      expect(text.replaceAll('Secret field', '')).not.toMatch(/secret/i);
    }
  });

  it('answers alike what is not there, what is forbidden, and what fails', async () => {
    const pages = await Promise.all(
      [403, 404, 500].map((status) => setUp({ instead: () => ({ status, document: {} }) }).get({ __eid: eid })),
    );
    expect(new Set(pages.map(({ text }) => text)).size).toBe(1);
    expect(pages[0]?.verdict).toBe('abort');
  });

  it('has headers that let only the tenant frame it, and only its own script run', async () => {
    const world = setUp();
    const replies = [
      await world.get({ __eid: eid }),
      await world.get({}),
      await world.send({ path: '/actions/other' }),
    ];
    for (const { headers } of nonEmpty(replies)) {
      const policy = headers['content-security-policy'] ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/]+=*'; style-src 'sha256-[\w+/]+=*'; /);
      expect(policy).toContain(`frame-ancestors ${tenantOrigin};`);
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      expect(headers).not.toHaveProperty('x-frame-options');
    }
    expect(replies.map(({ status }) => status)).toEqual([200, 400, 404]);
  });

  it('names the origin of the tenant with each message, so that no other page gets one', async () => {
    const { text } = await setUp().get({ __eid: eid });
    const sent: unknown[] = [];
    const parent = { postMessage: (...message: unknown[]) => sent.push(message) };
    const document = {
      body: {
        dataset: { tenant: /data-tenant="([^"]+)"/.exec(text)?.[1], messages: JSON.stringify(messagesIn(text)) },
      },
      querySelectorAll: () => [],
      querySelector: () => null,
    };
    runInNewContext(/<script>([\s\S]*)<\/script>/.exec(text)?.[1] ?? '', { window: { parent }, document });
    expect(sent).toEqual(
      [...opening('Ready to be signed'), ['closeAndContinue', []]].map((one) => [one, tenantOrigin]),
    );
  });

  it('hides a fault of the facade, and offers to stop', async () => {
    const world = setUp({
      instead: () => {
        throw new TypeError('inner words');
      },
    });
    const reply = await world.get({ __eid: eid });
    expect([reply.status, reply.verdict]).toEqual([500, 'abort']);
    expect(reply.text).not.toContain('inner words');
    expect(reply.text).toContain('invocation-1');
  });
});
