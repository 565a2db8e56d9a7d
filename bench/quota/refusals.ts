/**
 * What upstream 429s cost, simulated: `npm run bench:quota-refusals`. Eight instances, limit 1,000 in 60 s, answers after 150 ms
 * on average. "Others" = calls of operations that the tenant did not refuse first.
 */
import { quantile } from './figures.ts';
import { runTenant, type TenantFigures, type TenantScenario } from './tenant.ts';

const mix = (perMinute: number) => ({
  'GET /entities/{eid}': perMinute * 0.5,
  'POST /entities/search': perMinute * 0.2,
  'GET /entities/{eid}/children': perMinute * 0.2,
  'PATCH /entities/{eid}/properties': perMinute * 0.1,
});
const search = 'POST /entities/search';
const refusalAt = 120;

const scenarios: readonly (readonly [string, TenantScenario])[] = [
  [
    'one 429 on search, 215 of 1,000 used',
    { seconds: 300, demand: mix(215), strayRefusal: { operation: search, atSeconds: refusalAt } },
  ],
  [
    'the same, Retry-After 30 s',
    {
      seconds: 300,
      demand: mix(215),
      strayRefusal: { operation: search, atSeconds: refusalAt },
      retryAfterMillis: 30_000,
    },
  ],
  ['search alone is limited to 10 a minute', { seconds: 300, demand: mix(215), operationLimits: { [search]: 10 } }],
  [
    'others spend 600 a minute from 120 s on',
    { seconds: 600, demand: mix(900), others: 600, othersFromSeconds: refusalAt },
  ],
  [
    'the same, the facade calls one operation only',
    { seconds: 600, demand: { 'GET /entities/{eid}': 900 }, others: 600, othersFromSeconds: refusalAt },
  ],
  [
    'others spend 200 a minute from 120 s on',
    { seconds: 600, demand: mix(900), others: 200, othersFromSeconds: refusalAt },
  ],
  [
    'others spend 950 a minute from 120 s to 240 s',
    { seconds: 600, demand: mix(400), others: 950, othersFromSeconds: refusalAt, othersUntilSeconds: 240 },
  ],
];

const total = (figures: TenantFigures, of: 'answered' | 'refused' | 'upstream429' | 'demanded'): number =>
  Object.values(figures.operations).reduce((sum, one) => sum + one[of], 0);

/** Seconds from the first 429 until the limit is believed to be lower; undefined = it never was. */
const detectedAfter = ({ limits, refusals }: TenantFigures): number | undefined => {
  const [first] = refusals;
  const second = limits.findIndex((limit) => limit < 1_000);
  return first === undefined || second < 0 ? undefined : Math.max(0, second + 1 - first / 1_000);
};

const mostIn = (refusals: readonly number[], millis: number): number =>
  Math.max(0, ...refusals.map((start) => refusals.filter((at) => at >= start && at < start + millis).length));

const otherWaits = ({ operations }: TenantFigures): number[] =>
  Object.entries(operations).flatMap(([name, { waits }]) => (name === search ? [] : waits));

console.log(
  '| scenario | 429s of the tenant | most in 10 s | lowest limit | limit lowered after s | answered | refused by the facade | of these others | wait of others p99 ms |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
for (const [name, scenario] of scenarios) {
  const figures = await runTenant(scenario);
  const refusedOthers = total(figures, 'refused') - (figures.operations[search]?.refused ?? 0);
  const detected = detectedAfter(figures);
  const cells = [
    name,
    figures.refusals.length,
    mostIn(figures.refusals, 10_000),
    Math.min(...figures.limits),
    detected === undefined ? 'never' : detected.toFixed(1),
    total(figures, 'answered'),
    total(figures, 'refused'),
    refusedOthers,
    quantile(otherWaits(figures), 0.99),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
