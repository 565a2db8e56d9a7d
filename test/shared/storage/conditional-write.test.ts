import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { atVersion, conditionHeld, unlessRefused } from '../../../shared/storage/conditional-write.ts';

const refused = new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
const others = [
  new Error('ConditionalCheckFailedException'),
  new TransactionCanceledException({ message: 'x', $metadata: {} }),
  'text',
];

describe('a conditional write', () => {
  it('was done, or not, as its condition held', async () => {
    expect(await conditionHeld(Promise.resolve(undefined))).toBe(true);
    expect(await conditionHeld(Promise.reject(refused))).toBe(false);
    expect(await unlessRefused(Promise.resolve({ Attributes: {} }))).toEqual({ Attributes: {} });
    expect(await unlessRefused(Promise.reject(refused))).toBeUndefined();
  });

  it.each(others)('fails as it failed for every other reason: %s', async (error) => {
    await expect(conditionHeld(Promise.reject(error))).rejects.toBe(error);
    await expect(unlessRefused(Promise.reject(error))).rejects.toBe(error);
  });

  it('takes the place of what was read, or of nothing', () => {
    expect(atVersion(0)).toEqual({ ConditionExpression: 'attribute_not_exists(pk)' });
    expect(atVersion(3)).toMatchObject({ ExpressionAttributeValues: { ':expected': 3 } });
  });
});
