import { describe, expect, it } from 'vitest';
import { createCredentialChooser, type Wanted } from '../../../shared/credentials/choose.ts';
import type { ServiceKeys, UserTokens } from '../../../shared/credentials/credential.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import type { Credential } from '../../../shared/exchange/credential.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const upstream = createSignalsUpstream('https://snb.example.com');
const service: Credential = { kind: 'service', id: 'k1', principal: 'service:signals:svc', secret: 'key' };
const anna: Credential = { kind: 'user', id: 't1', principal: 'user:signals:101', secret: 'token' };

const serviceKeys: ServiceKeys = { choose: async () => service, observe: async () => {} };
const userTokens: UserTokens = {
  find: async (_upstream, { id }, subject) => (id === 'app' && subject === 'anna' ? anna : undefined),
  observe: async () => {},
  linkUrl: async (_upstream, _consumer, subject, publicUrl) => `${publicUrl}/oauth/start?for=${subject}`,
};
const chooser = createCredentialChooser(serviceKeys, userTokens);

const wanted = (
  method: string,
  consumer: Partial<Consumer>,
  caller: Pick<Wanted, 'subject' | 'bearer'> = {},
): Wanted => ({
  ...upstream.catalogue.match(method, '/entities/experiment:e1/properties'),
  upstream,
  consumer: { id: 'app', scopes: ['*:*'], state: 'active', ...consumer },
  publicUrl: 'https://facade.example.com',
  ...caller,
});

describe('choose', () => {
  it('takes the service key where nothing else was agreed, whoever is named', async () => {
    expect(await chooser.choose(wanted('GET', {}, { subject: 'anna', bearer: 'b' }))).toBe(service);
  });

  it('takes the first kind that is at hand, in the order of the consumer', async () => {
    const actsAs: Consumer['actsAs'] = ['bearer', 'user', 'service'];
    expect(await chooser.choose(wanted('GET', { actsAs }, { subject: 'anna', bearer: 'b' }))).toMatchObject({
      kind: 'bearer',
      secret: 'b',
    });
    expect(await chooser.choose(wanted('GET', { actsAs }, { subject: 'anna' }))).toBe(anna);
    expect(await chooser.choose(wanted('GET', { actsAs }))).toBe(service);
    expect(await chooser.choose(wanted('GET', { actsAs: ['service', 'user'] }))).toBe(service);
  });

  it.each<{ actsAs: Consumer['actsAs'] }>([
    { actsAs: ['user', 'service'] },
    { actsAs: ['service', 'user'] },
    { actsAs: ['bearer', 'user', 'service'] },
    { actsAs: ['service', 'bearer', 'user'] },
    { actsAs: ['user'] },
  ])('goes as the person who is named, or not at all: $actsAs', async ({ actsAs }) => {
    expect(await chooser.choose(wanted('GET', { actsAs }, { subject: 'anna' }))).toBe(anna);
    for (const method of ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'])
      await expect(chooser.choose(wanted(method, { actsAs }, { subject: 'bert' }))).rejects.toMatchObject({
        code: 'USER_TOKEN_NEEDED',
        facts: { links: { about: 'https://facade.example.com/oauth/start?for=bert' } },
      });
  });

  it('goes as the service for a person without a link where the consumer says so, in the order of the consumer', async () => {
    const falling: Partial<Consumer> = { actsAs: ['user', 'service'], withoutLink: 'service' };
    expect(await chooser.choose(wanted('GET', falling, { subject: 'bert' }))).toBe(service);
    expect(await chooser.choose(wanted('GET', falling, { subject: 'anna' }))).toBe(anna);
    const first: Partial<Consumer> = { actsAs: ['service', 'user'], withoutLink: 'service' };
    expect(await chooser.choose(wanted('GET', first, { subject: 'anna' }))).toBe(service);
  });

  it('does not find the link of another consumer, upstream or spelling of the person', async () => {
    const actsAs: Consumer['actsAs'] = ['user', 'service'];
    const bound = createCredentialChooser(serviceKeys, {
      ...userTokens,
      find: async (name, { id }, subject) =>
        name === 'signals' && id === 'app' && subject === 'anna' ? anna : undefined,
    });
    const other = { ...upstream, name: 'tissuemaps' };
    const asks = [
      { ...wanted('GET', { actsAs, id: 'other' }, { subject: 'anna' }) },
      { ...wanted('GET', { actsAs }, { subject: 'anna' }), upstream: other },
      { ...wanted('GET', { actsAs }, { subject: 'Anna' }) },
    ];
    for (const ask of nonEmpty(asks))
      await expect(bound.choose(ask)).rejects.toMatchObject({ code: 'USER_TOKEN_NEEDED' });
    expect(await bound.choose(wanted('GET', { actsAs }, { subject: 'anna' }))).toBe(anna);
  });

  it('does not take the service key for a link that cannot be read', async () => {
    const failing = createCredentialChooser(serviceKeys, {
      ...userTokens,
      find: () => Promise.reject(new AppError('CREDENTIAL_UNAVAILABLE')),
    });
    const ask = wanted('GET', { actsAs: ['user', 'service'], withoutLink: 'service' }, { subject: 'anna' });
    await expect(failing.choose(ask)).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
  });

  it('gives each bearer a principal of its own that does not tell it', async () => {
    const ask = (bearer: string) => chooser.choose(wanted('GET', { actsAs: ['bearer'] }, { bearer }));
    const [one, same, other] = await Promise.all([ask('secret-1'), ask('secret-1'), ask('secret-2')]);
    expect(one.principal).toBe(same.principal);
    expect(one.principal).not.toBe(other.principal);
    expect(one.principal + one.id).not.toContain('secret-1');
  });

  it('refuses a write that must carry a name when only the service key is at hand, and says where to link', async () => {
    const consumer: Partial<Consumer> = { actsAs: ['user', 'service'], userAttributed: ['entities:write'] };
    await expect(chooser.choose(wanted('PATCH', consumer, { subject: 'bert' }))).rejects.toMatchObject({
      code: 'USER_TOKEN_NEEDED',
      facts: {
        links: { about: 'https://facade.example.com/oauth/start?for=bert' },
        detail: expect.not.stringContaining('/oauth/start'),
      },
    });
    await expect(chooser.choose(wanted('PATCH', consumer))).rejects.toMatchObject({ code: 'USER_TOKEN_NEEDED' });
    expect(await chooser.choose(wanted('PATCH', consumer, { subject: 'anna' }))).toBe(anna);
    const falling: Partial<Consumer> = { ...consumer, withoutLink: 'service' };
    expect(await chooser.choose(wanted('GET', falling, { subject: 'bert' }))).toBe(service);
    await expect(chooser.choose(wanted('PATCH', falling, { subject: 'bert' }))).rejects.toMatchObject({
      code: 'USER_TOKEN_NEEDED',
    });
  });

  it('refuses it also where the path only looks like such a write', async () => {
    const consumer: Partial<Consumer> = { actsAs: ['user', 'service'], userAttributed: ['entities:write'] };
    const loose = { ...wanted('POST', consumer), ...upstream.catalogue.match('POST', '/Entities') };
    expect(loose.lookalike).toBeDefined();
    await expect(chooser.choose(loose)).rejects.toMatchObject({ code: 'USER_TOKEN_NEEDED' });
  });

  it('refuses a consumer that may only act as people when nobody is named', async () => {
    await expect(chooser.choose(wanted('GET', { actsAs: ['user'] }))).rejects.toMatchObject({
      code: 'USER_TOKEN_NEEDED',
    });
  });
});
