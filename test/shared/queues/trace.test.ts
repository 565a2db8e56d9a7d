/** Forms of a trace: what SQS takes, and what log lines show. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTraceHeader, traceIdOf } from '../../../shared/queues/trace.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const ids = fc.tuple(hex(8), hex(24)).map(([time, chance]) => `1-${time}-${chance}`);
/** What SQS takes of the fields that are kept. */
const accepted = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}(;Parent=[0-9a-f]{16})?(;Sampled=[01])?$/;

describe('a trace', () => {
  it('keeps its id from the header to the record and back', () =>
    fc.assert(
      fc.property(ids, hex(16), fc.constantFrom('0', '1'), (id, parent, sampled) => {
        const header = `Root=${id};Parent=${parent};Sampled=${sampled}`;
        expect(toTraceHeader(header)).toBe(header);
        expect(traceIdOf(header)).toBe(id);
        expect(traceIdOf(toTraceHeader(id))).toBe(id);
      }),
    ));

  it('loses the fields that SQS might refuse', () => {
    const id = '1-5759e988-bd862e3fe1be46a994272793';
    const header = `Self=1-0; Root=${id};Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:1|68fd508a:5`;
    expect(toTraceHeader(header)).toBe(`Root=${id};Parent=53995c3f42cd8ad8;Sampled=1`);
    expect(toTraceHeader(`Parent=x;Root=${id};Sampled=?`)).toBe(`Root=${id}`);
  });

  it('is none in any other text, and never one that SQS refuses', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `Root=${text}`),
          ids,
        ),
        (text) => {
          const header = toTraceHeader(text);
          if (header !== undefined) expect(header).toMatch(accepted);
          expect(header === undefined).toBe(traceIdOf(header) === undefined);
        },
      ),
    ));

  it.each([[undefined], [''], ['Root='], ['Root=1-5759e988'], ['Sampled=1']])('is none in %j', (text) => {
    expect([toTraceHeader(text), traceIdOf(text)]).toEqual([undefined, undefined]);
  });
});
