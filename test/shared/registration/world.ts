/** One sample in a tenant of a few lines, with the records of its registration. Every step may wait for its turn, and may be the last. */
import { AppError } from '../../../shared/errors/app-error.ts';
import { type FacadeEvent, toFacadeEvent } from '../../../shared/facade-events/facade-event.ts';
import { createMemoryCheckStore, createMemoryRegistrationStore } from '../../../shared/registration/adapters/memory.ts';
import { createSampleCheck, defaultCheckBounds } from '../../../shared/registration/check-samples.ts';
import { driftFacts } from '../../../shared/registration/drift-event.ts';
import { createChangedSamples } from '../../../shared/registration/note-changes.ts';
import { createRegistrationNotes } from '../../../shared/registration/notes.ts';
import { createRegistrations } from '../../../shared/registration/registrations.ts';
import { askAs, type Tenant } from '../../../shared/tenant-calls/ask-tenant.ts';

export const sampleId = 'sample:00000000-0000-4000-a000-000000000007';

class Killed extends Error {}

type Snapshot = { readonly atMillis: number; readonly self: string; readonly external: string };

export const createSampleWorld = (turn: () => Promise<void> = async () => {}) => {
  let nowMillis = 1_000;
  // Each look at the clock is an instant of its own.
  const clock = { nowMillis: () => ++nowMillis };
  const store = createMemoryRegistrationStore();
  const checks = createMemoryCheckStore();
  const events: FacadeEvent[] = [];
  const history: Snapshot[] = [];
  let [self, external, version] = ['c0', '', 1];

  const change = (after: { readonly self?: string; readonly external?: string }): void => {
    ({ self = self, external = external } = after);
    version += 1;
    history.push({ atMillis: clock.nowMillis(), self, external });
  };
  change({});

  const properties = () => ({
    data: [
      { type: 'property', id: 'digests.self', attributes: { content: { value: self } } },
      { type: 'property', id: 'digests.external', attributes: { content: external === '' ? {} : { value: external } } },
    ],
  });

  const answer = (method: string, path: string, body: Uint8Array | undefined) => {
    if (method === 'PATCH') {
      if (new URLSearchParams(path.split('?')[1]).get('digest') !== String(version))
        return { status: 428, document: {} };
      change({ external: JSON.parse(Buffer.from(body ?? []).toString()).data.attributes.content.value });
      return { status: 200, document: {} };
    }
    if (path.startsWith('/entities/'))
      return { status: 200, document: { data: { attributes: { digest: String(version) } } } };
    return { status: 200, document: properties() };
  };

  /** One process of the facade. @param stepsToLive after these steps it does nothing any more. */
  const createProcess = (stepsToLive = Number.POSITIVE_INFINITY) => {
    let left = stepsToLive;
    const step = async (): Promise<void> => {
      await turn();
      if (left <= 0) throw new Killed();
      left -= 1;
    };
    const stepping = <Port extends object>(port: Port): Port =>
      Object.fromEntries(
        Object.entries(port).map(([name, method]) => [
          name,
          async (...parameters: unknown[]) => {
            await step();
            return (method as (...all: unknown[]) => unknown)(...parameters);
          },
        ]),
      ) as Port;
    const call = async (method: string, path: string, body?: Uint8Array) => {
      await step();
      const { status, document } = answer(method, path, body);
      await step();
      return { status, headers: [], body: Buffer.from(JSON.stringify(document)) };
    };
    const tenant: Tenant = askAs(({ method, path, body }) => call(method, path, body), {});
    const ownStore = stepping(store);
    const ownChecks = stepping(checks);
    const notes = createRegistrationNotes({
      ...{ store: ownStore, checks: ownChecks, clock },
      async tell(drifted) {
        await step();
        events.push(toFacadeEvent(driftFacts(drifted), { source: '/s', nowMillis, newId: () => 'never' }));
        await step();
        return true;
      },
    });
    const check = createSampleCheck({
      ...{ store: ownStore, checks: ownChecks, notes, clock, onFailure: () => {} },
      read: (path) => call('GET', path),
      bounds: { ...defaultCheckBounds, freshMillis: 0 },
    });
    return {
      registrations: createRegistrations({ notes, store: ownStore, clock }),
      tenant,
      notes,
      check,
      noteChanges: createChangedSamples(ownStore, ownChecks, clock),
    };
  };

  return {
    ...{ store, checks, events, history, createProcess, change, clock },
    current: () => ({ self, external }),
    pass: (millis: number) => {
      nowMillis += millis;
    },
  };
};
export type SampleWorld = ReturnType<typeof createSampleWorld>;

/** What may end a process, or be the answer of the facade. */
export const isExpected = (error: unknown): boolean => error instanceof Killed || error instanceof AppError;
