/** `hold` and `release-hold`: write a legal hold down, as /v1/archive/holds does. The stage sets it in S3 within five minutes. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDynamoHoldStore } from '../../shared/archive/adapters/dynamodb-holds.ts';
import { holdIdOf, longestReason, parseHoldId } from '../../shared/archive/holds/hold-record.ts';
import { createHolds, type NumberedHold } from '../../shared/archive/holds/holds.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { StageResources } from './provision.ts';
import { createRecording } from './recording.ts';
import { UsageError } from './usage-error.ts';

/** In records of holds; the audit log has the identity of the shell's credentials. */
const operator = 'operator';

/** @throws UsageError for a stage without an archive. */
export const createHoldCommands = (
  { archive, audit }: Pick<StageResources, 'archive' | 'audit'>,
  client = new DynamoDBClient({}),
  isTwin = false,
) => {
  if (!archive || !audit) throw new UsageError('The stage was deployed by a version without legal holds.');
  const store = createDynamoHoldStore(
    DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    archive.table,
  );
  const holds = createHolds({ holds: store, hasLocks: archive.hasLocks, nowMillis: systemClock.nowMillis });
  const recorded = createRecording(client, audit, isTwin);
  const checkReason = (reason: string): void => {
    if (reason.trim() === '' || reason.length > longestReason)
      throw new UsageError(`--reason takes 1 to ${longestReason} characters.`);
  };
  const run = async (
    name: string,
    target: string,
    asked: object,
    work: () => Promise<NumberedHold>,
  ): Promise<string> => {
    let id = '';
    await recorded({ name, target, asked: { ...asked } }, async () => {
      const { eid, number, released } = await work();
      id = holdIdOf(eid, number);
      return [{ of: id, field: 'state', ...(released ? { old: 'held', new: 'released' } : { new: 'held' }) }];
    }).catch((error: unknown) => {
      throw error instanceof AppError && error.code.startsWith('HOLD_') ? new UsageError(error.message) : error;
    });
    return id;
  };
  return {
    /** @returns the id of the hold. */
    async place(entity: string, reason: string): Promise<string> {
      checkReason(reason);
      return run('hold', entity, { reason }, () => holds.place(entity, reason.trim(), operator));
    },
    async release(id: string, reason: string): Promise<string> {
      checkReason(reason);
      const target = parseHoldId(id)?.eid ?? id;
      return run('release-hold', target, { hold: id, reason }, () => holds.release(id, reason.trim(), operator));
    },
  };
};
