/** Conditional writes to DynamoDB. One whose condition did not hold has done nothing (API reference, PutItem, "Errors"). */

const isRefused = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** The answer to a conditional write; undefined when its condition did not hold. Other failures stay failures. */
export const unlessRefused = <Result>(write: Promise<Result>): Promise<Result | undefined> =>
  write.catch((error: unknown) => {
    if (isRefused(error)) return undefined;
    throw error;
  });

/** Whether the condition of this write held, so that it was done. */
export const conditionHeld = async (write: Promise<unknown>): Promise<boolean> =>
  (await unlessRefused(write.then(() => true))) ?? false;

/** The condition of a write in place of what was read at this version; 0 = nothing was there. */
export const atVersion = (version: number) =>
  version === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':expected': version },
      };
