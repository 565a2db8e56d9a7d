import { describe, expect, it } from 'vitest';
import { toAuditDocument } from '../../../shared/audit/audit-document.ts';
import type { Change } from '../../../shared/audit/changes.ts';
import { readAuditPage } from '../../../shared/audit/page.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { create } from './audit-support.ts';
import { noon } from './support.ts';

describe('the audit of admin acts', () => {
  const act = {
    caller: { consumer: { id: 'admin', scopes: ['*:*'], state: 'active' } },
    requestId: 'request-9',
    act: 'consumers.create',
    target: 'lab-app',
  } as const;

  it('records the act and hands on what it gives', async () => {
    const { audit, log } = create();
    expect(await audit.around(act, async () => 'made')).toBe('made');
    expect(log.records[1]).toMatchObject({
      kind: 'admin',
      consumer: 'admin',
      operation: 'consumers.create',
      target: 'lab-app',
      entity: 'lab-app',
      requestId: 'request-9',
      outcome: 'done',
    });
    expect(log.records[1]).not.toHaveProperty('credential');
  });

  it('records what was asked before it begins, and what was changed once it has ended', async () => {
    const { audit, log } = create();
    const made: Change[] = [];
    const asked = { scopes: ['*:read'], contact: null };
    const change: Change = { field: 'scopes', old: [], new: ['*:read'] };
    await audit.around({ ...act, asked, changes: () => made }, async () => {
      expect(log.records).toMatchObject([{ stage: 'intent', asked }]);
      made.push(change);
    });
    expect(log.records[0]).not.toHaveProperty('changes');
    expect(log.records[1]).toMatchObject({ stage: 'outcome', asked, changes: [change] });
    const { entries } = await readAuditPage(log, { fromMillis: 0, untilMillis: noon + 1, size: 5 }, noon);
    expect(
      toAuditDocument({ entries, next: undefined }, 'https://f.example.com', []).data[0]?.attributes,
    ).toMatchObject({
      asked,
      changes: [change],
      outcome: 'done',
    });
  });

  it('records what was changed also when the act then failed, and nothing where it changed nothing', async () => {
    const { audit, log } = create();
    const change: Change = { field: 'state', new: 'suspended' };
    const failed = audit.around({ ...act, changes: () => [change] }, () => Promise.reject(new Error('lost')));
    await expect(failed).rejects.toThrow('lost');
    await audit.around({ ...act, changes: () => [] }, async () => {});
    const ended = log.records.filter(({ stage }) => stage === 'outcome');
    expect(ended).toMatchObject([{ outcome: 'unknown', changes: [change] }, { outcome: 'done' }]);
    expect(ended[1]).not.toHaveProperty('changes');
  });

  it('records a refusal as refused and a fault as unknown', async () => {
    const { audit, log } = create();
    for (const error of [new AppError('SCOPE_MISSING'), new Error('the table is gone')])
      await expect(audit.around(act, () => Promise.reject(error))).rejects.toBe(error);
    const ended = log.records.filter(({ stage }) => stage === 'outcome');
    expect(ended).toMatchObject([{ outcome: 'refused' }, { outcome: 'unknown' }]);
  });
});
