/** The dashboards of the template: what they show exists, and everything fits. */
import { describe, expect, it } from 'vitest';
import { functionNames } from '../../infra/function-names.ts';
import { cacheClasses } from '../../shared/catalogue/operation.ts';
import { daysLeftBands, type MetricName, metrics } from '../../shared/config/metrics.ts';
import { exportKinds } from '../../shared/exports/export-record.ts';
import type { RefusalCause } from '../../shared/quota/governor-options.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { prod } from './stage-alarms.ts';

type Shown = readonly unknown[];
type Widget = {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly metrics?: readonly Shown[];
    readonly alarms?: readonly string[];
  };
};
type Part = string | { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] };
type Properties = { readonly DashboardName: string; readonly DashboardBody: { readonly 'Fn::Join': [string, Part[]] } };

/** References become the logical id, with the attribute. */
const textOf = ({ DashboardBody }: Properties): string =>
  DashboardBody['Fn::Join'][1]
    .map((part) => (typeof part === 'string' ? part : (part.Ref ?? (part['Fn::GetAtt'] ?? []).join('.'))))
    .join('');

const dashboards = new Map(
  prod.ofType<Properties>('AWS::CloudWatch::Dashboard').map(({ properties }) => {
    const text = textOf(properties);
    return [properties.DashboardName, { text, widgets: (JSON.parse(text) as { widgets: Widget[] }).widgets }] as const;
  }),
);
const widgetsOf = (name: string): Widget[] =>
  dashboards.get(`signals-facade-prod-${name}`)?.widgets ?? expect.fail(`no dashboard ${name}`);

/** The metrics of a widget with their dimensions; expressions have none of their own. */
const shownBy = ({ properties: { metrics: shown = [] } }: Widget) =>
  shown.flatMap((row) => {
    const [namespace, name, ...rest] = row.filter((part): part is string => typeof part === 'string');
    if (namespace === undefined || name === undefined) return [];
    const pairs = rest.flatMap((one, index) => (index % 2 === 0 ? [[one, rest[index + 1] ?? ''] as const] : []));
    return [{ namespace, name, dimensions: new Map(pairs) }];
  });

const causes: Record<RefusalCause, true> = {
  ...{ cap: true, share: true, bookings: true, reserve: true, small: true, tenant: true },
  ...{ pause: true, operation: true, waiting: true, store: true, fault: true },
};
const valuesOf: Readonly<Record<string, readonly string[]>> = {
  Function: functionNames,
  Class: cacheClasses,
  Kind: exportKinds,
  Cause: Object.keys(causes),
  DaysLeft: daysLeftBands.map(([band]) => band),
};

const names = [...dashboards.keys()];

describe('the dashboards', () => {
  it('no graph has two series of one name', () => {
    const labelsOf = ({ properties: { metrics: shown = [] } }: Widget) =>
      shown.map((row) => (row.at(-1) as { readonly label?: string }).label ?? '');
    const widgets = [...dashboards.values()].flatMap((dashboard) => dashboard.widgets);
    const twice = nonEmpty(widgets).flatMap((widget) => {
      const labels = labelsOf(widget);
      return labels
        .filter((label, index) => labels.indexOf(label) !== index)
        .map((label) => `${widget.properties.title}: ${label}`);
    });
    expect(twice).toEqual([]);
  });

  it('are health, capabilities and cost', () => {
    expect(names.toSorted()).toEqual(['capabilities', 'cost', 'health'].map((name) => `signals-facade-prod-${name}`));
  });

  it.each(names)('%s stays within the limits: 500 widgets, 500 metrics each and 2,500 in all', (name) => {
    const { text, widgets } = dashboards.get(name) ?? expect.fail();
    expect(widgets.length).toBeLessThanOrEqual(500);
    const counts = nonEmpty(widgets).map((widget) => shownBy(widget).length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(500);
    expect(counts.reduce((total, count) => total + count, 0)).toBeLessThanOrEqual(2_500);
    // A bound of our own. Whoever deploys sees what is too large only then.
    expect(Buffer.byteLength(text)).toBeLessThan(100_000);
  });

  it.each(names)('%s has no widgets on top of each other, and none beyond the edge', (name) => {
    const widgets = nonEmpty(dashboards.get(name)?.widgets ?? []);
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, at) => `${x + (at % width)},${y + Math.floor(at / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });

  it.each(names)(
    '%s shows own metrics of this stage only, under dimensions and values that the code writes',
    (name) => {
      const own = nonEmpty(dashboards.get(name)?.widgets ?? [])
        .flatMap(shownBy)
        .filter(({ namespace }) => namespace === 'SignalsFacade');
      for (const { name: shown, dimensions } of nonEmpty(own)) {
        const { by } = metrics[shown as MetricName] ?? expect.fail(`${shown} is in no list`);
        expect(dimensions.get('Stage'), shown).toBe('prod');
        const others = [...dimensions].filter(([dimension]) => dimension !== 'Stage');
        expect(others.length, shown).toBeLessThanOrEqual(1);
        for (const [dimension, value] of others) {
          expect(by, shown).toContain(dimension);
          expect(valuesOf[dimension], `${shown} by ${dimension}`).toContain(value);
        }
      }
    },
  );

  it.each(names)('%s shows functions, queues and tables of this stack', (name) => {
    const ids = new Set(prod.resources.map(({ id }) => id));
    const dimension: Readonly<Record<string, string>> = {
      'AWS/Lambda': 'FunctionName',
      'AWS/SQS': 'QueueName',
      'AWS/DynamoDB': 'TableName',
    };
    const shown = nonEmpty(dashboards.get(name)?.widgets ?? []).flatMap(shownBy);
    const foreign = shown
      .filter(({ namespace }) => namespace in dimension)
      .map(({ namespace, dimensions }) => dimensions.get(dimension[namespace] as string)?.split('.')[0] ?? '')
      .filter((id) => !ids.has(id));
    expect(foreign).toEqual([]);
  });

  it('health is one screen: a grid of all alarms and eight graphs', () => {
    const widgets = widgetsOf('health');
    expect(widgets.map(({ type }) => type).toSorted()).toEqual(['alarm', ...Array(8).fill('metric')]);
    const grid = widgets.find(({ type }) => type === 'alarm')?.properties.alarms ?? [];
    const all = [...prod.ofType('AWS::CloudWatch::Alarm'), ...prod.ofType('AWS::CloudWatch::CompositeAlarm')];
    expect(grid.map((arn) => arn.split('.')[0]).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
  });

  it('capabilities have a row each, with every function in one of them', () => {
    const widgets = widgetsOf('capabilities');
    expect(widgets.filter(({ type }) => type === 'text').length).toBeGreaterThanOrEqual(15);
    const shown = new Set(
      widgets
        .flatMap(shownBy)
        .filter(({ namespace }) => namespace === 'AWS/Lambda')
        .map(({ dimensions }) => dimensions.get('FunctionName')),
    );
    const missing = prod.ofType('AWS::Lambda::Function').filter(({ id }) => !shown.has(id));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it('cost has every table', () => {
    const shown = widgetsOf('cost')
      .flatMap(shownBy)
      .filter(({ namespace }) => namespace === 'AWS/DynamoDB')
      .map(({ dimensions }) => dimensions.get('TableName'));
    expect([...new Set(shown)].toSorted()).toEqual(
      prod
        .ofType('AWS::DynamoDB::Table')
        .map(({ id }) => id)
        .toSorted(),
    );
  });
});
