import { describe, expect, it } from 'vitest';
import { createOperations, type OperationPolicies } from '../../../shared/catalogue/operation.ts';

const slides = {
  'GET /slides/{slideId}': { group: 'slides', kind: 'read', query: ['stain'], summary: 'Read one slide' },
  'PUT /slides/{slideId}': { group: 'slides', kind: 'write', digest: 'slideId', summary: 'Replace a slide' },
} as const;
const read = { scope: 'slides:read', cache: 'entity', entity: 'slideId' } as const;
const write = { scope: 'slides:write' } as const;

type Policies = OperationPolicies<typeof slides, 'apart'>;

/** `tsc` runs these cases: each line below `@ts-expect-error` must not compile. */
const tried: readonly Policies[] = [
  { 'GET /slides/{slideId}': read, 'PUT /slides/{slideId}': write },
  // @ts-expect-error the second row is missing
  { 'GET /slides/{slideId}': read },
  // @ts-expect-error no such row in the table
  { 'GET /slides/{slideId}': read, 'PUT /slides/{slideId}': write, 'GET /tiles': read },
  // @ts-expect-error a write needs more than a read scope
  { 'GET /slides/{slideId}': read, 'PUT /slides/{slideId}': { scope: 'slides:read' } },
  // @ts-expect-error a write has no cache class
  { 'GET /slides/{slideId}': read, 'PUT /slides/{slideId}': { ...write, cache: 'entity' } },
  // @ts-expect-error a read has a cache class
  { 'GET /slides/{slideId}': { scope: 'slides:read' }, 'PUT /slides/{slideId}': write },
  // @ts-expect-error the path has no such parameter
  { 'GET /slides/{slideId}': { ...read, entity: 'tileId' }, 'PUT /slides/{slideId}': write },
  // @ts-expect-error another group than the table's
  { 'GET /slides/{slideId}': { ...read, scope: 'tiles:read' }, 'PUT /slides/{slideId}': write },
  { 'GET /slides/{slideId}': { ...read, scope: 'apart:read' }, 'PUT /slides/{slideId}': write },
];

describe('an operation', () => {
  it('is made of the row of the table and the row of the policy', () => {
    const policies = { 'GET /slides/{slideId}': read, 'PUT /slides/{slideId}': write } as const;
    expect(createOperations(slides, policies)).toEqual([
      {
        ...{ method: 'GET', path: '/slides/{slideId}', group: 'slides', kind: 'read', scope: 'read', cache: 'entity' },
        ...{ entity: 'slideId', digest: undefined, answer: 'document', query: ['stain'], summary: 'Read one slide' },
      },
      {
        ...{ method: 'PUT', path: '/slides/{slideId}', group: 'slides', kind: 'write', scope: 'write', cache: 'never' },
        ...{ entity: undefined, digest: 'slideId', answer: 'document', query: [], summary: 'Replace a slide' },
      },
    ]);
  });

  it('is of the group that its policy names', () => {
    const groups = tried.slice(-1).flatMap((policies) => createOperations(slides, policies).map(({ group }) => group));
    expect(groups).toEqual(['apart', 'slides']);
  });
});
