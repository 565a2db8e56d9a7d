/**
 * Who may ask for the operators' part of a twin. A page of another site can send requests to this machine, so such a page is refused,
 * whatever key it has. Everybody else needs the key of an administrator, as the page at /ops does.
 */
import type { IncomingMessage } from 'node:http';

export type Refusal = { readonly status: number; readonly detail: string };

/** The scopes with which /ops shows all applications. A test compares them with those that the page names. */
export const opsScopes = ['requests:read', 'quota-admin:read'] as const;

/** Who provokes or ends faults disturbs every application, so it takes the scope that makes a consumer an administrator. */
export const faultScopes = [...opsScopes, 'consumers:write'] as const;

/** As `docs/consumers.md` says: `*` as the group does not cover the scopes of administrators. */
const holds = (scopes: readonly string[], scope: string): boolean =>
  scopes.includes(scope) || scopes.includes(scope.replace(/:.*/, ':*'));

/** Browsers send `Origin` with each request that changes something, and `Sec-Fetch-Site` with each (Fetch standard, Fetch metadata). */
const isOfOtherSite = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean => {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return origin !== undefined && origin !== `http://${host}`;
};

/** How long a key that was found good for reading is not looked up again: as long as an instance of the facade remembers it. */
const rememberedMillis = 30_000;

export type GuardOptions = {
  /** Scopes of the consumer with this key; undefined = there is none. */
  scopesOf(key: string): Promise<readonly string[] | undefined>;
  nowMillis(): number;
};

export const createGuard = ({ scopesOf, nowMillis }: GuardOptions) => {
  const goodUntilMillis = new Map<string, number>();

  const lookUp = async (key: string, needed: readonly string[]): Promise<Refusal | undefined> => {
    const scopes = await scopesOf(key);
    if (!scopes) return { status: 401, detail: 'The facade does not know this key.' };
    const missing = needed.filter((scope) => !holds(scopes, scope));
    return missing.length > 0 ? { status: 403, detail: `The key lacks ${missing.join(' and ')}.` } : undefined;
  };

  const mayRead = async (key: string): Promise<Refusal | undefined> => {
    if ((goodUntilMillis.get(key) ?? 0) > nowMillis()) return undefined;
    goodUntilMillis.delete(key);
    const refusal = await lookUp(key, opsScopes);
    if (!refusal) goodUntilMillis.set(key, nowMillis() + rememberedMillis);
    return refusal;
  };

  /** Undefined if the request may go on. */
  return async (request: Pick<IncomingMessage, 'headers' | 'method'>): Promise<Refusal | undefined> => {
    if (isOfOtherSite(request)) return { status: 403, detail: 'A page of another site must not ask this.' };
    const key = request.headers['x-api-key'];
    if (typeof key !== 'string')
      return { status: 401, detail: 'This needs the key of an administrator, in x-api-key.' };
    return request.method === 'GET' ? mayRead(key) : lookUp(key, faultScopes);
  };
};
