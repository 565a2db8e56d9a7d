/** The result for people: what was recorded, today's plan and the proposed one, side by side. */
import { toIso } from '../../shared/time/iso.ts';
import { freshMillisOf } from '../../shared/what-if/entries.ts';
import type { ConsumerFigures, Figures } from '../../shared/what-if/figures.ts';
import { cachePolicyOf } from '../../shared/what-if/plan.ts';
import type { WhatIf } from './what-if.ts';

type Row = readonly (string | number)[];

const cell = (value: string | number): string => (typeof value === 'number' ? value.toLocaleString('en-US') : value);

const table = (head: Row, rows: readonly Row[]): string => {
  const cells = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] as string).length)));
  const lines = cells.map((row) =>
    row
      .map((text, column) => (column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return lines.map((line) => line.trimEnd()).join('\n');
};

const reasons = ({ refusedBy }: ConsumerFigures): string =>
  Object.entries(refusedBy)
    .map(([limit, count]) => `${limit} ${cell(count)}`)
    .join(', ') || '-';

const seconds = (millis: number): string => (millis / 1_000).toFixed(1);

const views = ({ recorded, today, proposed }: WhatIf): readonly (readonly [string, Figures])[] => [
  ['recorded', recorded],
  ['today', today],
  ['proposed', proposed],
];

const consumerRows = (result: WhatIf): Row[] => {
  const names = Object.keys(result.recorded.consumers);
  const row = (name: string, view: string, sums: ConsumerFigures | undefined): Row =>
    sums
      ? [name, view, sums.requests, sums.waited, sums.waitMillis.p50, sums.waitMillis.p99, sums.refused, reasons(sums)]
      : [name, view, 0, 0, 0, 0, 0, '-'];
  return [
    ...views(result).map(([view, { total }]) => row('(all)', view, total)),
    ...names.flatMap((name) => views(result).map(([view, { consumers }]) => row(name, view, consumers[name]))),
  ];
};

const classNames: Readonly<Record<string, string>> = { never: '(not cached)', unknown: '(not named)' };

const ageRows = (result: WhatIf): Row[] => {
  const { plans } = result;
  const names = [...new Set(views(result).flatMap(([, { classes }]) => Object.keys(classes)))].sort();
  const freshOf = (name: string, view: string): string =>
    name === 'never' || name === 'unknown'
      ? '-'
      : seconds(freshMillisOf(cachePolicyOf(view === 'proposed' ? plans.proposed : plans.today), name as 'entity'));
  return names.flatMap((name) =>
    views(result).map(([view, { classes }]): Row => {
      const sums = classes[name];
      const shown = classNames[name] ?? name;
      if (!sums) return [shown, view, freshOf(name, view), 0, 0, '-', '-', '-', 0];
      const { p50, p99, most } = sums.ageMillis;
      const ages =
        sums.fromCache > 0 && name !== 'unknown' ? [seconds(p50), seconds(p99), seconds(most)] : ['-', '-', '-'];
      return [shown, view, freshOf(name, view), sums.upstreamCalls, sums.fromCache, ...ages, sums.olderThanToday];
    }),
  );
};

const savedRows = (result: WhatIf): Row[] => {
  const before = result.today.total;
  return views(result).map(([view, { total }]): Row => {
    const share = total.requests === 0 ? 0 : (total.fromCache / total.requests) * 100;
    const saved = view === 'proposed' ? before.upstreamCalls - total.upstreamCalls : '-';
    return ['(all)', view, total.upstreamCalls, saved, total.fromCache, `${share.toFixed(1)} %`];
  });
};

const logLine = ({ log }: WhatIf): string =>
  `Log: ${cell(log.requests)} requests, ${toIso(log.firstMillis)} to ${toIso(log.lastMillis)}, in ${cell(log.lines)} lines.`;

/** @returns the report, without a newline at its end. */
export const toText = (result: WhatIf): string =>
  [
    logLine(result),
    ...result.notes.map((note) => `Note: ${note}`),
    '',
    "recorded = as the log has it. today = replayed under today's plan. proposed = replayed under the proposed plan.",
    'Compare proposed with today: both rest on the same assumptions. Compare today with recorded to see how good the replay is.',
    '',
    'Who waits, and who is refused (waited: more than 100 ms; waits of requests that were not refused)',
    table(['consumer', 'view', 'requests', 'waited', 'p50 ms', 'p99 ms', 'refused', 'by limit'], consumerRows(result)),
    '',
    "How old answers from the cache are, in seconds since they were known to be current (older: than today's freshness)",
    table(['class', 'view', 'fresh s', 'upstream', 'from cache', 'p50 s', 'p99 s', 'most s', 'older'], ageRows(result)),
    '',
    'What is saved',
    table(['', 'view', 'upstream calls', 'saved', 'from cache', 'share'], savedRows(result)),
    '',
    'What the replay assumes:',
    ...result.assumptions.map((line) => `- ${line}`),
  ].join('\n');
