/** Every ledger, on every engine there is, against the contract of its port; and what the table is asked to write. */
import { describe, expect, it } from 'vitest';
import { inflate, packNotification, unpackNotification } from '../../shared/notifications/adapters/compact.ts';
import { createDynamoLedger } from '../../shared/notifications/adapters/dynamodb-ledger.ts';
import { createMemoryLedger } from '../../shared/notifications/adapters/memory-ledger.ts';
import type { Clock } from '../../shared/time/clock.ts';
import {
  aDelivery,
  aNotification,
  guideDocument,
  noon,
  specificationDocument,
} from '../shared/notifications/builders.ts';
import { type Engine, engines } from '../support/tables.ts';
import { ledgerContract } from './notification-ledger.contract.ts';
import { freshNotificationsTable } from './notifications-table.ts';

const onEngine = (engine: Engine) => async (clock: Clock) => {
  const { dynamo, tableName } = await freshNotificationsTable(engine);
  return createDynamoLedger(dynamo, tableName, clock);
};

ledgerContract('memory', async (clock) => createMemoryLedger(clock));
for (const engine of engines()) ledgerContract(`DynamoDB on ${engine}`, onEngine(engine));

const clock = { nowMillis: () => noon };

describe('the DynamoDB ledger', () => {
  it('writes one unit for a document of 1 KB, with twenty deliveries too', async () => {
    const { dynamo, tableName } = await freshNotificationsTable();
    const document = specificationDocument({ id: 'c0a8f3d2-77aa-4b1e-9d5c-0e1f2a3b4c5d' });
    const attributes = { name: 'Suzuki coupling of the boronic ester, second batch', description: 'x'.repeat(200) };
    const large = {
      ...document,
      included: [...document.included, { type: 'entity', id: 'experiment:e1', attributes }],
    };
    expect(JSON.stringify(large).length).toBeGreaterThan(800);
    const id = 'c0a8f3d2-77aa-4b1e-9d5c-0e1f2a3b4c5d';
    const capacities: (number | undefined)[] = [];
    dynamo.middlewareStack.add(
      (next, context) => async (args) => {
        if (['PutItemCommand', 'UpdateItemCommand'].includes(String(context.commandName)))
          Object.assign(args.input as object, { ReturnConsumedCapacity: 'INDEXES' });
        const answer = await next(args);
        const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { Table?: { CapacityUnits?: number } } };
        if (ConsumedCapacity) capacities.push(ConsumedCapacity.Table?.CapacityUnits);
        return answer;
      },
      { step: 'initialize' },
    );
    const ledger = createDynamoLedger(dynamo, tableName, clock);
    await ledger.keep(aNotification({ id, document: large }), 'a-writer');
    const deliveries = Array.from({ length: 20 }, (_, index) =>
      aDelivery({ subscriptionId: `sub-0123456789abcd${String(index).padStart(2, '0')}`, atMillis: noon + index }),
    );
    await ledger.writeDispatched(id, { sequence: 1, isLate: false, deliveries });
    expect(capacities).toEqual([1, 1]);
  });

  it('reads what earlier versions of the facade have stored', () => {
    const stored = 'w5p6Ug3B6cfQ1MjE3NLSwMAAkYqISAzm5kpYYxUsnopgEoxZM11D0xBDQytTSytTSzrGLN5oMkSLJ2IDOhWkEZRhAQ==';
    const { id: _id, receivedAtMillis: _receipt, ...rest } = aNotification({ document: guideDocument() });
    expect(unpackNotification(Buffer.from(stored, 'base64'))).toEqual(rest);
    expect(packNotification(aNotification()).byteLength).toBeLessThan(200);
  });

  it('stores a trace so that the version before, which takes only an absent or a text as the incarnation, still reads it', () => {
    const {
      id: _id,
      receivedAtMillis: _receipt,
      ...rest
    } = aNotification({ traceId: '1-65a1b2c3-0123456789abcdef01234567' });
    const stored = packNotification({ ...aNotification(), ...rest });
    expect(unpackNotification(stored)).toEqual(rest);
    expect(JSON.parse(inflate(stored).toString())[5]).toBe('');
  });
});
