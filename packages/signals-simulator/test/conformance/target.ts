/**
 * What the conformance suite talks to: a simulator of its own, or, with SIGNALS_URL and SIGNALS_API_KEY set, a real
 * tenant, which is only read: tests that write, or need the demo tenant, are skipped there.
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { tenantSize } from '../../../../test/support/test-size.ts';
import type { SimulatorOptions } from '../../src/options.ts';
import { demoKey } from '../../src/options.ts';
import { type Simulator, startSimulator } from '../../src/simulator.ts';
import { documentFaults } from './document-faults.ts';

export const jsonApi = 'application/vnd.api+json';
const basePath = '/api/rest/v1.0';
/** Ids of rows, cells and property definitions. */
export const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
  /** The document; tests look into it freely, a missing member reads as undefined. */
  // biome-ignore lint/suspicious/noExplicitAny: documents are data that the assertions themselves check
  readonly json: any;
}

const live = process.env.SIGNALS_URL ?? '';
export const isLive = live !== '';

interface Request {
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON:API documents, text and bytes as they are. */
  readonly body?: unknown;
  /** `null` sends no key. */
  readonly key?: string | null;
}

export interface Target {
  readonly url: string;
  /** Path after the base, with its query. */
  send(method: string, path: string, request?: Request): Promise<Answer>;
  get(path: string, request?: Request): Promise<Answer>;
  post(path: string, body: unknown, request?: Request): Promise<Answer>;
  patch(path: string, body: unknown, request?: Request): Promise<Answer>;
  put(path: string, body: unknown, request?: Request): Promise<Answer>;
  remove(path: string, request?: Request): Promise<Answer>;
}

const payload = (body: unknown): string | Uint8Array | undefined => {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return body;
  return JSON.stringify(body);
};

const parse = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Every document that any test receives satisfies the schema of its operation; a real tenant's are not held to it. */
const checkDocument = (method: string, path: string, { status, headers, json }: Answer) => {
  const isDocument = (headers.get('content-type') ?? '').startsWith(jsonApi) && json !== undefined;
  const faults = isDocument && !isLive ? documentFaults(method, path, status, json) : [];
  if (faults.length > 0)
    throw new Error(`${method} ${path} answers ${status} with a wrong document: ${faults.slice(0, 5).join('; ')}`);
};

/** @param check of each answer. */
export const createTarget = (origin: string, key: string, check = checkDocument): Target => {
  const send: Target['send'] = async (method, path, request = {}) => {
    const response = await fetch(`${origin}${basePath}${path}`, {
      method,
      headers: {
        ...(request.key === null ? {} : { 'x-api-key': request.key ?? key }),
        ...(request.body === undefined ? {} : { 'content-type': jsonApi }),
        ...request.headers,
      },
      body: (payload(request.body) ?? null) as string | null,
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    const answer = { status: response.status, headers: response.headers, bytes, text, json: parse(text) };
    check(method, path, answer);
    return answer;
  };
  return {
    url: `${origin}${basePath}`,
    send,
    get: (path, request) => send('GET', path, request),
    post: (path, body, request) => send('POST', path, { ...request, body }),
    patch: (path, body, request) => send('PATCH', path, { ...request, body }),
    put: (path, body, request) => send('PUT', path, { ...request, body }),
    remove: (path, request) => send('DELETE', path, request),
  };
};

/** A test that changes the tenant or needs the demo one; skipped against a real tenant. */
export const itWrites: typeof it = isLive ? (it.skip as typeof it) : it;

export interface Fixture {
  readonly target: Target;
  readonly simulator: Simulator;
}

/** A group of facts about one simulator, started before and closed after them. */
export const facts = (name: string, define: (fixture: Fixture) => void, options: SimulatorOptions = {}): void => {
  describe(name, () => {
    let target: Target | undefined;
    let simulator: Simulator | undefined;
    beforeAll(async () => {
      if (isLive) target = createTarget(live, process.env.SIGNALS_API_KEY ?? '');
      else {
        simulator = await startSimulator({ requestsPerMinute: Number.POSITIVE_INFINITY, ...tenantSize, ...options });
        target = createTarget(simulator.url, demoKey);
      }
    });
    afterAll(() => simulator?.close());
    define({
      get target() {
        if (target === undefined) throw new Error('The target is not started.');
        return target;
      },
      get simulator() {
        if (simulator === undefined) throw new Error('There is no simulator in front of a real tenant.');
        return simulator;
      },
    });
  });
};

/** The current digest of an entity. */
export const digestOf = async (target: Target, eid: string): Promise<string> =>
  (await target.get(`/entities/${eid}`)).json.data.attributes.digest;

/** Body of `POST /entities`. */
export const newEntity = (
  type: string,
  attributes: Readonly<Record<string, unknown>>,
  links: { readonly parent?: string; readonly template?: string } = {},
) => ({
  data: {
    type,
    attributes,
    relationships: {
      ...(links.parent === undefined
        ? {}
        : { ancestors: { data: [{ type: links.parent.split(':')[0], id: links.parent }] } }),
      ...(links.template === undefined ? {} : { template: { data: { type, id: links.template } } }),
    },
  },
});

/** Creates a child with the parent's fresh digest; answers the created resource. */
export const createChild = async (
  target: Target,
  type: string,
  parent: string,
  attributes: Readonly<Record<string, unknown>>,
  template?: string,
) => {
  const digest = await digestOf(target, parent);
  const body = newEntity(type, attributes, { parent, ...(template === undefined ? {} : { template }) });
  const answer = await target.post(`/entities?digest=${digest}`, body);
  if (answer.status !== 201) throw new Error(`create ${type}: ${answer.status} ${answer.text}`);
  return answer.json.data;
};
