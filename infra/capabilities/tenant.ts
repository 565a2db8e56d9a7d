/** The tenant: where it is, how long it may take, and an alarm on its callers. */
import { Annotations, Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import { exampleTenantUrl } from '../stage-config.ts';
import type { Requests } from './requests.ts';

type Lenders = { readonly requests: Requests };

export class Tenant {
  readonly #stage: Stage;
  readonly #requests: Requests;

  constructor(stage: Stage, { requests }: Lenders) {
    this.#stage = stage;
    this.#requests = requests;
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

  /** An alarm on calls that found no concurrency. @param callers at most 10, which is what one alarm may watch. */
  watch(callers: readonly FacadeFunction[]): void {
    const period = Duration.minutes(1);
    // Not the metric without dimensions, which is that of the whole account.
    const throttlesOf = ({ function: fn }: FacadeFunction) => fn.metricThrottles({ period, statistic: Stats.SUM });
    this.#stage.alarms.add(
      'Throttled',
      new MathExpression({
        expression: 'SUM(METRICS())',
        usingMetrics: Object.fromEntries(callers.map((fn) => [fn.name, throttlesOf(fn)])),
        label: 'Calls that found no concurrency',
        period,
      }),
      1,
      'Lambda has no concurrency left for calls: docs/runbook.md, no concurrency left',
    );
  }
}
