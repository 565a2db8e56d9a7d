/** External actions (docs/external-actions.md): pages that the tenant opens in a dialog, without authentication. */
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { StageConfig } from '../stage-config.ts';
import type { Credentials } from './credentials.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
import type { Tenant } from './tenant.ts';

type Lenders = {
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly credentials: Credentials;
  readonly operations: Operations;
};

export class Actions {
  constructor(stage: Stage, lenders: Lenders) {
    const fn = stage.createFunction('actions');
    this.#check(fn, stage.config, lenders);
    stage.dashboards.addRow('External actions', { functions: [fn] });
  }

  /** Reads entities as the service account, within a share of the quota. */
  #check(fn: FacadeFunction, config: StageConfig, { tenant, quota, credentials, operations }: Lenders): void {
    tenant.grantCalls(fn);
    quota.grantSpend(fn);
    quota.boundWaitingCalls(fn);
    credentials.grantUse(fn);
    operations.grantRaise(fn);
    fn.setVariable(variables.signingRules, JSON.stringify(config.signingRules));
    fn.setVariable(variables.signingCallsPerMinute, String(config.signingCallsPerMinute));
  }
}
