/** Calls of a stage's routes with a key. */
import { NoAnswer } from './failures.ts';
import type { Host } from './host.ts';
import type { CommandRequest } from './request.ts';
import { lostBy, type Outcome, type Repetition, refusalIn, strangeAnswer, tryMillis, withTries } from './tries.ts';

type StageRequest = CommandRequest & { readonly repetition: Repetition };
/** `document` undefined = an answer without a body. `wasRepeated`: more than one request was sent. */
type StageAnswer = { readonly document: unknown; readonly wasRepeated: boolean };

export type Ask = (request: StageRequest) => Promise<StageAnswer>;

export type StageAccess = {
  readonly baseUrl: URL;
  readonly key: string;
  /** The longest time that is spent waiting between tries of one request. */
  readonly mostWaitMillis: number;
};

const mostBodyBytes = 33_554_432;
const mediaType = 'application/vnd.api+json';

/** Undefined for a body that is no JSON. */
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const readBody = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBodyBytes) throw new NoAnswer(`The answer has more than ${mostBodyBytes / 1_048_576} MiB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const addressOf = (baseUrl: URL): string => baseUrl.href.replace(/\/$/, '');

const notOfTheFacade = (baseUrl: URL, { status, headers }: Response): NoAnswer =>
  new NoAnswer(
    `${addressOf(baseUrl)} answered ${status} with ${headers.get('content-type') ?? 'no media type'}, and not as the facade does. Is the URL right? That of a deployed stage ends in the name of the stage.`,
  );

type Answer = { readonly document: unknown };
type Answered = Outcome<Answer>;

const noDocument: Answer = { document: undefined };

const toOutcome = async (baseUrl: URL, response: Response, nowMillis: number): Promise<Answered> => {
  const text = await readBody(response);
  if (response.status === 204) return { kind: 'answered', answer: noDocument };
  const document = parse(text);
  const refusal = refusalIn(document, response, nowMillis);
  if (refusal) return refusal;
  const isDocument = typeof document === 'object' && document !== null && 'data' in document;
  if (response.ok && isDocument) return { kind: 'answered', answer: { document } };
  return strangeAnswer(notOfTheFacade(baseUrl, response), response);
};

/** Redirects are not followed: the key would go to another place. */
const sendOnce = async (
  host: Host,
  { baseUrl, key }: StageAccess,
  request: StageRequest,
  id: string,
): Promise<Answered> => {
  const query = new URLSearchParams(request.query.map(([name, value]): [string, string] => [name, value]));
  const url = `${addressOf(baseUrl)}${request.path}${query.size > 0 ? `?${query}` : ''}`;
  const headers = {
    ...{ accept: mediaType, 'user-agent': 'signals-facade-operator', 'x-api-key': key },
    ...(request.body ? { 'content-type': mediaType } : {}),
    ...(request.repetition === 'keyed' ? { 'idempotency-key': id } : {}),
    ...request.headers,
  };
  try {
    const response = await host.fetch(url, {
      ...{ method: request.method, headers, redirect: 'manual', signal: AbortSignal.timeout(tryMillis) },
      ...(request.body ? { body: JSON.stringify(request.body) } : {}),
    });
    return await toOutcome(baseUrl, response, host.nowMillis());
  } catch (error) {
    return lostBy(error, `${addressOf(baseUrl)} gave no answer`);
  }
};

/** @throws Refused | NoAnswer, after the tries that are allowed. */
export const createAsk =
  (host: Host, access: StageAccess): Ask =>
  async (request) => {
    const id = host.newId();
    const sending = () => sendOnce(host, access, request, id);
    const { answer, wasRepeated } = await withTries(host, access.mostWaitMillis, request, sending, noDocument);
    return { ...answer, wasRepeated };
  };
