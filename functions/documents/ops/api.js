/* Calls of the facade that serves this page, with the key of the person. The key is in this object alone. */
import { facadeUrl } from './dom.js';

/** An answer that is no success. Its message says what to do. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Ends what hangs: API Gateway answers within 29 s. */
const mostMillis = 35_000;

const reasonOf = (status, text) => {
  try {
    const document = JSON.parse(text);
    const [error] = document.errors ?? [];
    return error ? `${error.title}: ${error.detail}` : (document.error ?? document.message);
  } catch {
    return `The facade answers ${status}.`;
  }
};

export const createApi = (key) => {
  const ask = async (path, method = 'GET') => {
    const answer = await fetch(new URL(path, facadeUrl), {
      method,
      headers: key === undefined ? {} : { 'x-api-key': key },
      signal: AbortSignal.timeout(mostMillis),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Refused(answer.status, reasonOf(answer.status, text) ?? `The facade answers ${answer.status}.`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return { ask };
};

/** Rights that `*` does not cover: without them the page would show one application, and call it all. */
export const neededScopes = ['requests:read', 'quota-admin:read'];

/** With those above, it provokes and ends faults in a twin. */
export const faultScope = 'consumers:write';

export const holds = (scopes, scope) => scopes.includes(scope) || scopes.includes(scope.replace(/:.*/, ':*'));
