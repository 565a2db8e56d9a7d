/** docs/people.md, docs/workflows.md and docs/lists-and-sources.md: the commands run from top to bottom, and each section is answered as its text says. */
import { beforeAll, describe, expect, it } from 'vitest';
import { seedDemoLists } from '../../local/start/demo-lists.ts';
import { runGuide, type Step } from '../support/guide.ts';
import { useSharedTwin } from '../support/shared-twin.ts';
import { stepsOf } from '../support/snippets.ts';
import type { TestTwin } from '../support/twin.ts';

type Expected = {
  readonly statuses: readonly number[];
  /** What each document has among its members. */
  readonly documents?: readonly object[];
  /** Lines that are no document. */
  readonly lines?: readonly string[];
};

const withId = (id: string) => expect.objectContaining({ id });
const userOf = (attributes: object, roleId = '3') => ({
  data: { type: 'user', attributes, relationships: { roles: { data: [withId(roleId)] } } },
});
const stale = { errors: [{ status: '428', code: 'DigestNotMatch' }] };

const people: Readonly<Record<string, Expected>> = {
  Prepare: { statuses: [] },
  'Find users': { statuses: [200], documents: [{ data: [withId('102')] }] },
  'Read the roles': {
    statuses: [200],
    documents: [
      {
        links: expect.not.objectContaining({ next: expect.anything() }),
        data: expect.arrayContaining([withId('3'), withId('4')]),
      },
    ],
  },
  'Create a user': { statuses: [201], documents: [userOf({ email: 'mina.park@example.com', isEnabled: true })] },
  'Change a user': { statuses: [200], documents: [userOf({ organization: 'Example Analytics' }, '4')] },
  'Disable a user, and enable the user again': {
    statuses: [204, 200, 200],
    documents: [userOf({ isEnabled: false }, '4'), userOf({ isEnabled: true }, '4')],
  },
  'Create a group': {
    statuses: [201],
    documents: [{ data: { attributes: { name: 'Crystallisation', digest: expect.any(String) } } }],
  },
  'Add a member': {
    statuses: [201, 200, 428],
    documents: [
      { data: [{ attributes: { email: 'mina.park@example.com' } }] },
      { data: [{ attributes: { email: 'mina.park@example.com' } }] },
      stale,
    ],
  },
  // The first status is the one of the read of the digest.
  'Change a group, and remove a member': {
    statuses: [200, 201, 204],
    documents: [{ data: { attributes: { description: 'Makes crystals' } } }],
  },
  'SCIM: find a user': {
    statuses: [200],
    documents: [{ Resources: [{ id: 'user-102', userName: 'chiara.rossi@example.com', active: true }] }],
  },
  'SCIM: create a user': {
    statuses: [201],
    documents: [{ id: expect.stringMatching(/^user-\d+$/), userName: 'tomas.weiss@example.com', active: true }],
  },
  'SCIM: add a member to a group': {
    statuses: [200],
    documents: [{ displayName: 'Crystallisation', members: [{ display: 'tomas.weiss@example.com' }] }],
  },
  'SCIM: deactivate and delete a user': {
    statuses: [200, 204, 404],
    documents: [{ active: false }, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '404' }],
  },
};

const inNotebook = (name: string) => ({
  data: { attributes: { name }, relationships: { ancestors: { data: [{ type: 'entity' }] } } },
});
const sampleProperty = (name: string) => ({ data: { type: 'property', attributes: { name } } });

const registrationIn = (state: string, more: object = {}) => ({
  data: { type: 'sample-registration', attributes: { state, ...more } },
});

const workflows: Readonly<Record<string, Expected>> = {
  Prepare: { statuses: [] },
  'F1: users': {
    statuses: [200, 201],
    documents: [{ data: expect.arrayContaining([withId('102')]) }, userOf({ email: 'lena.fischer@example.com' })],
  },
  'F2: an experiment and its description': {
    statuses: [200, 201, 200, 428],
    documents: [
      inNotebook('Recrystallisation 1'),
      {
        data: expect.arrayContaining([
          expect.objectContaining({
            attributes: expect.objectContaining({ name: 'Description', value: 'From ethanol, at 5 °C' }),
          }),
        ]),
      },
      stale,
    ],
  },
  // The sample; its digest; the mark; the state; a change; the state; an outdated mark; the digest; the mark.
  'F3: registration of a sample': {
    statuses: [200, 200, 200, 200, 200, 200, 412, 200, 200],
    documents: [
      { data: expect.arrayContaining([withId('digests.external')]) },
      registrationIn('in-sync', { externalId: 'LIMS-20417', registeredBy: 'demo-app' }),
      sampleProperty('Description'),
      { errors: [{ status: '412', code: 'SAMPLE_CHANGED' }] },
      registrationIn('in-sync'),
    ],
    lines: ['in-sync', 'drifted'],
  },
  // Closing, notification, start, HEAD until the length is there, content: as many as it takes, see below.
  'F4: the PDF of a closed experiment': {
    statuses: [200],
    documents: [
      {
        data: expect.arrayContaining([
          expect.objectContaining({ attributes: expect.objectContaining({ type: 'close' }) }),
        ]),
      },
      { data: { type: 'pdf', attributes: { fileName: 'Recrystallisation 1.pdf' } } },
    ],
    lines: ['%PDF-'],
  },
  // The verdict is asked for until it is another one.
  'F5: a check before signing': {
    statuses: [200, 201, 200, 201, 200],
    documents: [inNotebook('Recrystallisation 2'), { data: { attributes: { type: 'excel', name: 'Safety Sheet' } } }],
    lines: ['data-verdict="abort"', 'data-verdict="continue"'],
  },
};

const named = (id: string) => ({ data: { id } });
const project = { data: [{ code: 'A1', project: 'Alpha', budget: 1200.5 }, { code: 'B2' }] };
const refusedCall = { errors: [{ status: '401', code: 'LIST_REFUSED' }] };

const lists: Readonly<Record<string, Expected>> = {
  'Try it': {
    statuses: [200, 200],
    documents: [
      { data: [{ code: 'P-1', project: 'Solubility' }, { code: 'P-2' }] },
      { data: { id: 'demo-reader', attributes: { state: 'active' } } },
    ],
  },
  'Make a list': { statuses: [201], documents: [named('projects')] },
  'Put the items': {
    statuses: [204, 204, 200],
    lines: ['code,project,budget\r', 'A1,Alpha,1200.5\r', 'B2,"Beta, second",\r'],
  },
  'Read it as the tenant does': { statuses: [200, 401], documents: [project, refusedCall] },
  'Change the secret': {
    statuses: [200, 200, 200, 401],
    documents: [named('projects'), project, named('projects'), refusedCall],
  },
  'A list of a system of record': {
    statuses: [201, 200, 200],
    documents: [
      named('budgets'),
      { data: { attributes: { outcome: 'ok', items: 2 } } },
      { data: [{ code: 'A1', budget: 1200.5 }, { code: 'B2' }] },
    ],
  },
  'A data source': {
    statuses: [201, 200, 200, 404],
    documents: [
      named('applications'),
      { data: { id: 'demo-reader', attributes: { scopes: ['*:read'] } } },
      { data: { id: 'lab-robot', attributes: { contact: 'lab-it@example.com' } } },
      { errors: [{ code: 'RECORD_UNKNOWN' }] },
    ],
  },
};

const registration: Readonly<Record<string, Expected>> = {
  'Read it': { statuses: [200], documents: [{ data: { type: 'sample-registration' }, meta: { upstreamCalls: 1 } }] },
  'Mark a sample as registered': {
    statuses: [200, 200, 200],
    documents: [registrationIn('in-sync', { externalId: 'LIMS-20418', note: 'Shelf 3' }), registrationIn('in-sync')],
  },
  'List what has drifted': {
    statuses: [200, 200, 200],
    documents: [
      sampleProperty('Description'),
      registrationIn('drifted'),
      { data: expect.arrayContaining([withId('sample:00000000-0000-4000-a000-000000000007')]) },
    ],
  },
};

const isDocument = (line: string): boolean => line.startsWith('{');
const documentsOf = ({ lines }: Step): unknown[] => lines.filter(isDocument).map((line) => JSON.parse(line));
/** A poll may answer any number of times: equal statuses in a row count once. */
const withoutRepeats = (statuses: readonly number[]) => statuses.filter((one, index) => one !== statuses[index - 1]);

describe.each([
  { file: 'docs/people.md', sections: people, callsTenant: true },
  { file: 'docs/workflows.md', sections: workflows, callsTenant: true },
  { file: 'docs/registration.md', sections: registration, callsTenant: true },
  { file: 'docs/lists-and-sources.md', sections: lists, callsTenant: false },
])('$file', ({ file, sections, callsTenant }) => {
  let twin: TestTwin;
  let steps: ReadonlyMap<string, Step>;
  useSharedTwin((shared) => {
    twin = shared;
  });
  beforeAll(async () => {
    // As `npm start` does, also in a state that was kept.
    if (sections === lists) for (let time = 0; time < 2; time += 1) await seedDemoLists(twin.url);
    steps = await runGuide(file, twin);
  });

  it('is tested in each section with commands', () => {
    expect(Object.keys(sections)).toEqual(stepsOf(file).map(([heading]) => heading));
  });

  it.each(Object.entries(sections))('%s', (heading, { statuses, documents = [], lines = [] }) => {
    const step = steps.get(heading) ?? { statuses: [], lines: [`${heading} was not run.`] };
    const polls = /^F[45]/.test(heading);
    expect(polls ? withoutRepeats(step.statuses) : step.statuses).toEqual(statuses);
    expect(documentsOf(step)).toMatchObject(documents);
    expect(step.lines.filter((line) => !isDocument(line))).toEqual(lines);
  });

  it.runIf(callsTenant)('shows no address of the tenant in links', () => {
    const links = [...steps.values()].flatMap(({ lines }) => lines.join('\n').match(/"self":"[^"]+"/g) ?? []);
    expect(links.length).toBeGreaterThan(file === 'docs/registration.md' ? 3 : 20);
    expect(links.filter((link) => !link.startsWith(`"self":"${twin.url}/`))).toEqual([]);
  });
});
