/** What the conformance suite talks to: a simulator of its own whose clock stands still, as the user of the demo. */
import { afterAll, beforeAll, describe } from 'vitest';
import { demoPassword, demoUser } from '../../src/demo/demo.ts';
import type { SimulatorOptions } from '../../src/options.ts';
import { type Simulator, startSimulator } from '../../src/simulator.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
  /** The document; tests look into it freely, a missing member reads as undefined. */
  // biome-ignore lint/suspicious/noExplicitAny: documents are data that the assertions themselves check
  readonly json: any;
}

interface Request {
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON. */
  readonly body?: unknown;
  /** `null` sends no token. */
  readonly token?: string | null;
}

export interface Target {
  readonly url: string;
  readonly token: string;
  send(method: string, path: string, request?: Request): Promise<Answer>;
  get(path: string, request?: Request): Promise<Answer>;
  post(path: string, body: unknown, request?: Request): Promise<Answer>;
  put(path: string, body: unknown, request?: Request): Promise<Answer>;
  remove(path: string, request?: Request): Promise<Answer>;
  control(method: string, call: string, body?: unknown): Promise<Answer>;
  /** Adds a user, and answers a token of theirs. */
  signIn(name: string, password: string): Promise<string>;
  upload(path: string, name: string, bytes: Uint8Array): Promise<Answer>;
  /** Lets the clock jump ahead. */
  wait(seconds: number): Promise<void>;
}

const parse = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const readAnswer = async (response: Response): Promise<Answer> => {
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString('utf8');
  return { status: response.status, headers: response.headers, bytes, text, json: parse(text) };
};

const createTarget = (url: string, token: string): Target => {
  const send: Target['send'] = async (method, path, request = {}) => {
    const headers = {
      ...(request.token === null ? {} : { authorization: `JWT ${request.token ?? token}` }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    };
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    return readAnswer(await fetch(`${url}${path}`, { method, headers, body }));
  };
  const control: Target['control'] = (method, call, body) =>
    send(method, `/_control/${call}`, body === undefined ? {} : { body });
  return {
    url,
    token,
    send,
    control,
    get: (path, request) => send('GET', path, request),
    post: (path, body, request) => send('POST', path, { ...request, body }),
    put: (path, body, request) => send('PUT', path, { ...request, body }),
    remove: (path, request) => send('DELETE', path, request),
    async signIn(name, password) {
      await control('POST', 'users', { name, password });
      const { json } = await send('POST', '/auth', { token: null, body: { username: name, password } });
      return json.access_token;
    },
    async upload(path, name, bytes) {
      const body = new FormData();
      body.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
      const headers = { authorization: `JWT ${token}` };
      return readAnswer(await fetch(`${url}${path}`, { method: 'POST', headers, body }));
    },
    async wait(seconds) {
      await control('POST', 'clock', { advanceMillis: seconds * 1000 });
    },
  };
};

export const startTarget = async (options: SimulatorOptions = {}) => {
  const simulator = await startSimulator({ clock: { nowMillis: () => Date.UTC(2026, 0, 5) }, ...options });
  const signed = await fetch(`${simulator.url}/auth`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: demoUser, password: demoPassword }),
  });
  const { access_token: token } = (await signed.json()) as { access_token: string };
  return { simulator, target: createTarget(simulator.url, token) };
};

export interface Fixture {
  readonly target: Target;
}

/** A group of facts about one simulator, started before and closed after them. */
export const facts = (name: string, define: (fixture: Fixture) => void, options: SimulatorOptions = {}): void => {
  describe(name, () => {
    let started: { simulator: Simulator; target: Target } | undefined;
    beforeAll(async () => {
      started = await startTarget(options);
    });
    afterAll(() => started?.simulator.close());
    define({
      get target() {
        if (started === undefined) throw new Error('The target is not started.');
        return started.target;
      },
    });
  });
};

/** Of the demo: the finished experiment, and the empty one. */
export const demo = '/api/experiments/MQ==';
export const empty = '/api/experiments/Mg==';
/** The type Nuclei of the demo. */
export const nuclei = `${demo}/mapobject_types/NA==`;
export const firstSite = 'plate_name=plate01&well_name=A01&well_pos_x=0&well_pos_y=0&tpoint=0';
