import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type ErrorCode, errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { toErrorReply } from '../../../shared/errors/error-document.ts';
import { nonEmpty } from '../../support/non-empty.ts';

describe('toErrorReply', () => {
  it('makes strings only, none null, for every code', () => {
    for (const code of nonEmpty(Object.keys(errorCatalogue) as ErrorCode[])) {
      const { document, status } = toErrorReply(new AppError(code, { source: { pointer: '/data' } }), 'r1');
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

  it.each([new Error('table xyz is gone'), 'text', undefined, { message: 'secret' }])(
    'shows nothing of %j',
    (thrown) => {
      const { document, status } = toErrorReply(thrown, 'r1');
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
    expect(JSON.stringify(toErrorReply(error, 'r1').document)).not.toContain('10.0.0.1');
  });
});
