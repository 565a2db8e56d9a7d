/** The shared state as it is stored: bytes for the ledger, which is most of it, and JSON for the rest. */
import * as z from 'zod';
import { emptyLedger, type Ledger } from './ledger.ts';
import type { PausedOperation } from './operation-pauses.ts';
import type { Places } from './places.ts';
import type { Pace, QuotaState } from './state.ts';

/** Up to 127 units are one byte, a run of up to 63 empty buckets is one byte, more units are five. */
const longUnits = 0x80;
const emptyRun = 0xc0;
const longestRun = 63;
const mostShort = 127;

const packLedger = ({ first, counts }: Ledger): Uint8Array => {
  const bytes: number[] = [];
  const head = new DataView(new ArrayBuffer(8));
  head.setFloat64(0, first);
  for (let index = 0; index < 8; index += 1) bytes.push(head.getUint8(index));
  for (let index = 0; index < counts.length; ) {
    let run = 0;
    while (run < longestRun && counts[index + run] === 0) run += 1;
    const units = counts[index] as number;
    if (run > 0) bytes.push(emptyRun + run);
    else if (units <= mostShort) bytes.push(units);
    else bytes.push(longUnits, (units >>> 24) & 255, (units >>> 16) & 255, (units >>> 8) & 255, units & 255);
    index += Math.max(1, run);
  }
  return Uint8Array.from(bytes);
};

/** @throws RangeError for bytes that no ledger makes. */
const unpackLedger = (bytes: Uint8Array): Ledger => {
  if (bytes.length === 8) return emptyLedger;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counts: number[] = [];
  for (let index = 8; index < bytes.length; index += 1) {
    const byte = view.getUint8(index);
    if (byte > emptyRun) for (let run = byte - emptyRun; run > 0; run -= 1) counts.push(0);
    else if (byte === longUnits) {
      counts.push(view.getUint32(index + 1));
      index += 4;
    } else counts.push(byte);
  }
  return { first: view.getFloat64(0), counts };
};

const number = z.number();
const PausedTuple = z.tuple([number, number, number, number, number, number]);
type PausedTuple = z.infer<typeof PausedTuple>;
const PaceJson = z.tuple([number, number]);
const PlaceJson = z.tuple([number, number]);
const LedgerJson = z.tuple([number, z.array(number)]);
/** Short names: the item is written at every grant and billed by the KiB. */
const Rest = z.object({
  /** Raised with every change that older code would misread or drop. Older code then refuses calls. */
  s: z.literal(1).default(1),
  a: number,
  f: z.record(z.string(), z.tuple([number, number, number, number, number])),
  v: z.record(z.string(), number),
  c: z.record(z.string(), LedgerJson).default({}),
  p: z.tuple([PaceJson, PaceJson]),
  u: z.tuple([number, number, number]).optional(),
  b: z.record(z.string(), number).default({}),
  l: z.tuple([number, number]).optional(),
  o: z.record(z.string(), PausedTuple).optional(),
  /** By pool and consumer: pairs of the end of places, counted from `a`, and how many end then. */
  w: z.record(z.string(), z.record(z.string(), z.array(PlaceJson))).optional(),
});

const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000;
const mapValues = <From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
const orNothing = <Value extends object>(record: Value): Value | undefined =>
  Object.keys(record).length > 0 ? record : undefined;

const toPace = ([pressedMillis, nextMillis]: z.infer<typeof PaceJson>): Pace => ({ pressedMillis, nextMillis });
const fromPace = ({ pressedMillis, nextMillis }: Pace) => [Math.ceil(pressedMillis), Math.ceil(nextMillis)];

const fromPaused = (one: PausedOperation): PausedTuple => [
  Math.ceil(one.refusedMillis),
  one.refusals,
  Math.ceil(one.resumesMillis),
  Math.ceil(one.nextMillis),
  one.own,
  one.others,
];
const toPaused = ([refusedMillis, refusals, resumesMillis, nextMillis, own, others]: PausedTuple): PausedOperation => ({
  refusedMillis,
  refusals,
  resumesMillis,
  nextMillis,
  own,
  others,
});

type PackedPlaces = NonNullable<z.infer<typeof Rest>['w']>;

/** @param asOfMillis as it is stored. */
const packPlaces = (places: Places, asOfMillis: number): PackedPlaces =>
  mapValues(places, (consumers) =>
    mapValues(consumers, (ends) => {
      const counts = new Map<number, number>();
      for (const end of ends) {
        const millis = Math.ceil(end) - asOfMillis;
        counts.set(millis, (counts.get(millis) ?? 0) + 1);
      }
      return [...counts];
    }),
  );
const unpackPlaces = (packed: PackedPlaces, asOfMillis: number): Places =>
  mapValues(packed, (consumers) =>
    mapValues(consumers, (pairs) =>
      pairs.flatMap(([millis, count]) => new Array<number>(count).fill(asOfMillis + millis)),
    ),
  );

export type PackedState = { readonly ledger: Uint8Array; readonly rest: string };

/** Instants lose fractions of a millisecond: `asOf` downwards, since nothing may seem later than it is. */
export const packState = (state: QuotaState): PackedState => ({
  ledger: packLedger(state.ledger),
  rest: JSON.stringify({
    s: 1,
    a: Math.floor(state.asOfMillis),
    f: mapValues(state.flows, (flow) => [
      thousandths(flow.tag),
      Math.ceil(flow.wantsUntilMillis),
      flow.minute,
      flow.unitsNow,
      flow.unitsBefore,
    ]),
    v: mapValues(state.virtual, thousandths),
    c: orNothing(mapValues(state.caps, ({ first, counts }) => [first, counts])),
    p: [fromPace(state.pace.interactive), fromPace(state.pace.background)],
    u:
      state.cut || state.pausedUntilMillis > 0
        ? [state.cut?.units ?? 0, Math.ceil(state.cut?.sinceMillis ?? 0), Math.ceil(state.pausedUntilMillis)]
        : undefined,
    b: orNothing(state.booked),
    o: orNothing(mapValues(state.operations ?? {}, fromPaused)),
    w: orNothing(packPlaces(state.places ?? {}, Math.floor(state.asOfMillis))),
    l: state.lowest && [state.lowest.limit, Math.ceil(state.lowest.untilMillis)],
  }),
});

/** @throws Error when the item was not written by this code. */
export const unpackState = ({ ledger, rest }: PackedState): QuotaState => {
  const { a, f, v, c, p, u, b, l, o, w } = Rest.parse(JSON.parse(rest));
  return {
    asOfMillis: a,
    ledger: unpackLedger(ledger),
    flows: mapValues(f, ([tag, wantsUntilMillis, minute, unitsNow, unitsBefore]) => ({
      tag,
      wantsUntilMillis,
      minute,
      unitsNow,
      unitsBefore,
    })),
    virtual: v,
    caps: mapValues(c, ([first, counts]) => ({ first, counts })),
    pace: { interactive: toPace(p[0]), background: toPace(p[1]) },
    cut: u && u[0] > 0 ? { units: u[0], sinceMillis: u[1] } : undefined,
    pausedUntilMillis: u?.[2] ?? 0,
    booked: b,
    ...(o ? { operations: mapValues(o, toPaused) } : {}),
    ...(w ? { places: unpackPlaces(w, a) } : {}),
    ...(l ? { lowest: { limit: l[0], untilMillis: l[1] } } : {}),
  };
};
