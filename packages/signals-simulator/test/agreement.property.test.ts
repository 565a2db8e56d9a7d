/**
 * Random sequences of creates, edits, moves and deletes by several clients, beside a model that says what must be so:
 * documents, children, listings, search and history agree after every step.
 */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sized, tenantSize } from '../../../test/support/test-size.ts';
import { demoIds } from '../src/demo/ids.ts';
import { type Simulator, startSimulator } from '../src/simulator.ts';
import { createTarget, newEntity, type Target } from './conformance/target.ts';

interface Known {
  readonly id: string;
  name: string;
  description: string;
  parent: string;
  isTrashed: boolean;
  /** What a client that looks now would send as digest. */
  digest: string;
  readonly actions: string[];
}

interface Model {
  readonly notebooks: string[];
  readonly experiments: Known[];
}

interface World {
  readonly clients: readonly Target[];
  readonly reader: Target;
}

type Step = fc.AsyncCommand<Model, World>;

const pickFrom = <T>(items: readonly T[], index: number): T | undefined => items[index % Math.max(1, items.length)];
const live = (model: Model) => model.experiments.filter(({ isTrashed }) => !isTrashed);
const digestOf = async (target: Target, id: string): Promise<string> =>
  (await target.get(`/entities/${id}`)).json.data.attributes.digest;
const isTaken = (model: Model, parent: string, name: string, own?: Known) =>
  live(model).some((other) => other !== own && other.parent === parent && other.name === name);

const create = (client: number, place: number, name: string): Step => ({
  check: () => true,
  async run(model, { clients }) {
    const target = clients[client % clients.length] as Target;
    const parent = pickFrom(model.notebooks, place) ?? '';
    const before = await digestOf(target, parent);
    const answer = await target.post(`/entities?digest=${before}`, newEntity('experiment', { name }, { parent }));
    if (isTaken(model, parent, name)) {
      expect(answer.status).toBe(409);
      return;
    }
    expect(answer.status).toBe(201);
    expect(await digestOf(target, parent)).not.toBe(before);
    const { id, attributes } = answer.json.data;
    model.experiments.push({
      id,
      name,
      description: '',
      parent,
      isTrashed: false,
      digest: attributes.digest,
      actions: ['create'],
    });
  },
  toString: () => `create(${client}, ${place}, ${name})`,
});

const describeStep = (client: number, which: number, text: string, isStale: boolean): Step => ({
  check: (model) => live(model).length > 0,
  async run(model, { clients }) {
    const target = clients[client % clients.length] as Target;
    const known = pickFrom(live(model), which) as Known;
    const digest = isStale ? '1' : known.digest;
    const body = { data: [{ attributes: { name: 'Description', value: text } }] };
    const answer = await target.patch(`/entities/${known.id}/properties?digest=${digest}`, body);
    expect(answer.status).toBe(isStale ? 428 : 200);
    if (isStale) return;
    known.description = text;
    known.actions.push('update');
    const { attributes } = answer.json.included[0];
    expect(attributes.digest).not.toBe(known.digest);
    known.digest = attributes.digest;
  },
  toString: () => `describe(${client}, ${which}, ${text}, ${isStale})`,
});

const rename = (client: number, which: number, name: string): Step => ({
  check: (model) => live(model).length > 0,
  async run(model, { clients }) {
    const target = clients[client % clients.length] as Target;
    const known = pickFrom(live(model), which) as Known;
    const answer = await target.patch(`/entities/${known.id}/properties?force=true`, {
      data: [{ attributes: { name: 'Name', value: name } }],
    });
    if (isTaken(model, known.parent, name, known)) {
      expect(answer.status).toBe(409);
      return;
    }
    expect(answer.status).toBe(200);
    known.name = name;
    known.actions.push('update');
    known.digest = answer.json.included[0].attributes.digest;
  },
  toString: () => `rename(${client}, ${which}, ${name})`,
});

const move = (client: number, which: number, place: number): Step => ({
  check: (model) => live(model).length > 0,
  async run(model, { clients }) {
    const target = clients[client % clients.length] as Target;
    const known = pickFrom(live(model), which) as Known;
    const parent = pickFrom(model.notebooks, place) ?? '';
    const answer = await target.patch(`/entities/${known.id}/move`, {
      data: { type: 'moveEntityRequest', attributes: { target: { eid: parent } } },
    });
    if (parent === known.parent || isTaken(model, parent, known.name, known)) {
      expect(answer.status).toBe(409);
      return;
    }
    expect(answer.status).toBe(200);
    known.parent = parent;
    known.digest = answer.json.data.attributes.digest;
    known.actions.push('move');
  },
  toString: () => `move(${client}, ${which}, ${place})`,
});

const trash = (client: number, which: number): Step => ({
  check: (model) => live(model).length > 0,
  async run(model, { clients }) {
    const target = clients[client % clients.length] as Target;
    const known = pickFrom(live(model), which) as Known;
    expect((await target.remove(`/entities/${known.id}?digest=${known.digest}`)).status).toBe(204);
    expect((await target.remove(`/entities/${known.id}?force=true`)).status).toBe(403);
    known.isTrashed = true;
    known.actions.push('delete');
    known.digest = await digestOf(target, known.id);
  },
  toString: () => `trash(${client}, ${which})`,
});

const idsOf = (answer: { json: { data: { id: string }[] } }) => new Set(answer.json.data.map(({ id }) => id));

/** Every view of the tenant tells the same. */
const agree = async (model: Model, { reader }: World): Promise<void> => {
  const listed = idsOf(await reader.get('/entities?includeTypes=experiment&page[limit]=100'));
  const trashed = idsOf(await reader.get('/entities?includeTypes=experiment&includeOptions=trashed&page[limit]=100'));
  for (const known of model.experiments) {
    const { data } = (await reader.get(`/entities/${known.id}`)).json;
    expect(data.attributes).toMatchObject({ name: known.name, description: known.description, digest: known.digest });
    expect(data.relationships.ancestors.data[0].id).toBe(known.parent);
    expect([listed.has(known.id), trashed.has(known.id)]).toEqual([!known.isTrashed, known.isTrashed]);
    const { data: history } = (await reader.get(`/entities/${known.id}/history?page[limit]=100`)).json;
    expect(history.map(({ attributes }: { attributes: { action: string } }) => attributes.action).toReversed()).toEqual(
      known.actions,
    );
  }
  for (const notebook of model.notebooks) {
    const expected = new Set(
      live(model)
        .filter(({ parent }) => parent === notebook)
        .map(({ id }) => id),
    );
    expect(idsOf(await reader.get(`/entities/${notebook}/children?page[limit]=100`))).toEqual(expected);
    const query = {
      $and: [
        { $match: { field: 'type', value: 'experiment', mode: 'keyword' } },
        { $match: { field: '_parent_eid', value: notebook, mode: 'keyword' } },
      ],
    };
    expect(idsOf(await reader.post('/entities/search?page[limit]=100', { query }))).toEqual(expected);
  }
};

const client = fc.nat(2);
const which = fc.nat(20);
const place = fc.nat(2);
const name = fc.constantFrom('Alpha', 'Beta', 'Gamma', 'Δelta [1]', 'a "b"');
const steps = [
  fc.tuple(client, place, name).map((given) => create(...given)),
  fc.tuple(client, place, name).map((given) => create(...given)),
  fc.tuple(client, which, fc.string({ maxLength: 8 }), fc.boolean()).map((given) => describeStep(...given)),
  fc.tuple(client, which, name).map((given) => rename(...given)),
  fc.tuple(client, which, place).map((given) => move(...given)),
  fc.tuple(client, which).map((given) => trash(...given)),
];

describe('simulator against a model', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({
      requestsPerMinute: Number.POSITIVE_INFINITY,
      ...tenantSize,
      gzip: false,
      keys: { a: '100', b: '101', c: '102' },
    });
  });
  afterAll(() => simulator.close());

  it('agrees in documents, children, listings, search and history after any sequence of writes by three clients', () =>
    fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 30 }), async (commands) => {
        const clients = ['a', 'b', 'c'].map((key) => createTarget(simulator.url, key));
        const reader = clients[0] as Target;
        const notebooks = [];
        for (let index = 0; index < 3; index += 1)
          notebooks.push(
            (await reader.post('/entities', newEntity('journal', { name: crypto.randomUUID() }))).json.data
              .id as string,
          );
        const model: Model = { notebooks, experiments: [] };
        const world: World = { clients, reader };
        await fc.asyncModelRun(() => ({ model, real: world }), commands);
        await agree(model, world);
      }),
      { numRuns: sized(100, 8) },
    ));

  it('lets exactly one of several simultaneous writes with the same digest through', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 8 }), async (writers) => {
        const target = createTarget(simulator.url, 'a');
        const digest = await digestOf(target, demoIds.experiment);
        const body = { data: [{ attributes: { name: 'Description', value: 'one wins' } }] };
        const answers = await Promise.all(
          Array.from({ length: writers }, () =>
            target.patch(`/entities/${demoIds.experiment}/properties?digest=${digest}`, body),
          ),
        );
        expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(writers - 1).fill(428)]);
      }),
      { numRuns: sized(60, 8) },
    ));
});
