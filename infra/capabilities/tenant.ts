/** The tenant: where it is, how long it may take, and an alarm on its callers. */
import { Annotations, Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../shared/config/metrics.ts';
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import { exampleTenantUrl } from '../stage-config.ts';
import type { Requests } from './requests.ts';

type Lenders = { readonly requests: Requests };

const failingPercent = 20;
/** So that four failed calls are needed where no other was made: 4 of 4 + 16 are 20 %. */
const addedCalls = 16;
/** So that 100 failed calls are enough, however many others succeed. */
const mostCalls = 500;

export class Tenant {
  readonly #stage: Stage;
  readonly #requests: Requests;

  constructor(stage: Stage, { requests }: Lenders) {
    this.#stage = stage;
    this.#requests = requests;
    this.#watchAnswers();
    const { tenantUrl, stage: name } = stage.config;
    stage.addOutputs({ TenantUrl: tenantUrl });
    if (tenantUrl === exampleTenantUrl)
      Annotations.of(stage.stack).addWarningV2(
        'signals-facade:exampleTenant',
        `Stage ${name} still names the example tenant ${exampleTenantUrl}. Before you deploy, set tenantUrl in infra/stage-config.ts or -c tenantUrl=https://...`,
      );
  }

  /** Tells `fn` which tenant its data is of. */
  grantAddress(fn: FacadeFunction): void {
    fn.setVariable(variables.signalsUrl, this.#stage.config.tenantUrl);
  }

  /** Tells `fn` how to call the tenant, and lets it count what its calls saw. The budget is lent by the quota, a credential by credentials or tokens. */
  grantCalls(fn: FacadeFunction): void {
    this.grantAddress(fn);
    this.#requests.grantOutcomes(fn);
    fn.setVariable(variables.upstreamFirstByteSeconds, String(this.#stage.config.upstreamFirstByteSeconds));
  }

  /**
   * The share of calls that failed in ten minutes. A tenant that hangs gives answers in few minutes, as each call waits for up to
   * `upstreamFirstByteSeconds`, which is below five minutes. At most `mostCalls` count as all calls, so that many failed calls are enough
   * where still more succeed.
   */
  #watchAnswers(): void {
    const { alarms } = this.#stage;
    const period = Duration.minutes(10);
    const sumOf = (name: MetricName) => alarms.metric(name, Stats.SUM, period);
    const all = 'SUM(METRICS())';
    alarms.add(
      'UpstreamFailing',
      new MathExpression({
        expression: `100 * (failed + unanswered) / IF(${all} + ${addedCalls} > ${mostCalls}, ${mostCalls}, ${all} + ${addedCalls})`,
        usingMetrics: {
          ok: sumOf('Upstream2xx'),
          redirected: sumOf('Upstream3xx'),
          refused: sumOf('Upstream4xx'),
          other: sumOf('UpstreamOther'),
          failed: sumOf('Upstream5xx'),
          unanswered: sumOf('UpstreamUnanswered'),
        },
        label: `Percent of calls, of ${mostCalls} at most, that the tenant did not answer, or answered with a failure`,
        period,
      }),
      failingPercent,
      { what: 'The tenant fails', section: 'the tenant fails' },
    );
  }

  /** An alarm on calls that found no concurrency. @param callers at most 10, which is what one alarm may watch. */
  watch(callers: readonly FacadeFunction[]): void {
    const period = Duration.minutes(1);
    // Not the metric without dimensions, which is that of the whole account.
    const throttlesOf = ({ function: fn }: FacadeFunction) => fn.metricThrottles({ period, statistic: Stats.SUM });
    const { alarms } = this.#stage;
    alarms.add(
      'Throttled',
      alarms.sum(
        'Calls that found no concurrency',
        Object.fromEntries(callers.map((fn) => [fn.name, throttlesOf(fn)])),
        period,
      ),
      1,
      { what: 'Lambda has no concurrency left for calls', section: 'no concurrency left' },
    );
  }
}
