/**
 * Calls of a stage's routes with a key. Retries wait as long as `Retry-After` says. A write is repeated only where a repetition changes
 * nothing: under an idempotency key, or because the facade has said that it did nothing (429).
 */
import { retryAfterMillis } from '../../../shared/http/retry-after.ts';
import { doubling } from '../../../shared/time/doubling.ts';
import { NoAnswer, Refused } from './failures.ts';
import type { Host } from './host.ts';
import type { CommandRequest } from './request.ts';

/** What may happen when a request is sent twice. */
export type Repetition =
  /** Nothing changes. */
  | 'harmless'
  /** The facade carries it out once, by its key. */
  | 'keyed'
  /** The thing is gone already. */
  | 'gone'
  /** It could be carried out twice. */
  | 'unsafe';

type StageRequest = CommandRequest & { readonly repetition: Repetition };
/** `document` undefined = an answer without a body. `wasRepeated`: more than one request was sent. */
type StageAnswer = { readonly status: number; readonly document: unknown; readonly wasRepeated: boolean };

export type Ask = (request: StageRequest) => Promise<StageAnswer>;

export type StageAccess = {
  readonly baseUrl: URL;
  readonly key: string;
  /** The longest time that is spent waiting between tries of one request. */
  readonly mostWaitMillis: number;
};

/** API Gateway ends an answer of this kind after 29 s. */
const tryMillis = 35_000;
const mostTries = 5;
const mostBodyBytes = 33_554_432;
const pauseMillis = doubling(500, 8_000);
const mediaType = 'application/vnd.api+json';

/** Of the system, the resolver and TLS: another try a moment later would end in the same way. */
const lasting = /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ERR_|CERT_|DEPTH_|SELF_|UNABLE_|HOSTNAME_)/;

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

type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly document: unknown }
  | { readonly kind: 'refused'; readonly error: Refused; readonly retryAfterMillis: number | undefined }
  /** `isOpen`: the facade may have done what was asked. */
  | { readonly kind: 'lost'; readonly error: Error; readonly isLasting: boolean; readonly isOpen: boolean };

const faultsIn = (document: unknown): readonly unknown[] | undefined => {
  const { errors } = (document ?? {}) as { errors?: unknown };
  return Array.isArray(errors) ? errors : undefined;
};

const addressOf = (baseUrl: URL): string => baseUrl.href.replace(/\/$/, '');

const notOfTheFacade = (baseUrl: URL, { status, headers }: Response): NoAnswer =>
  new NoAnswer(
    `${addressOf(baseUrl)} answered ${status} with ${headers.get('content-type') ?? 'no media type'}, and not as the facade does. Is the URL right? That of a deployed stage ends in the name of the stage.`,
  );

const causeOf = (error: unknown): string => {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `no answer within ${tryMillis / 1_000} s`;
  return cause?.code ?? cause?.message ?? message;
};

const toOutcome = async (baseUrl: URL, response: Response, nowMillis: number): Promise<Outcome> => {
  const { status, headers } = response;
  const text = await readBody(response);
  if (status === 204) return { kind: 'answered', status, document: undefined };
  const document = parse(text);
  const faults = faultsIn(document);
  if (faults !== undefined)
    return {
      kind: 'refused',
      error: new Refused(status, faults),
      retryAfterMillis: retryAfterMillis([...headers], nowMillis),
    };
  const isDocument = typeof document === 'object' && document !== null && 'data' in document;
  if (response.ok && isDocument) return { kind: 'answered', status, document };
  // A proxy on the way may fail for a moment.
  const isLasting = status < 500;
  const isOpen = response.ok || !isLasting;
  return { kind: 'lost', error: notOfTheFacade(baseUrl, response), isLasting, isOpen };
};

/** Redirects are not followed: the key would go to another place. */
const sendOnce = async (
  host: Host,
  { baseUrl, key }: StageAccess,
  request: StageRequest,
  id: string,
): Promise<Outcome> => {
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
    if (error instanceof NoAnswer) return { kind: 'lost', error, isLasting: true, isOpen: true };
    const cause = causeOf(error);
    const isLasting = lasting.test(cause);
    const noAnswer = new NoAnswer(`${addressOf(baseUrl)} gave no answer: ${cause}.`);
    return { kind: 'lost', error: noAnswer, isLasting, isOpen: !isLasting };
  }
};

const isInProgress = ({ faults }: Refused): boolean => faults.some(({ code }) => code === 'IDEMPOTENCY_IN_PROGRESS');

const mayRepeat = ({ repetition }: StageRequest, outcome: Outcome): boolean => {
  if (outcome.kind === 'answered') return false;
  if (outcome.kind === 'lost') return !outcome.isLasting && repetition !== 'unsafe';
  const { status } = outcome.error;
  if (status === 429) return true;
  if (status === 409) return repetition === 'keyed' && isInProgress(outcome.error);
  return [502, 503, 504].includes(status) && repetition !== 'unsafe';
};

const seconds = (millis: number): string => `${Math.ceil(millis / 1_000)} s`;

type Failure = Exclude<Outcome, { kind: 'answered' }>;

/** Whether the facade may have done what was asked. A 429 and a 503 of the facade say that it did not. */
const mayHaveActed = (failure: Failure): boolean =>
  failure.kind === 'lost' ? failure.isOpen : [500, 502, 504].includes(failure.error.status);

/** The thing that a try before has removed. */
const isRemoved = ({ repetition }: StageRequest, failure: Failure, isOpen: boolean): boolean =>
  repetition === 'gone' && isOpen && failure.kind === 'refused' && failure.error.status === 404;

/** @throws Refused | NoAnswer, after the tries that are allowed. */
export const createAsk =
  (host: Host, access: StageAccess): Ask =>
  async (request) => {
    const id = host.newId();
    let leftMillis = access.mostWaitMillis;
    let isOpen = false;
    for (let tries = 1; ; tries += 1) {
      const outcome = await sendOnce(host, access, request, id);
      if (outcome.kind === 'answered') return { ...outcome, wasRepeated: tries > 1 };
      if (isRemoved(request, outcome, isOpen)) return { status: 204, document: undefined, wasRepeated: true };
      isOpen ||= request.method !== 'GET' && mayHaveActed(outcome);
      const asked = outcome.kind === 'refused' ? outcome.retryAfterMillis : undefined;
      const waitMillis = Math.max(asked ?? 0, pauseMillis(tries));
      const isAllowed = tries < mostTries && mayRepeat(request, outcome);
      if (!isAllowed || waitMillis > leftMillis) {
        if (isAllowed)
          await host.stderr.write(`The next try would be in ${seconds(waitMillis)}. Fix: --wait SECONDS waits longer.\n`);
        if (isOpen) await host.stderr.write('The change may have been carried out: look before you repeat it.\n');
        throw outcome.error;
      }
      await host.stderr.write(`${outcome.error.message} Trying again in ${seconds(waitMillis)}.\n`);
      await host.pause(waitMillis);
      leftMillis -= waitMillis;
    }
  };
