/** What a piece of work makes AWS bill, as counts. */

const operationNames = [
  'gatewayRequests',
  'firewallRequests',
  'traces',
  'invocations',
  'gigabyteSeconds',
  'readUnits',
  'writeUnits',
  'queueRequests',
  's3Writes',
  's3Reads',
  'keyRequests',
  'checkpoints',
  'logBytes',
] as const;

export type Operations = Readonly<Record<(typeof operationNames)[number], number>> & {
  /** Calls to the tenant. They have no price; they are units of its limit. */
  readonly tenantCalls: number;
  /** Requests to DynamoDB, for the time that they take. */
  readonly storeRequests: number;
};

const names = [...operationNames, 'tenantCalls', 'storeRequests'] as const;

const from = (value: (name: (typeof names)[number]) => number): Operations =>
  Object.fromEntries(names.map((name) => [name, value(name)])) as Operations;

export const nothing: Operations = from(() => 0);

const plus = (one: Operations, other: Operations): Operations => from((name) => one[name] + other[name]);
export const times = (one: Operations, factor: number): Operations => from((name) => one[name] * factor);

/** A mix of several, by their shares. */
export const mixOf = (parts: readonly (readonly [share: number, operations: Operations])[]): Operations =>
  parts.reduce((sum, [share, operations]) => plus(sum, times(operations, share)), nothing);
