import { describe, expect, it } from 'vitest';
import type { AccountProbe } from '../../../shared/credentials/account-probe.ts';
import { createMemoryCredentialVault } from '../../../shared/credentials/adapters/memory.ts';
import { createKeyAdmin } from '../../../shared/credentials/key-admin.ts';
import { createServiceKeys } from '../../../shared/credentials/service-keys.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { addKey, createWorld, outcome } from './support.ts';

const start = (poolSize = 10) => {
  let nowMillis = 1_000;
  const clock = { nowMillis: () => (nowMillis += 1) };
  const vault = createMemoryCredentialVault();
  return { vault, admin: createKeyAdmin(vault, clock, poolSize), keys: () => createServiceKeys(vault, clock) };
};
const given = (secret: string, owner = 'svc-eln') => ({ upstream: 'signals', owner, secret });

describe('adding a key', () => {
  it('ranks a new owner behind the others and a known owner where it is', async () => {
    const { admin } = start();
    await admin.add(given('a1', 'a'));
    await admin.add(given('b1', 'b'));
    const { rank } = await admin.add(given('a2', 'a'));
    expect((await admin.list('signals')).map(({ owner, rank }) => [owner, rank])).toEqual([
      ['a', rank],
      ['a', rank],
      ['b', rank + 1],
    ]);
  });

  it('refuses a secret that is in the pool, under any owner', async () => {
    const { admin } = start();
    await admin.add(given('a'));
    await expect(admin.add(given('a', 'other'))).rejects.toMatchObject({ code: 'CREDENTIAL_KNOWN' });
    expect(await admin.list('signals')).toHaveLength(1);
  });

  it('refuses more than the pool may hold, also at the same time', async () => {
    const { admin } = start(3);
    const added = await Promise.allSettled(Array.from({ length: 6 }, (_, index) => admin.add(given(`k${index}`))));
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const refused = added.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    for (const error of nonEmpty(refused)) expect(error).toMatchObject({ code: 'CREDENTIAL_POOL_FULL' });
  });

  it('ranks all keys of the owner when a rank is given', async () => {
    const { admin, keys } = start();
    await admin.add(given('a1', 'a'));
    await admin.add(given('b1', 'b'));
    await admin.add({ ...given('b2', 'b'), rank: 0 });
    expect((await admin.list('signals')).map(({ owner, rank }) => `${owner}${rank}`)).toEqual(['b0', 'b0', 'a1']);
    expect((await keys().choose('signals')).secret).toBe('b2');
  });
});

describe('asking whose key it is', () => {
  const asking = (probe: AccountProbe) => {
    const vault = createMemoryCredentialVault();
    return createKeyAdmin(vault, { nowMillis: Date.now }, 10, probe);
  };

  it('keeps out a key that the upstream refuses', async () => {
    const admin = asking(async () => ({ kind: 'refused' }));
    await expect(admin.add(given('misspelt'))).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' });
    expect(await admin.list('signals')).toEqual([]);
  });

  it('keeps keys of two accounts apart, for they would share cached answers', async () => {
    const admin = asking(async (secret) => ({ kind: 'accepted', accountId: secret.split('-')[0] }));
    expect(await admin.add(given('101-one'))).toMatchObject({ accountId: '101' });
    await admin.add(given('101-two'));
    await expect(admin.add(given('102-one'))).rejects.toMatchObject({ code: 'CREDENTIAL_MISMATCH' });
    await admin.add(given('102-one', 'svc-other'));
    expect(await admin.list('signals')).toHaveLength(3);
  });

  it('takes a key on trust when nothing tells', async () => {
    const admin = asking(async (secret) => ({ kind: 'accepted', accountId: secret === 'a' ? '101' : undefined }));
    await admin.add(given('a'));
    expect((await admin.add(given('b'))).accountId).toBeUndefined();
  });
});

describe('changing a key', () => {
  it('seals it anew and keeps its secret', async () => {
    const { admin, vault, keys } = start();
    const before = await admin.add(given('a'));
    const after = await admin.change('signals', before.id, { state: 'retiring' });
    expect(after.state).toBe('retiring');
    expect(after.sealed).not.toEqual(before.sealed);
    expect(await vault.envelope.open(`signals/key/${before.id}`, after.sealed)).toBe('a');
    expect((await keys().choose('signals')).secret).toBe('a');
  });

  it('disables also while the key service fails', async () => {
    const { vault } = start();
    const envelope = { seal: vault.envelope.seal, open: () => Promise.reject(new Error('KMS is down')) };
    const admin = createKeyAdmin({ ...vault, envelope }, { nowMillis: Date.now });
    const { id } = await admin.add(given('a'));
    expect((await admin.change('signals', id, { state: 'disabled' })).state).toBe('disabled');
  });

  it('lets a key that was disabled by refusals begin anew', async () => {
    const world = createWorld();
    const { id } = await addKey(world, 'a');
    const keys = world.instance();
    await keys.observe('signals', await keys.choose('signals'), outcome(401));
    await world.admin.change('signals', id, { state: 'active' });
    expect(await world.keyOf(id)).toMatchObject({ strikes: 0, cooldown: undefined });
    expect((await world.instance().choose('signals')).id).toBe(id);
  });

  it('removes an expiry', async () => {
    const { admin } = start();
    const { id } = await admin.add({ ...given('a'), expiresAtMillis: 5 });
    expect((await admin.change('signals', id, { expiresAtMillis: undefined })).expiresAtMillis).toBeUndefined();
  });

  it('knows no key that is not there', async () => {
    const { admin } = start();
    const unknown = { code: 'CREDENTIAL_UNKNOWN' };
    await expect(admin.change('signals', 'cred-0', { rank: 1 })).rejects.toMatchObject(unknown);
    await expect(admin.remove('signals', 'cred-0')).rejects.toMatchObject(unknown);
    await expect(admin.reseal('signals', 'cred-0')).rejects.toMatchObject(unknown);
  });
});

describe('removing a key', () => {
  it('takes one that is out of use, and no active one', async () => {
    const { admin } = start();
    const { id } = await admin.add(given('a'));
    await expect(admin.remove('signals', id)).rejects.toMatchObject({ code: 'CREDENTIAL_IN_USE' });
    await admin.change('signals', id, { state: 'retiring' });
    await admin.remove('signals', id);
    expect(await admin.list('signals')).toEqual([]);
  });
});

describe('putting the key of an owner', () => {
  const states = async (admin: ReturnType<typeof start>['admin']) =>
    (await admin.list('signals')).map(({ state }) => state).toSorted();

  it('adds it and retires the others of that owner only', async () => {
    const { admin, keys } = start();
    await admin.put('signals', 'other', 'z-other');
    await admin.put('signals', 'old', 'service');
    await admin.put('signals', 'new', 'service');
    expect(await states(admin)).toEqual(['active', 'active', 'retiring']);
    await admin.change('signals', (await admin.list('signals')).find(({ owner }) => owner === 'service')?.id ?? '', {
      rank: 0,
    });
    expect((await keys().choose('signals')).secret).toBe('new');
  });

  it('changes nothing when it is repeated', async () => {
    const { admin } = start();
    for (let time = 0; time < 15; time += 1) await admin.put('signals', 'same', 'service');
    expect(await states(admin)).toEqual(['active']);
  });

  it('brings back a retired one', async () => {
    const { admin, keys } = start();
    for (const secret of ['a', 'b', 'a']) await admin.put('signals', secret, 'service');
    expect(await states(admin)).toEqual(['active', 'retiring']);
    expect((await keys().choose('signals')).secret).toBe('a');
  });

  it('removes nothing for a key that the upstream refuses, or that is in the pool already', async () => {
    const { vault } = start();
    const probe: AccountProbe = async (secret) =>
      secret === 'misspelt' ? { kind: 'refused' } : { kind: 'accepted', accountId: '101' };
    const admin = createKeyAdmin(vault, { nowMillis: Date.now }, 3, probe);
    await admin.add(given('taken', 'a-other'));
    for (const secret of ['old', 'now']) await admin.put('signals', secret, 'service');
    await expect(admin.put('signals', 'misspelt', 'service')).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' });
    await expect(admin.put('signals', 'taken', 'service')).rejects.toMatchObject({ code: 'CREDENTIAL_KNOWN' });
    expect(await states(admin)).toEqual(['active', 'active', 'retiring']);
  });

  it('makes room by removing the oldest that is out of use', async () => {
    const { admin, keys } = start(3);
    for (let index = 0; index < 8; index += 1) await admin.put('signals', `k${index}`, 'service');
    expect(await states(admin)).toEqual(['active', 'retiring', 'retiring']);
    expect((await keys().choose('signals')).secret).toBe('k7');
  });
});
