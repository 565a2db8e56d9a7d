/** One function for several capabilities, and its log line, because API Gateway logs only `{proxy+}`. */
import { describe, expect, it, vi } from 'vitest';
import { callerRoutes } from '../../../shared/consumers/routes.ts';
import { quotaRoutes } from '../../../shared/quota/routes.ts';
import { tokenRoutes } from '../../../shared/tokens/routes.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';

const { delegate } = await import('../../../functions/edge/delegate.ts');
const { httpHandler } = await import('../../../functions/edge/http-handler.ts');
const { capability } = await import('../../../functions/edge/capability.ts');
const { logger } = await import('../../../functions/edge/logger.ts');

const named = (name: string) => async () => ({ status: 200, headers: [['x-part', name]] as const, body: undefined });
const handle = delegate(
  { routes: tokenRoutes, handle: named('tokens') },
  { routes: callerRoutes, handle: named('callers') },
);

describe('delegate', () => {
  it.each([
    ['/v1/me', 'callers'],
    ['/v1/me/', 'callers'],
    ['/v1/%6de', 'callers'],
    ['/v1/me/token', 'tokens'],
    ['/v1/me/token/links', 'tokens'],
    ['/v1/tokens', 'tokens'],
    // Nobody has these: the first answers 404.
    ['/v1/me/other', 'tokens'],
    ['/v1/me/%', 'tokens'],
  ])('hands %s to the routes of %s, whatever the method', async (path, part) => {
    for (const method of ['GET', 'PUT', 'OPTIONS']) {
      const reply = await handle({ method, path } as never, {});
      expect(reply.headers).toEqual([['x-part', part]]);
    }
  });
});

describe('the log line of a route below a proxy', () => {
  const refused = async () => {
    throw new Error('nobody asks for it here');
  };
  const identifier = { identify: refused };
  const handlers = Object.fromEntries(quotaRoutes.map(({ id }) => [id, refused]));
  const handler = httpHandler(
    'https://facade.example.com',
    capability(quotaRoutes)({ identifier } as never, handlers as never),
  );
  const lineOf = async (method: string, path: string) => {
    const lines: unknown[] = [];
    for (const level of ['info', 'error'] as const)
      vi.spyOn(logger, level).mockImplementation((...[, extra]: unknown[]) => void lines.push(extra));
    await invokeStreaming(handler, proxyEvent({ method, path, resource: '/v1/quota/{proxy+}' }));
    return lines;
  };

  it('has the template of the route and the operation, also where the caller is refused', async () => {
    expect(await lineOf('DELETE', '/v1/quota/bookings/7')).toEqual([
      expect.objectContaining({ route: '/v1/quota/bookings/{bookingId}', operation: 'cancelBooking' }),
    ]);
  });

  it('has the template for a method that the path does not take, and no text of a path that is no route', async () => {
    expect(await lineOf('PUT', '/v1/quota/bookings')).toEqual([
      expect.objectContaining({ status: 405, route: '/v1/quota/bookings' }),
    ]);
    const unknown = await lineOf('GET', '/v1/quota/secret');
    expect(unknown).toEqual([expect.objectContaining({ status: 404, route: '/v1/quota/{proxy+}' })]);
    expect(JSON.stringify(unknown)).not.toContain('secret');
  });
});
