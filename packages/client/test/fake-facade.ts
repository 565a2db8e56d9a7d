/** A client whose `fetch` answers as a test says, and whose clock moves when it waits. */
import { type ClientOptions, createFacadeClient } from '../src/index.ts';

type Answer = Response | Error;
export type Handle = (request: Request) => Answer | Promise<Answer>;
export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export const baseUrl = 'https://facade.example.com/prod';

export const json = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/vnd.api+json', ...headers } });
export const failure = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): Response =>
  json(
    { errors: [{ id: 'r1', status: String(status), code, title: 'No', detail: `It is ${code}.` }] },
    status,
    headers,
  );

const seenOf = async (request: Request): Promise<Seen> => ({
  method: request.method,
  url: request.url,
  headers: Object.fromEntries(request.headers),
  body: await request.text(),
});

/** @param handles one for each call in turn; the last one also for all later calls. */
export const fakeFacade = (handles: readonly Handle[] = [], options: Partial<ClientOptions> = {}) => {
  const seen: Seen[] = [];
  const waits: number[] = [];
  let nowMillis = Date.parse('2026-06-01T08:00:00Z');
  const clock = {
    nowMillis: () => nowMillis,
    wait: async (millis: number, signal?: AbortSignal | null) => {
      signal?.throwIfAborted();
      waits.push(millis);
      nowMillis += millis;
    },
  };
  const fetch = async (request: Request): Promise<Response> => {
    const handle = handles[Math.min(seen.length, handles.length - 1)];
    if (!handle) throw new Error('Nobody says what the fake facade answers.');
    seen.push(await seenOf(request.clone()));
    const answer = await handle(request);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const client = createFacadeClient({ baseUrl, apiKey: 'sfk_test', fetch, clock, ...options });
  return { client, seen, waits };
};
