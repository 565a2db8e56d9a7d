/** Tokens that people link (docs/tokens.md): their table, /oauth, /v1/me/token, /v1/tokens, and the run that keeps them alive. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { daysLeftBands } from '../../shared/config/metrics.ts';
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { StageConfig } from '../stage-config.ts';
import type { Audit } from './audit.ts';
import type { Consumers } from './consumers.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
import type { Tenant } from './tenant.ts';
import { watchTokens } from './token-alarms.ts';
import { TokenRights } from './token-rights.ts';

/** A login that registers a sample makes some calls one after the other, which wait for their turn. */
const linkingSize = { memoryMiB: 512, timeoutSeconds: 60 };
/** The time-out: a run of at most 240 s, and the touches that have begun by then. */
const keepAliveSize = { memoryMiB: 512, timeoutSeconds: 300 };

type Lenders = {
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly consumers: Consumers;
  readonly audit: Audit;
  readonly operations: Operations;
};

export class Tokens {
  readonly #config: StageConfig;
  readonly #rights: TokenRights;
  readonly fn: FacadeFunction;
  readonly keepalive: FacadeFunction;

  constructor(stage: Stage, lenders: Lenders) {
    this.#config = stage.config;
    this.#rights = new TokenRights(stage.createTable('TokensTable'), stage.keys.credentials);
    this.fn = stage.createFunction('tokens', linkingSize);
    this.#link(this.fn, lenders);
    this.keepalive = stage.createFunction('keepalive', keepAliveSize);
    this.#keepAlive(this.keepalive, lenders);
    stage.schedule('KeepAliveSchedule', this.keepalive, Duration.hours(1), 'touches idle tokens and finds the dead');
    stage.dashboards.addRow('Linked tokens', {
      functions: [this.fn, this.keepalive],
      graphs: {
        'Tokens by days left': daysLeftBands.map(([DaysLeft]) => ['TokensByDaysLeft', Stats.MAXIMUM, { DaysLeft }]),
        'Tokens by state': [
          ['TokensLiving', Stats.MAXIMUM],
          ['TokensDoubted', Stats.MAXIMUM],
          ['TokensDead', Stats.MAXIMUM],
        ],
      },
    });
    watchTokens(stage.alarms, this.keepalive);
  }

  /** Lets `fn` call as the people who linked a token, and hand out links with a refusal. */
  grantUse(fn: FacadeFunction): void {
    this.#grantReading(fn);
    this.#rights.grantTraces(fn);
    this.#rights.grantTickets(fn);
  }

  #grantReading(fn: FacadeFunction): void {
    this.#rights.grantReading(fn);
    fn.setVariable(variables.oauthClientId, this.#config.oauthClientId ?? '');
  }

  /** Both functions call with tokens, and never with the facade's own keys. */
  #grantCalls(fn: FacadeFunction, { tenant, quota, operations }: Lenders): void {
    this.#grantReading(fn);
    tenant.grantCalls(fn);
    quota.grantSpend(fn);
    operations.grantRaise(fn);
  }

  #link(fn: FacadeFunction, lenders: Lenders): void {
    this.#grantCalls(fn, lenders);
    this.#rights.grantLinking(fn);
    lenders.consumers.grantIdentify(fn);
    lenders.audit.grantAppend(fn);
    fn.setVariable(variables.oauthResponseType, this.#config.oauthResponseType);
    fn.setVariable(variables.oauthScope, this.#config.oauthScope);
    fn.setVariable(variables.oauthAuthorizePath, this.#config.oauthAuthorizePath);
    fn.setVariable(variables.oauthTokenPath, this.#config.oauthTokenPath ?? '');
    fn.setVariable(variables.oauthWithoutState, this.#config.oauthWithoutState);
  }

  /** Maintains tokens: it gives up dead ones, and removes those of deleted consumers. */
  #keepAlive(fn: FacadeFunction, lenders: Lenders): void {
    this.#grantCalls(fn, lenders);
    this.#rights.grantUpkeep(fn);
    lenders.consumers.grantLookUp(fn);
    fn.setVariable(variables.tokenTouchHours, String(this.#config.tokenTouchHours));
  }
}
