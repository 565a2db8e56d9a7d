/* One visit with one key. The key is in this closure alone, and `end` stops what is under way and lets nothing more be sent. */
import { facadeUrl } from '../ops/dom.js';

/** An answer that is no success. Its message says what to do. */
export class Refused extends Error {
  constructor(status, message, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Ends what hangs: API Gateway answers within 29 s. */
const mostMillis = 35_000;

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const refusalOf = (answer, text) => {
  const [error] = parsed(text)?.errors ?? [];
  const message = error ? `${error.title}: ${error.detail ?? ''}` : `The facade answers ${answer.status}.`;
  const wait = answer.headers.get('retry-after');
  return new Refused(answer.status, wait ? `${message} Try again in ${wait} s.` : message, error?.code);
};

const unreachable = (error) =>
  new Refused(
    0,
    error.name === 'TimeoutError' ? 'The facade did not answer in 35 s.' : 'The facade cannot be reached from here.',
  );

export const startSession = (key) => {
  const ending = new AbortController();

  const send = async (path, { method = 'GET', headers = {}, body } = {}) => {
    ending.signal.throwIfAborted();
    const url = new URL(path, facadeUrl);
    // The key goes to the facade that serves this page, whatever an answer names.
    if (!url.href.startsWith(facadeUrl.href)) throw new Error(`${url.host} is not this facade.`);
    return fetch(url, {
      ...{
        method,
        headers: { ...headers, 'x-api-key': key },
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([ending.signal, AbortSignal.timeout(mostMillis)]),
    });
  };

  const read = async (path, options) => {
    try {
      const answer = await send(path, options);
      return { answer, text: await answer.text() };
    } catch (error) {
      ending.signal.throwIfAborted();
      throw unreachable(error);
    }
  };

  return {
    /** The first characters, by which people know their keys. */
    prefix: key.length > 16 ? `${key.slice(0, 8)}…` : `${key.slice(0, 3)}…`,
    signal: ending.signal,
    /** The answer whatever its status, with its text. @throws Refused when there is none. */
    read,
    /** The document of a success. @throws Refused */
    async ask(path, options) {
      const { answer, text } = await read(path, options);
      if (!answer.ok) throw refusalOf(answer, text);
      return parsed(text);
    },
    end: () => ending.abort(),
  };
};
