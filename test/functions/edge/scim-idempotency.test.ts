/** Idempotency keys on POST below /v1/scim against the simulated tenant. */
import { describe, expect, it } from 'vitest';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createLaboratory, type Laboratory } from '../../support/laboratory.ts';

const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Made once' };
const create = ({ post }: Laboratory, as = 'app', document: object = group) =>
  post('/v1/scim/Groups', document, { as, key: 'k', headers: { 'content-type': 'application/scim+json' } });
const creationsIn = ({ simulator }: Laboratory): number =>
  simulator.arrivals.filter(({ method }) => method === 'POST').length;

describe('a POST below /v1/scim with an idempotency key', () => {
  it('is carried out once, also of two at the same time', async () => {
    const laboratory = await createLaboratory();
    const [first, meanwhile] = await Promise.all([create(laboratory), create(laboratory)]);
    expect([first.status, meanwhile.status].toSorted()).toEqual([201, 409]);
    const [made] = [first, meanwhile].filter(({ status }) => status === 201);
    const again = await create(laboratory);
    expect([again.status, again.document, again.headers['idempotency-replayed']]).toEqual([
      ...[201, made?.document, 'true'],
    ]);
    expect(creationsIn(laboratory)).toBe(1);
    const other = await create(laboratory, 'app', { ...group, displayName: 'Another' });
    expect([other.status, other.document.errors[0].code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('is not replayed to a consumer that has lost the scope of the native operation', async () => {
    const laboratory = await createLaboratory();
    await create(laboratory);
    await laboratory.registry.save({ id: 'app', scopes: ['scim:read'], state: 'active' }, hashKey('app-now'));
    const again = await create(laboratory, 'app-now');
    expect([again.status, again.document.errors[0].code]).toEqual([403, 'SCOPE_MISSING']);
  });

  it('of the service account is not replayed to who must be a person', async () => {
    const laboratory = await createLaboratory();
    expect((await create(laboratory)).headers['x-acting-as']).toBe('service');
    await laboratory.registry.save(
      {
        ...{ id: 'app', scopes: ['*:*'], state: 'active' },
        ...{ actsAs: ['service', 'bearer'], userAttributed: ['scim:write'] },
      },
      hashKey('app-now'),
    );
    const again = await create(laboratory, 'app-now');
    expect([again.status, again.document.errors[0].code]).toEqual([403, 'USER_TOKEN_NEEDED']);
    expect(creationsIn(laboratory)).toBe(1);
  });

  it('is carried out after a try that was not sent', async () => {
    let isBroken = true;
    const laboratory = await createLaboratory(5, {
      quota: {
        admit: async () => {
          if (isBroken) throw new AppError('QUOTA_UNAVAILABLE');
        },
      },
    });
    const first = await create(laboratory);
    isBroken = false;
    const second = await create(laboratory);
    expect([first.status, second.status]).toEqual([503, 201]);
  });
});
