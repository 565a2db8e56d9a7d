import { describe, expect, it } from 'vitest';
import { createMemoryConsumerRegistry } from '../../../shared/consumers/adapters/memory.ts';
import { createIdentifier } from '../../../shared/consumers/identify.ts';
import type { TokenVerifier } from '../../../shared/consumers/oidc/token-verifier.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { type ErrorCode, errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { bearerChallenge, keyChallenge, toErrorReply } from '../../../shared/errors/error-document.ts';
import { failedRequest } from '../../support/failed-request.ts';

const challengesIn = (error: unknown) =>
  toErrorReply(error, failedRequest).headers.flatMap(([name, value]) => (name === 'www-authenticate' ? [value] : []));
const detailOf = (error: unknown) => toErrorReply(error, failedRequest).document.errors[0]?.detail ?? '';

describe('a 401', () => {
  it('names the scheme in its header and its detail, and no other status does', () => {
    const codes = Object.keys(errorCatalogue) as ErrorCode[];
    const challenged = codes.filter((code) => challengesIn(new AppError(code)).length > 0);
    expect(challenged).toEqual(codes.filter((code) => errorCatalogue[code].status === 401));
    expect(challenged).toContain('CONSUMER_UNKNOWN');
    expect(challengesIn(new AppError('CONSUMER_UNKNOWN'))).toEqual([keyChallenge]);
    expect(detailOf(new AppError('CONSUMER_UNKNOWN', { detail: 'No.' }))).toBe(
      'No. Scheme: ApiKey, in the header x-api-key.',
    );
  });

  it.each(['HOOK_REFUSED', 'LIST_REFUSED'] as const)('names no scheme of consumers to the tenant: %s', (code) => {
    const [challenge, ...others] = challengesIn(new AppError(code));
    expect(others).toEqual([]);
    expect(challenge).toMatch(/^\w+Header realm="signals-facade"$/);
    expect(detailOf(new AppError(code, { detail: 'No.' }))).toBe('No.');
  });

  it.each([[[]], [[['x-api-key', 'unknown']]], [[['authorization', 'Bearer a.b.c']]]] as const)(
    'names Bearer too where tokens are taken: %j',
    async (headers) => {
      const refusing: TokenVerifier = { verify: () => Promise.reject(new AppError('CONSUMER_UNKNOWN')) };
      const clock = { nowMillis: () => 0 };
      const refusalOf = (verifier?: TokenVerifier): Promise<unknown> =>
        createIdentifier(createMemoryConsumerRegistry(), clock, verifier)
          .identify(headers)
          .catch((error: unknown) => error);
      expect(challengesIn(await refusalOf(refusing))).toEqual([keyChallenge, bearerChallenge]);
      expect(detailOf(await refusalOf(refusing))).toContain('Bearer, in the header Authorization.');
      expect(challengesIn(await refusalOf())).toEqual([keyChallenge]);
    },
  );
});
