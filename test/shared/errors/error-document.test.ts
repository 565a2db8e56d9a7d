import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type ErrorCode, errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { toErrorReply } from '../../../shared/errors/error-document.ts';
import { failedRequest } from '../../support/failed-request.ts';
import { nonEmpty } from '../../support/non-empty.ts';

describe('toErrorReply', () => {
  it('makes strings only, none null, for every code', () => {
    for (const code of nonEmpty(Object.keys(errorCatalogue) as ErrorCode[])) {
      const { document, status } = toErrorReply(new AppError(code, { source: { pointer: '/data' } }), failedRequest);
      const [error] = document.errors;
      for (const member of ['id', 'status', 'code', 'title', 'detail'] as const)
        expect(error?.[member]).toEqual(expect.stringMatching(/./));
      expect([error?.code, error?.status, error?.id, error?.source]).toEqual([
        code,
        String(status),
        'r1',
        { pointer: '/data' },
      ]);
    }
  });

  it('leads from each code to its explanation on the portal, and grows by that link alone', () => {
    for (const code of nonEmpty(Object.keys(errorCatalogue) as ErrorCode[])) {
      const [error] = toErrorReply(new AppError(code), failedRequest).document.errors;
      const type = `https://facade.example.com/prod/docs/guides/errors#${code}`;
      expect(error?.links).toEqual({ type });
      expect(Object.keys(error ?? {})).toEqual(['id', 'status', 'code', 'title', 'detail', 'links']);
    }
  });

  it('keeps the link to the page where the caller can correct it', () => {
    const error = new AppError('USER_TOKEN_NEEDED', { links: { about: 'https://facade.example.com/oauth/start' } });
    expect(toErrorReply(error, failedRequest).document.errors[0]?.links).toEqual({
      about: 'https://facade.example.com/oauth/start',
      type: 'https://facade.example.com/prod/docs/guides/errors#USER_TOKEN_NEEDED',
    });
  });

  it.each([new Error('table xyz is gone'), 'text', undefined, { message: 'secret' }])(
    'shows nothing of %j',
    (thrown) => {
      const { document, status } = toErrorReply(thrown, failedRequest);
      expect(status).toBe(500);
      expect(JSON.stringify(document)).not.toMatch(/xyz|secret|text/);
      expect(document.errors[0]?.code).toBe('INTERNAL');
    },
  );

  it('shows the cause of a known failure as little', () => {
    const error = new AppError('UPSTREAM_UNREACHABLE', {
      detail: 'No answer came.',
      cause: new Error('connect 10.0.0.1:443'),
    });
    expect(JSON.stringify(toErrorReply(error, failedRequest).document)).not.toContain('10.0.0.1');
  });
});
