/** Each example of the OpenAPI document, which the pages offer to try, is sent to the twin as it stands, and succeeds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '../../infra/openapi/openapi-document.ts';
import { signalsApi } from '../../infra/openapi/signals/signals-api.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import type { TestTwin } from '../support/twin.ts';

type Parameter = { readonly name: string; readonly in: string; readonly example?: unknown };
type Operation = {
  readonly operationId: string;
  readonly 'x-facade-scope'?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
  readonly responses: Readonly<Record<string, unknown>>;
};
type Example = { readonly path: string; readonly method: string; readonly operation: Operation };

const document = createOpenApiDocument({ serverUrl: 'https://facade.example.com', version: '1', apis: [signalsApi] });
const paths = document.paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
const contentOf = ({ requestBody }: Operation) =>
  Object.entries(requestBody?.content ?? {}).find(([, { example }]) => example !== undefined);
const examples: readonly Example[] = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, operation]) =>
    contentOf(operation) === undefined ? [] : [{ path, method: method.toUpperCase(), operation }],
  ),
);

/** Those that no document can give a request for that succeeds whenever it is sent. */
const cannot: Readonly<Record<string, string>> = {
  addCredential: 'The secret must be a key of the tenant.',
  createBooking: 'The period must be to come.',
  createTokenLink: 'The consumer must act for people, and its record must list the address.',
  createReplay: 'The period must lie in the last 180 days.',
  confirmSubscription: 'The code comes into the queue of the caller.',
  createSource: 'The address must be in a network of the stage.',
  changeSource: 'There is no source.',
  testSource: 'There is no source.',
  createSourceRecord: 'It is for the tenant, with the secret of a source.',
  updateSourceRecord: 'It is for the tenant, with the secret of a source.',
  updateSourceRecordByKey: 'It is for the tenant, with the secret of a source.',
};

type Answer = { readonly data: { readonly id: string } };
type Listing = { readonly data: readonly { readonly id: string }[] };
type Answers = ReadonlyMap<string, Answer>;
type Known = { readonly path?: Readonly<Record<string, string>>; readonly headers?: Readonly<Record<string, string>> };
type Ask = (method: string, path: string) => Promise<Response>;

const idOf = (answers: Answers, operationId: string): string => answers.get(operationId)?.data.id ?? '';
const ofSubscription = async (answers: Answers) => ({ path: { subscriptionId: idOf(answers, 'createSubscription') } });

/** What only the caller knows: an id that an earlier answer gave, or the version that was read. */
const known: Readonly<Record<string, (answers: Answers, ask: Ask) => Promise<Known>>> = {
  changeSubscription: ofSubscription,
  createRedrive: ofSubscription,
  releaseHold: async (answers) => ({ path: { holdId: idOf(answers, 'placeHold') } }),
  changeBackfill: async (_answers, ask) => {
    const { data } = (await (await ask('POST', '/v1/archive/backfills')).json()) as Answer;
    return { path: { backfillId: data.id } };
  },
  changeCredential: async (_answers, ask) => {
    const { data } = (await (await ask('GET', '/v1/credentials')).json()) as Listing;
    return { path: { credentialId: data[0]?.id ?? '' } };
  },
  markSampleRegistered: async (_answers, ask) => {
    const sample = await ask('GET', '/v1/samples/sample:00000000-0000-4000-a000-000000000007/registration');
    return { headers: { 'if-match': sample.headers.get('etag') ?? '' } };
  },
};

/** Sent before the others: what they make is used, or what they need is changed by others. */
const first = [
  ...['createConsumer', 'createList', 'createSubscription', 'placeHold'],
  ...['postEntitiesByEidReviewsArchive', 'postEntitiesByEidReviewsUnarchive', 'markSampleRegistered'],
];
const rankOf = ({ operation: { operationId } }: Example): number =>
  first.includes(operationId) ? first.indexOf(operationId) : first.length;

const runnable = examples
  .filter(({ operation: { operationId } }) => !Object.hasOwn(cannot, operationId))
  .toSorted((one, other) => rankOf(one) - rankOf(other));

const toPath = ({ path, operation: { parameters = [] } }: Example, { path: values = {} }: Known): string => {
  const shownFor = (name: string) => values[name] ?? parameters.find((parameter) => parameter.name === name)?.example;
  const query = parameters.filter(({ in: place, example }) => place === 'query' && example !== undefined);
  const search = new URLSearchParams(
    query.map(({ name, example }): [string, string] => [name, String(example)]),
  ).toString();
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(shownFor(name))));
  return search ? `${filled}?${search}` : filled;
};

describe('the examples of /openapi.json', () => {
  let twin: TestTwin;
  useSharedTwin((shared) => {
    twin = shared;
  });
  const answers = new Map<string, Answer>();
  const ask = (method: string, path: string, init: RequestInit = {}) =>
    fetch(twin.url + path, { method, ...init, headers: { 'x-api-key': 'demo-admin', ...init.headers } });
  /** Other files share the twin, and name things as the documents do. */
  const tidy = async () => {
    const subscription = idOf(answers, 'createSubscription');
    const made = [
      'consumers/lab-dashboard',
      'lists/projects',
      ...(subscription ? [`subscriptions/${subscription}`] : []),
    ];
    for (const one of made) await ask('DELETE', `/v1/${one}`);
    const { data } = (await (await ask('GET', '/v1/credentials')).json()) as Listing;
    const body = JSON.stringify({ data: { type: 'credential', attributes: { state: 'active' } } });
    await ask('PATCH', `/v1/credentials/${data[0]?.id}`, { body });
  };
  beforeAll(tidy);
  afterAll(tidy);

  it('are those of the document that the twin serves', async () => {
    const served = (await (await fetch(`${twin.url}/openapi.json`)).json()) as { paths: typeof paths };
    expect(examples.length).toBeGreaterThan(50);
    for (const { path, method, operation } of examples)
      expect(contentOf(served.paths[path]?.[method.toLowerCase()] as Operation)).toEqual(contentOf(operation));
  });

  it('are left out for a reason only where they exist', () => {
    const ids = examples.map(({ operation: { operationId } }) => operationId);
    expect(ids).toEqual(expect.arrayContaining([...Object.keys(cannot), ...Object.keys(known), ...first]));
  });

  it.each(runnable.map((example) => [`${example.method} ${example.path}`, example] as const))(
    '%s succeeds as it stands',
    async (_name, example) => {
      const { method, operation } = example;
      const [mediaType = '', { example: value } = {}] = contentOf(operation) ?? [];
      const facts = (await known[operation.operationId]?.(answers, ask)) ?? {};
      const reply = await ask(method, toPath(example, facts), {
        headers: { 'content-type': mediaType, ...facts.headers },
        body: typeof value === 'string' ? value : JSON.stringify(value),
      });
      const text = await reply.text();
      const documented = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
      expect(documented, text).toContain(documented.includes('2XX') && reply.ok ? '2XX' : String(reply.status));
      if (text.startsWith('{')) answers.set(operation.operationId, JSON.parse(text));
    },
  );
});
