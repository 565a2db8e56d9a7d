/** A person who links a token, with the stores in memory. */
import { expect } from 'vitest';
import { createLinks } from '../../../shared/tokens/links.ts';
import type { Capture } from '../../../shared/tokens/logins.ts';
import type { ExchangeCode, OAuthSettings } from '../../../shared/tokens/oauth.ts';
import { recordOf } from '../../../shared/tokens/token.ts';
import { anna, createWorld } from './builders.ts';

export const publicUrl = 'https://facade.example.com/prod';
export const minuteMillis = 60_000;

export const implicit: OAuthSettings = {
  origin: 'https://snb.example.com',
  clientId: 'client-1',
  responseType: 'token',
  scope: 'notebook',
  authorizePath: '/auth/oauth/authorize',
  tokenPath: '/auth/oauth/token',
  withoutState: 'refuse',
};

export const setUp = (settings: Partial<OAuthSettings> = {}) => {
  const world = createWorld();
  const exchanged: Parameters<ExchangeCode>[] = [];
  const exchangeCode: ExchangeCode = async (...args) => {
    exchanged.push(args);
    return 'token-for-the-code';
  };
  const links = createLinks({ ...world, settings: { ...implicit, ...settings }, exchangeCode });
  const ticketOf = (url: string) => new URL(url).searchParams.get('ticket') ?? '';
  const begin = async () => {
    const { url } = await links.create(anna, publicUrl, { contact: 'app-team@example.com' });
    const { cookie, location } = await links.start(ticketOf(url), publicUrl);
    const query = new URL(location).searchParams;
    return { cookie, location, query, state: query.get('state') ?? '' };
  };
  const stored = async () => {
    const token = await world.store.read(anna);
    return token?.sealed && (await world.envelope.open(recordOf(token), token.sealed));
  };
  const finish = async (cookie: string | undefined, capture: Capture) =>
    links.finish(await links.find(cookie), capture);
  return { ...world, links, ticketOf, begin, finish, exchanged, stored };
};

export const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));

export const refusedBecause = (words: RegExp) => ({
  code: 'LINK_REFUSED',
  facts: { detail: expect.stringMatching(words) },
});
