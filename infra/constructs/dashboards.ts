/** The dashboards of a stage (docs/dashboards.md): health at one glance, a row for each capability, and cost. */
import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { MetricDimension, MetricName } from '../../shared/config/metrics.ts';
import type { Alarms } from './alarms.ts';
import type { Api } from './api.ts';
import type { FacadeFunction } from './facade-function.ts';
import type { FacadeQueue } from './queue.ts';
import type { FacadeTable } from './table.ts';

/** One of the facade's own metrics: its name, its statistic, and where wanted one value of a dimension. */
export type Shown = readonly [
  name: MetricName,
  statistic: string,
  dimension?: Partial<Record<MetricDimension, string>>,
];

/** What a capability shows in its row. */
export type CapabilityRow = {
  readonly functions?: readonly FacadeFunction[];
  readonly queues?: readonly FacadeQueue[];
  /** By title. */
  readonly graphs?: Readonly<Record<string, readonly Shown[]>>;
};

export type DashboardsProps = { readonly stage: string; readonly alarms: Alarms; readonly api: Api };

/** A dashboard is 24 units wide. */
const fullWidth = 24;
const graphSize = { width: 6, height: 5 };
const wideSize = { width: 12, height: 6 };
const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);
const day = Duration.days(1);

/** The words of a label; a sum is what a reader expects. */
const isSaid = (word: string | undefined): boolean => word !== undefined && word !== Stats.SUM;

const sums = (...names: readonly MetricName[]): Shown[] => names.map((name) => [name, Stats.SUM]);
const refusalsBy = (...causes: readonly string[]): Shown[] =>
  causes.map((Cause) => ['QuotaRefused', Stats.SUM, { Cause }]);

const graph = (title: string, left: readonly IMetric[], size = graphSize, right: readonly IMetric[] = []): IWidget =>
  new GraphWidget({ title, left: [...left], right: [...right], ...size });

export class Dashboards extends Construct {
  readonly #props: DashboardsProps;
  readonly #rows = new Map<string, CapabilityRow>();
  readonly #tables: FacadeTable[] = [];

  constructor(scope: Construct, id: string, props: DashboardsProps) {
    super(scope, id);
    this.#props = props;
  }

  /** Each capability adds its row. @param title names the capability. */
  addRow(title: string, row: CapabilityRow): void {
    if (this.#rows.has(title)) throw new Error(`Two capabilities have a row ${title}.`);
    this.#rows.set(title, row);
  }

  /** Has the use of a table shown among the cost. */
  addTable(table: FacadeTable): void {
    this.#tables.push(table);
  }

  /** Makes the dashboards, when all alarms and rows have been added. */
  build(): void {
    this.#make('health', this.#health());
    this.#make('capabilities', this.#capabilities());
    this.#make('cost', this.#cost());
  }

  #make(name: string, rows: IWidget[][]): void {
    const dashboard = new Dashboard(this, name, { dashboardName: `signals-facade-${this.#props.stage}-${name}` });
    for (const row of rows) dashboard.addWidgets(...row);
  }

  #own(shown: readonly Shown[], period = fiveMinutes): IMetric[] {
    return shown.map(([name, statistic, dimension]) => {
      const value = Object.values(dimension ?? {})[0];
      const metric = this.#props.alarms.metric(name, statistic, period, dimension);
      const isOneMetric = shown.every(([other]) => other === name);
      const label = value !== undefined && isOneMetric ? value : [name, value, statistic].filter(isSaid).join(' ');
      return metric.with({ label });
    });
  }

  #wide(title: string, left: readonly Shown[], right: readonly Shown[] = [], period = minute): IWidget {
    return graph(title, this.#own(left, period), wideSize, this.#own(right, period));
  }

  #health(): IWidget[][] {
    const { alarms, api } = this.#props;
    const { deploymentStage } = api.restApi;
    const requests = [
      deploymentStage.metricCount({ period: minute, label: 'Requests' }),
      deploymentStage.metricClientError({ period: minute, label: '400 to 499' }),
      deploymentStage.metricServerError({ period: minute, label: '500 and above' }),
    ];
    const latency = ['p50', 'p90', 'p99'].map((statistic) =>
      deploymentStage.metricLatency({ period: minute, statistic, label: `Milliseconds ${statistic}` }),
    );
    return [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms.all], width: fullWidth, height: 6 })],
      [graph('Requests and errors', requests, wideSize), graph('Time of answers', latency, wideSize)],
      [
        this.#wide('Budget of the tenant', [
          ['QuotaUsed', Stats.MAXIMUM],
          ['QuotaLimit', Stats.MINIMUM],
        ]),
        this.#wide(
          'Refused calls by what refused them',
          refusalsBy(
            'cap',
            'tenant',
            'share',
            'bookings',
            'reserve',
            'small',
            'pause',
            'operation',
            'waiting',
            'store',
          ),
        ),
      ],
      [
        this.#wide(
          'Cache',
          sums('CacheHit', 'CacheStale', 'CacheCollapsed', 'CacheRevalidated', 'CacheMiss', 'CacheBypass'),
        ),
        this.#wide('Answers of the tenant', sums('Upstream2xx', 'Upstream4xx', 'Upstream5xx', 'UpstreamUnanswered'), [
          ['UpstreamMillis', 'p90'],
        ]),
      ],
      [
        this.#wide('How far behind, in seconds', [
          ['SweepLagSeconds', Stats.MAXIMUM],
          ['PullLagSeconds', Stats.MAXIMUM],
          ['PushLagSeconds', 'p90'],
          ['OldestPendingSeconds', Stats.MAXIMUM],
        ]),
        this.#wide(
          'Lost or given up',
          sums(
            'AuditRecordsLost',
            'IdempotencyOutcomesLost',
            'FacadeEventsLost',
            'DeliveriesDeadLettered',
            'QueueMessagesDeadLettered',
            'ExportsFailed',
          ),
        ),
      ],
    ];
  }

  #capabilities(): IWidget[][] {
    return [...this.#rows].flatMap(([title, row]) => [
      [new TextWidget({ markdown: `## ${title}`, width: fullWidth, height: 1 })],
      [...this.#functionGraphs(row), ...this.#queueGraphs(row), ...this.#ownGraphs(row)],
    ]);
  }

  #functionGraphs({ functions = [] }: CapabilityRow): IWidget[] {
    if (functions.length === 0) return [];
    const period = fiveMinutes;
    const calls = functions.map(({ name, function: fn }) => fn.metricInvocations({ period, label: name }));
    const failures = functions.flatMap(({ name, function: fn }) => [
      fn.metricErrors({ period, label: `${name} errors` }),
      fn.metricThrottles({ period, label: `${name} throttles` }),
    ]);
    const durations = functions.map(({ name, function: fn }) =>
      fn.metricDuration({ period, statistic: 'p90', label: name }),
    );
    return [
      graph('Invocations; errors and throttles', calls, graphSize, failures),
      graph('Milliseconds p90', durations),
    ];
  }

  #queueGraphs({ queues = [] }: CapabilityRow): IWidget[] {
    if (queues.length === 0) return [];
    const period = fiveMinutes;
    const ages = queues.map(({ name, queue }) =>
      queue.metricApproximateAgeOfOldestMessage({ period, label: `${name} oldest, seconds` }),
    );
    const letters = queues.map(({ name, deadLetters }) =>
      deadLetters.metricApproximateNumberOfMessagesVisible({ period, label: `${name} dead letters` }),
    );
    return [graph('Queues', ages, graphSize, letters)];
  }

  #ownGraphs({ graphs = {} }: CapabilityRow): IWidget[] {
    return Object.entries(graphs).map(([title, shown]) => graph(title, this.#own(shown)));
  }

  #cost(): IWidget[][] {
    const functions = [...this.#rows.values()].flatMap((row) => row.functions ?? []);
    const computeMillis = functions.map(({ name, function: fn }) =>
      fn.metricDuration({ period: day, statistic: Stats.SUM, label: name }),
    );
    const capacity = (statistic: 'read' | 'write') =>
      this.#tables.map(({ table, node }) => {
        const options = { period: day, statistic: Stats.SUM, label: node.id.replace(/Table$/, '') };
        return statistic === 'read'
          ? table.metricConsumedReadCapacityUnits(options)
          : table.metricConsumedWriteCapacityUnits(options);
      });
    return [
      [
        this.#wide('Estimated cost of answers, US dollars a day', sums('EstimatedCostUsd'), [], day),
        this.#wide(
          'Calls to the tenant, and reads that needed none, a day',
          sums('QuotaAdmitted', 'CacheHit', 'CacheStale', 'CacheCollapsed'),
          [],
          day,
        ),
      ],
      [graph('Milliseconds of functions a day', computeMillis, { width: fullWidth, height: 6 })],
      [
        graph('Units written to tables a day', capacity('write'), wideSize),
        graph('Units read from tables a day', capacity('read'), wideSize),
      ],
    ];
  }
}
