import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sized, tenantSize } from '../../../test/support/test-size.ts';
import { coverage } from '../src/coverage.ts';
import { demoIds } from '../src/demo/ids.ts';
import { demoInventory } from '../src/demo/inventory.ts';
import { demoSpecials } from '../src/demo/special.ts';
import { type Operation, operations } from '../src/operations.ts';
import { type Simulator, startSimulator } from '../src/simulator.ts';
import { predefinedLayers } from '../src/tenant/plates.ts';
import { routes } from '../src/topics/routes.ts';
import { type Answer, createTarget, type Target } from './conformance/target.ts';

/** Ids of things that exist, for each path parameter; entity paths are tried with several types. */
const known: Readonly<Record<string, readonly string[]>> = {
  eid: [...Object.values(demoIds), ...Object.values(demoSpecials), 'attribute:1'],
  sampleId: [demoIds.sample],
  samplesTableId: [demoIds.samplesContainer],
  sampleSummaryId: [demoIds.samplesContainer],
  userId: ['104'],
  groupId: ['2'],
  roleId: ['1'],
  taskId: [demoSpecials.task],
  todoListId: [demoSpecials.todo],
  tasksTableId: [demoSpecials.tasks],
  plateContainerId: [demoSpecials.plates],
  materialsTableId: [demoSpecials.materialsTable],
  libraryName: ['Compounds', 'Cell Lines'],
  libraryEid: [demoSpecials.monomerLibrary],
  monomerId: [demoSpecials.monomer],
  subexpSummaryId: [demoSpecials.subexpSummary],
  layoutId: [demoSpecials.subexpLayout],
  locationId: [demoInventory.room, demoInventory.grid],
  containerId: [demoInventory.container],
  orderId: [demoInventory.order],
  tableId: ['steps', 'actions'],
  variantId: ['v1'],
  annotationLayerId: [predefinedLayers[0]?.id ?? ''],
  grid: ['reactants'],
  position: ['reactants'],
  action: ['checkout'],
  id: ['1', 'Plate-1', 'user-104', 'group-2', '0001'],
  filename: ['a.png'],
};

const simulated = operations.filter(({ key }) => routes[key] !== undefined);
const isScim = ({ key }: Operation) => key.includes('/scim/');

const paramArbitrary = (name: string) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...(known[name] ?? ['1'])) },
    { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
  );

const pathArbitrary = (path: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...path
        .split('/')
        .map((part) =>
          part.startsWith('{')
            ? paramArbitrary(part.slice(1, -1)).map(encodeURIComponent)
            : fc.constant(part.replace('*', 'x/y')),
        ),
    )
    .map((parts) => parts.join('/'));

const attributesArbitrary = fc.dictionary(
  fc.constantFrom(
    'name',
    'value',
    'action',
    'cells',
    'fields',
    'columns',
    'ids',
    'typeId',
    'content',
    'wells',
    'data',
    'options',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const inheritedNames = fc.constantFrom('constructor', '__proto__', 'toString', 'valueOf');

const bodyArbitrary = fc.oneof(
  inheritedNames.map((name) => ({ data: [{ type: name, id: name, attributes: { action: name, name, key: name } }] })),
  inheritedNames.map((name) => ({ data: { type: name, id: name, attributes: { action: name, name, value: name } } })),
  fc.jsonValue({ maxDepth: 3 }),
  attributesArbitrary.map((attributes) => ({ data: { type: 'x', id: '1', attributes } })),
  attributesArbitrary.map((attributes) => ({ data: [{ type: 'x', id: '1', attributes }] })),
);
const queryArbitrary = fc.dictionary(
  fc.constantFrom(
    'page[limit]',
    'page[offset]',
    'eid',
    'depth',
    'include',
    'value',
    'format',
    'filter',
    'digest',
    'name',
    'startAfter',
  ),
  fc.oneof(fc.string({ maxLength: 8 }), fc.nat(200).map(String)),
  { maxKeys: 3 },
);

describe('every operation', () => {
  let simulator: Simulator;
  let target: Target;
  beforeAll(async () => {
    simulator = await startSimulator({
      requestsPerMinute: Number.POSITIVE_INFINITY,
      ...tenantSize,
      behaviour: { jobMillis: 0 },
      gzip: false,
    });
    // What a hostile request has stored comes back in documents that no schema knows.
    target = createTarget(simulator.url, 'demo-signals-key', () => {});
  });
  afterAll(() => simulator.close());

  it('outside the group synergy is simulated', () => {
    const missing = coverage().filter(({ group }) => group !== 'synergy');
    expect(missing.flatMap((group) => group.missing)).toEqual([]);
  });

  const send = (operation: Operation, path: string, query: Record<string, string>, body: unknown): Promise<Answer> => {
    const text = new URLSearchParams(query).toString();
    const hasBody = operation.method !== 'GET' && operation.method !== 'HEAD';
    return target.send(operation.method, `${path}?force=true&${text}`, {
      ...(hasBody ? { body: JSON.stringify(body ?? null) } : {}),
      ...(isScim(operation) ? { headers: { 'content-type': 'application/scim+json' } } : {}),
    });
  };

  /** 504 is the documented answer to an empty search of tags. */
  const isAccident = ({ status }: Answer, operation: Operation) =>
    status >= 500 && !(status === 504 && operation.path === '/entities/search/tags');

  it.each(simulated)('answers $key sensibly, whatever comes', async (operation) => {
    await fc.assert(
      fc.asyncProperty(pathArbitrary(operation.path), queryArbitrary, bodyArbitrary, async (path, query, body) => {
        const answer = await send(operation, path, query, body);
        expect([isAccident(answer, operation), answer.text.slice(0, 300)]).toEqual([false, expect.anything()]);
      }),
      { numRuns: sized(20, 2) },
    );
  });

  it('still works after all of that', async () => {
    expect((await target.get('/version')).status).toBe(200);
  });
});
