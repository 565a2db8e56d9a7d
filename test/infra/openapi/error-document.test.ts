import { describe, expect, it } from 'vitest';
import { ErrorDocumentSchema } from '../../../infra/openapi/facade-schemas.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { toErrorReply } from '../../../shared/errors/error-document.ts';
import { failedRequest } from '../../support/failed-request.ts';

describe('the documented error', () => {
  it.each([
    ['without facts', new AppError('UPSTREAM_LATE')],
    ['with a source', new AppError('REQUEST_INVALID', { detail: 'Bad.', source: { pointer: '/data' } })],
    [
      'with a place to correct it',
      new AppError('USER_TOKEN_NEEDED', { links: { about: 'https://facade.example.com/oauth' } }),
    ],
    ['of an unknown cause', new Error('boom')],
  ])('fits an error %s', (_name, thrown) => {
    const { document } = toErrorReply(thrown, failedRequest);
    expect(ErrorDocumentSchema.parse(document)).toEqual(document);
  });
});
