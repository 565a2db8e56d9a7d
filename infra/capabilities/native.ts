/** The tenant's own API (docs/native-surface.md): the function that answers it, and what a call for a consumer needs. */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { StageConfig } from '../stage-config.ts';
import type { Audit } from './audit.ts';
import type { Cache } from './cache.ts';
import type { Consumers } from './consumers.ts';
import type { Credentials } from './credentials.ts';
import type { Idempotency } from './idempotency.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
import type { Requests } from './requests.ts';
import type { Tenant } from './tenant.ts';
import type { Tokens } from './tokens.ts';

/**
 * API Gateway streams an answer for 15 minutes at most, Lambda runs as long at most; a download above 10 MB is slowed to
 * 2 MB/s (developer guide, response streaming).
 */
export const streamingSize = { memoryMiB: 1024, timeoutSeconds: 900 };

type Lenders = {
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly credentials: Credentials;
  readonly tokens: Tokens;
  readonly cache: Cache;
  readonly consumers: Consumers;
  readonly audit: Audit;
  readonly idempotency: Idempotency;
  readonly requests: Requests;
  readonly operations: Operations;
};

export class Native {
  readonly #config: StageConfig;
  readonly #lenders: Lenders;
  readonly fn: FacadeFunction;

  constructor(stage: Stage, lenders: Lenders) {
    const { alarms } = stage;
    this.#config = stage.config;
    this.#lenders = lenders;
    this.fn = stage.createFunction('native', streamingSize);
    this.grantPipeline(this.fn);
    stage.dashboards.addRow('Native API', {
      functions: [this.fn],
      graphs: {
        'Requests and errors': [
          ['Requests', Stats.SUM, { Function: this.fn.name }],
          ['Errors', Stats.SUM, { Function: this.fn.name }],
        ],
        'Answers of the tenant': [
          ['Upstream2xx', Stats.SUM],
          ['Upstream4xx', Stats.SUM],
          ['Upstream5xx', Stats.SUM],
          ['UpstreamOther', Stats.SUM],
          ['UpstreamUnanswered', Stats.SUM],
        ],
        'Milliseconds of the tenant': [
          ['UpstreamMillis', 'p50'],
          ['UpstreamMillis', 'p90'],
          ['UpstreamMillis', 'p99'],
        ],
        'Answers cut, and large ones uncounted': [
          ['AnswersCut', Stats.SUM],
          ['LargeAnswersUncounted', Stats.SUM],
        ],
      },
    });
    alarms.add('SecretShown', alarms.metric('UpstreamSecretShown', Stats.SUM), 1, {
      what: 'The tenant showed a credential in an answer',
      section: 'answers that show a credential',
    });
  }

  /** Lets `fn` run the pipeline, which calls the tenant for a consumer: all rights and variables that this needs. */
  grantPipeline(fn: FacadeFunction): void {
    const { tenant, quota, credentials, tokens, cache, consumers, audit, idempotency, requests, operations } =
      this.#lenders;
    consumers.grantIdentify(fn);
    consumers.grantNotesOfUse(fn);
    idempotency.grantRepetition(fn);
    credentials.grantUse(fn);
    tokens.grantUse(fn);
    cache.grantUse(fn);
    cache.grantLargeAnswers(fn);
    quota.grantSpend(fn);
    quota.grantLargeAnswers(fn);
    quota.boundWaitingCalls(fn);
    tenant.grantCalls(fn);
    audit.grantAppend(fn);
    requests.grantPut(fn);
    operations.grantRaise(fn);
    fn.setVariable(variables.addedHeaders, this.#config.addedHeaders.join(','));
    fn.setVariable(variables.documentMostDecodedMiB, String(this.#config.documentMostDecodedMiB));
  }
}
