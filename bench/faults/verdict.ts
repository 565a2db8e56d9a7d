/** Which promises of the design a run has broken, in words. */
import type { Report } from './scenario.ts';
import type { Fault } from './schedule.ts';

/** A read shows an edit after so long at most (docs/caching.md). */
const staleBoundSeconds = 60;
/** While the tenant fails, an answer that says so may be this much older (docs/caching.md). */
const markedBoundSeconds = staleBoundSeconds + 600;

type Rule = readonly [isBroken: (report: Report) => boolean, text: (report: Report) => string];

const rules: readonly Rule[] = [
  [({ overshoot }) => overshoot > 0, ({ overshoot }) => `P5: ${overshoot} sends above the ceiling in 60 s`],
  [
    ({ eventsMissing }) => eventsMissing > 0,
    ({ eventsMissing }) => `P8: ${eventsMissing} events did not reach a subscriber`,
  ],
  [({ eventsTwice }) => eventsTwice > 0, ({ eventsTwice }) => `P8: ${eventsTwice} events came twice to a FIFO queue`],
  [
    ({ staleSeconds }) => staleSeconds > staleBoundSeconds,
    ({ staleSeconds }) => `P3: an answer was ${staleSeconds} s old`,
  ],
  [
    ({ ownWritesHidden }) => ownWritesHidden > 0,
    ({ ownWritesHidden }) => `P3: ${ownWritesHidden} reads did not show a write of the facade`,
  ],
  [
    ({ markedStaleSeconds }) => markedStaleSeconds > markedBoundSeconds,
    ({ markedStaleSeconds }) => `P3: a marked answer was ${markedStaleSeconds} s old`,
  ],
  [({ writesLost }) => writesLost > 0, ({ writesLost }) => `P1: ${writesLost} answered writes are not at the tenant`],
  [
    ({ writesTwice }) => writesTwice > 0,
    ({ writesTwice }) => `idempotency: ${writesTwice} writes were carried out twice`,
  ],
  [({ auditMissing }) => auditMissing > 0, ({ auditMissing }) => `audit: ${auditMissing} writes have no entry`],
];

/** Empty when everything was kept. */
export const brokenIn = (report: Report, { rings, mayRing = [] }: Fault): string[] => {
  const promises = rules.flatMap(([isBroken, text]) => (isBroken(report) ? [text(report)] : []));
  const silent = rings.filter((name) => !report.rang.includes(name)).map((name) => `the alarm ${name} did not ring`);
  const loud = report.rang
    .filter((name) => ![...rings, ...mayRing].includes(name))
    .map((name) => `the alarm ${name} rang, which the schedule does not expect`);
  return [...promises, ...silent, ...loud].map((text) => `${report.name}: ${text}`);
};
