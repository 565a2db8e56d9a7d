/** The way back from the pages of a link to the application, and the name that they show. */
import { describe, expect, it } from 'vitest';
import { httpHandler } from '../../../functions/edge/http-handler.ts';
import { createOAuthRoutes } from '../../../functions/edge/oauth-routes.ts';
import { createLinks } from '../../../shared/tokens/links.ts';
import { checkReturnUrl } from '../../../shared/tokens/return-url.ts';
import { createRegistering } from '../../shared/actions/registering.ts';
import { anna, app, createWorld } from '../../shared/tokens/builders.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';

const publicUrl = 'https://facade.example.com/prod';
const origin = new URL(publicUrl).origin;
const listed = 'https://lab.example.com/linked';

const setUp = (parts: { displayName?: string; returnUrls?: string[] } = {}) => {
  const world = createWorld();
  const rename = (next: typeof parts) => void world.consumers.set('app', { ...app, ...next });
  rename(parts);
  const links = createLinks({
    ...world,
    settings: {
      origin: 'https://snb.example.com',
      clientId: 'client-1',
      responseType: 'token',
      scope: '',
      authorizePath: '/auth/oauth/authorize',
      tokenPath: '',
      withoutState: 'refuse',
    },
    exchangeCode: () => Promise.reject(new Error('not here')),
  });
  const { registering } = createRegistering(world, links.logins);
  const pages = createOAuthRoutes(links, { around: (_act, run) => run() }, 'https://snb.example.com', registering);
  const handler = httpHandler(publicUrl, pages);
  const ask = async (event: Parameters<typeof proxyEvent>[0]) => {
    const { status, body, headers } = await invokeStreaming(handler, proxyEvent(event));
    return { status, headers, text: body.toString() };
  };
  const ticketFor = async (returnUrl?: string) =>
    new URL((await links.create(anna, publicUrl, { returnUrl })).url).searchParams.get('ticket') ?? '';
  const show = async (returnUrl?: string) =>
    (await ask({ method: 'GET', resource: '/oauth/start', query: { ticket: await ticketFor(returnUrl) } })).text;
  const begin = async (returnUrl?: string) => {
    const { cookie, location } = await links.start(await ticketFor(returnUrl), publicUrl);
    return { cookie, state: new URL(location).searchParams.get('state') };
  };
  const finish = async ({ cookie, state }: Awaited<ReturnType<typeof begin>>) => {
    const headers = {
      origin,
      'content-type': 'application/json',
      cookie: `__Host-signals-facade-link=${cookie}`,
    };
    const body = Buffer.from(JSON.stringify({ state, token: 'a-token' }));
    const { status, text } = await ask({ method: 'POST', resource: '/oauth/callback', headers, body });
    return { status, outcome: JSON.parse(text) };
  };
  return { rename, show, begin, finish };
};

describe('the consent page', () => {
  it('shows the display name and the id, and the id alone where there is no name', async () => {
    const named = await setUp({ displayName: '<Lab> dashboard' }).show();
    expect(named).toContain('<dt>Application</dt><dd>&#60;Lab&#62; dashboard</dd>');
    expect(named).toContain('<dt>Its id</dt><dd>app</dd>');
    const unnamed = await setUp().show();
    expect(unnamed).toContain('<dt>Application</dt><dd>app</dd>');
    expect(unnamed).not.toContain('Its id');
  });

  it('leads back without linking, to a listed address only', async () => {
    const { show, rename } = setUp({ displayName: 'Lab', returnUrls: [listed] });
    expect(await show(listed)).toContain(`href="${listed}">Back to Lab without linking</a>`);
    expect(await show()).not.toContain('class="back"');
    rename({ displayName: 'Lab', returnUrls: [] });
    expect(await show(listed)).not.toContain('class="back"');
  });
});

describe('the end of a login', () => {
  it('leads back to the address that the application gave', async () => {
    const { begin, finish } = setUp({ displayName: 'Lab', returnUrls: [listed] });
    const { status, outcome } = await finish(await begin(listed));
    expect([status, outcome.back]).toEqual([200, { href: listed, text: 'Back to Lab' }]);
    expect((await finish(await begin())).outcome.back).toBeUndefined();
  });

  it('leads nowhere if the address has left the record meanwhile', async () => {
    const { begin, finish, rename } = setUp({ returnUrls: [listed] });
    const login = await begin(listed);
    rename({ returnUrls: ['https://lab.example.com/other'] });
    const { status, outcome } = await finish(login);
    expect([status, outcome.back]).toEqual([200, undefined]);
  });
});

describe('an address that a link may lead back to', () => {
  const holder = { id: 'app', returnUrls: [listed] };

  it.each([listed, `${publicUrl}/me`])('is listed, or the page /me of the facade: %s', (address) => {
    expect(() => checkReturnUrl(address, holder, publicUrl)).not.toThrow();
  });

  it.each([
    'https://lab.example.com/linked/',
    'https://lab.example.com/linked?next=https://evil.example',
    'https://lab.example.com/linked#x',
    'https://lab.example.com/linked/../other',
    'https://lab.example.com/',
    'https://LAB.example.com/linked',
    'https://lab.example.com:443/linked',
    'https://lab.example.com.evil.example/linked',
    'https://lab.example.com@evil.example/linked',
    'https://evil.example/?https://lab.example.com/linked',
    'http://lab.example.com/linked',
    '//lab.example.com/linked',
    'javascript:alert(1)',
    `${publicUrl}/me?x=1`,
    `${publicUrl}/oauth/start`,
    '',
  ])('is compared as a whole: %j is refused', (address) => {
    expect(() => checkReturnUrl(address, holder, publicUrl)).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID' }),
    );
  });
});
