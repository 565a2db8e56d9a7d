import { describe, expect, it } from 'vitest';
import { type FacadeEvent, toFacadeEvent } from '../../shared/facade-events/facade-event.ts';
import type { EventSink } from '../../shared/facade-events/publisher.ts';
import { disabledKey, factsOfEachType } from '../shared/facade-events/builders.ts';

/** A sink, and what a reader of it finds, in any order. */
export type ReadableSink = { readonly sink: EventSink; read(count: number): Promise<FacadeEvent[]> };

let ids = 0;
const newId = (): string => {
  ids += 1;
  return `id-${ids}`;
};
const eventOf = (facts = disabledKey('cred-1')): FacadeEvent =>
  toFacadeEvent(facts, {
    source: '/signals-facade/dev',
    nowMillis: Date.parse('2026-06-15T12:00:00Z'),
    newId,
    requestId: 'request-1',
    traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  });
const byId = (events: readonly FacadeEvent[]) => events.toSorted((a, b) => a.id.localeCompare(b.id));

export const eventSinkContract = (name: string, create: () => Promise<ReadableSink>) =>
  describe(`EventSink contract: ${name}`, () => {
    it('keeps one event of each type as it was sent', async () => {
      const { sink, read } = await create();
      const events = factsOfEachType.map((facts) => eventOf(facts));
      expect(await sink.send(events)).toEqual([]);
      expect(byId(await read(events.length))).toEqual(byId(events));
    });

    it('takes ten at a time', async () => {
      const { sink, read } = await create();
      const events = Array.from({ length: 10 }, () => eventOf());
      expect(await sink.send(events)).toEqual([]);
      expect(byId(await read(10))).toEqual(byId(events));
    });

    it('keeps ids with any characters apart, and a trace header in no known form in the event only', async () => {
      const { sink, read } = await create();
      const base = { ...eventOf(), traceid: 'not a trace header' };
      const events = ['', ' ', '\u{1F600}', '"', 'a'.repeat(200), '\uFFFF'].map((text) => ({
        ...base,
        id: `id ${text}`,
      }));
      expect(await sink.send(events)).toEqual([]);
      expect(byId(await read(events.length))).toEqual(byId(events));
    });
  });
