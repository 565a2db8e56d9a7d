/** The web firewall of the API: it limits the rate of each address, and that of pages which nobody authenticates. No rule inspects bodies. */
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

export type WebAclProps = {
  readonly stageArn: string;
  readonly addressRequestsPerMinute: number;
  readonly stage: string;
};

/** The names are dimensions of the metrics, so two stages in one account must differ. Samples would show request headers, and with them consumers' keys, in the console. */
const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});

/** An office shares one address. Each page may cause calls to the tenant. */
const actionsPerMinute = 120;

/** The path of API Gateway's default domain begins with the name of the stage. */
const isAction: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'CONTAINS',
    searchString: '/actions/',
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

/** Logins that are begun or answered: nobody has authenticated these either. The pages themselves, and dialogs that ask how it ended, GET. */
const isLogin: CfnWebACL.StatementProperty = {
  andStatement: {
    statements: [
      {
        byteMatchStatement: {
          fieldToMatch: { uriPath: {} },
          positionalConstraint: 'CONTAINS',
          searchString: '/oauth/',
          textTransformations: [{ priority: 0, type: 'NONE' }],
        },
      },
      {
        byteMatchStatement: {
          fieldToMatch: { method: {} },
          positionalConstraint: 'EXACTLY',
          searchString: 'POST',
          textTransformations: [{ priority: 0, type: 'NONE' }],
        },
      },
    ],
  },
};
const loginsPerMinute = 60;

type Rate = { readonly limit: number; readonly scopeDownStatement?: CfnWebACL.StatementProperty };

const rateRule = (name: string, priority: number, stage: string, rate: Rate): CfnWebACL.RuleProperty => ({
  name,
  priority,
  action: { block: {} },
  statement: { rateBasedStatement: { aggregateKeyType: 'IP', evaluationWindowSec: 60, ...rate } },
  visibilityConfig: visibility(`${name}-${stage}`),
});

/**
 * No managed rule groups: they check bodies, queries and sizes, and would take the chemistry, SQL and HTML of a notebook for attacks.
 * A client that works against the tenant must work here, byte for byte.
 */
export class WebAcl extends Construct {
  constructor(scope: Construct, id: string, { stageArn, addressRequestsPerMinute, stage }: WebAclProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(`signals-facade-${stage}`),
      rules: [
        rateRule('rate-by-address', 0, stage, { limit: addressRequestsPerMinute }),
        rateRule('rate-of-actions', 1, stage, { limit: actionsPerMinute, scopeDownStatement: isAction }),
        rateRule('rate-of-logins', 2, stage, { limit: loginsPerMinute, scopeDownStatement: isLogin }),
      ],
    });
    new CfnWebACLAssociation(this, 'Association', { resourceArn: stageArn, webAclArn: acl.attrArn });
  }
}
