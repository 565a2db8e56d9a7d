import { createMemoryAuditLog } from '../../../shared/audit/adapters/memory.ts';
import { type AuditOptions, createAudit } from '../../../shared/audit/audit.ts';
import type { AuditLog, AuditRecord } from '../../../shared/audit/record.ts';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { noon } from './support.ts';

export const credential = { kind: 'bearer', id: 'b1', principal: 'bearer:b1', secret: 'the-secret-token' } as const;
export const patch = {
  method: 'PATCH',
  path: '/entities/experiment:e1/properties',
  query: [
    ['digest', '12345678'],
    ['sfk_oops', 'private words'],
  ],
  headers: [['authorization', 'Bearer the-secret-token']],
  body: Buffer.from('{"data":"private words"}'),
} as const;

export const create = (overrides: Partial<AuditOptions> = {}) => {
  let now = noon;
  let ids = 0;
  const log = createMemoryAuditLog(() => now);
  const lost: AuditRecord[] = [];
  const audit = createAudit({
    log,
    clock: { nowMillis: () => now },
    newId: () => `id-${++ids}`,
    retentionDays: 10,
    whenStoreFails: 'refuse',
    onLost: (record) => void lost.push(record),
    pause: async () => {},
    ...overrides,
  });
  return { audit, log, lost, pass: (millis: number) => (now += millis), now: () => now };
};

export const answer = (
  status: number,
  document: unknown = {},
  headers: NativeAnswer['headers'] = [],
): NativeAnswer => ({
  status,
  headers,
  body: Buffer.from(JSON.stringify(document)),
});

/** A call that is sent, as the pipeline does it. */
export const sending =
  (call: () => NativeAnswer | Promise<NativeAnswer>) =>
  async (recordIntent: () => Promise<void>): Promise<NativeAnswer> => {
    await recordIntent();
    return call();
  };

/** Fails the appends of one stage a given number of times. */
export const failing = (log: AuditLog, stage: AuditRecord['stage'], times: number): AuditLog => {
  let left = times;
  return {
    ...log,
    async append(record) {
      if (record.stage === stage && left-- > 0) throw new Error('the store is down');
      return log.append(record);
    },
  };
};
