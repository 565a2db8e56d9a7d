/** Calls the facade of a twin with the key of a consumer. */
type Answer = {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: documents of many routes.
  readonly document: any;
};

/** @param key of the consumer. @param body as it is sent: the document. */
export type AskFacade = (
  method: string,
  path: string,
  key: string,
  body?: object,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

const jsonApi = 'application/vnd.api+json';

/** Ends what hangs. API Gateway answers within 29 s; on a busy machine it is later. */
const mostAskMillis = 90_000;

/** @param url of the facade. */
export const askAt =
  (url: string): AskFacade =>
  async (method, path, key, body, headers = {}) => {
    const answer = await fetch(path.startsWith('http') ? path : url + path, {
      method,
      signal: AbortSignal.timeout(mostAskMillis),
      headers: { 'x-api-key': key, ...(body === undefined ? {} : { 'content-type': jsonApi }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, text, document: isJson && text !== '' ? JSON.parse(text) : undefined };
  };
