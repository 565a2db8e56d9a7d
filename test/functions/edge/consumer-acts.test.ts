import { describe, expect, it } from 'vitest';
import type { Acts, AdminAct } from '../../../functions/edge/acts.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { bodyOf, changeOf, key, keys, list, one, start } from './consumer-routes-support.ts';

describe('the routes of consumers', () => {
  it('tell of each act once, with its target and its outcome', async () => {
    const told: (Omit<AdminAct, 'caller'> & { by: string; outcome: string })[] = [];
    const changed: unknown[] = [];
    const acts: Acts = {
      async around({ caller, ...act }, run) {
        try {
          const answer = await run();
          told.push({ ...act, by: caller.consumer.id, outcome: 'done' });
          changed.push([act.act, act.changes?.()]);
          return answer;
        } catch (error) {
          told.push({ ...act, by: caller.consumer.id, outcome: (error as AppError).code });
          throw error;
        }
      },
    };
    const { ask, refusal } = await start(acts);
    const path = { consumerId: 'lab' };
    await ask('POST', list, { body: bodyOf('lab', { scopes: [] }) });
    await refusal('POST', list, { body: bodyOf('lab', { scopes: [] }) });
    await ask('PATCH', one, { path, body: changeOf({ state: 'suspended' }) });
    const { document } = await ask('POST', keys, { path });
    await ask('DELETE', key, { path: { ...path, keyId: document.data.id } });
    await ask('DELETE', one, { path });
    await ask('GET', list);
    expect(told.map(({ act, target, outcome }) => [act, target, outcome])).toEqual([
      ['consumers.create', 'lab', 'done'],
      ['consumers.create', 'lab', 'CONSUMER_EXISTS'],
      ['consumers.change', 'lab', 'done'],
      ['consumers.add-key', 'lab', 'done'],
      ['consumers.revoke-key', `lab/${document.data.id}`, 'done'],
      ['consumers.remove', 'lab', 'done'],
    ]);
    expect(new Set(told.map(({ by, requestId }) => `${by} ${requestId}`))).toEqual(new Set(['admin request-1']));
    expect(JSON.stringify([told, changed])).not.toMatch(/sfk_|[0-9a-f]{64}/);
    const createdAt = '2026-03-01T00:00:00.000Z';
    const defaults = { actsAs: ['service'], userAttributed: [], withoutLink: 'refuse' };
    const quota = { priority: 'interactive', weight: 1, caps: [] };
    const attributes = (state: string) =>
      Object.entries({ ...defaults, quota, scopes: [], state }).sort(([one], [other]) => (one < other ? -1 : 1));
    expect(changed).toEqual([
      ['consumers.create', attributes('active').map(([field, value]) => ({ field, new: value }))],
      ['consumers.change', [{ field: 'state', old: 'active', new: 'suspended' }]],
      ['consumers.add-key', [{ of: document.data.id, field: 'createdAt', new: createdAt }]],
      ['consumers.revoke-key', [{ of: document.data.id, field: 'createdAt', old: createdAt }]],
      ['consumers.remove', attributes('suspended').map(([field, value]) => ({ field, old: value }))],
    ]);
    expect(told.map(({ asked }) => asked)).toEqual([
      { ...defaults, quota, scopes: [], state: 'active' },
      { ...defaults, quota, scopes: [], state: 'active' },
      { state: 'suspended' },
      {},
      {},
      {},
    ]);
  });
});
