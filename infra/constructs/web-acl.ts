/** The web firewall of the API: one rule that limits the rate of each address. No rule inspects requests. */
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
        {
          name: 'rate-by-address',
          priority: 0,
          action: { block: {} },
          statement: {
            rateBasedStatement: { aggregateKeyType: 'IP', limit: addressRequestsPerMinute, evaluationWindowSec: 60 },
          },
          visibilityConfig: visibility(`rate-by-address-${stage}`),
        },
      ],
    });
    new CfnWebACLAssociation(this, 'Association', { resourceArn: stageArn, webAclArn: acl.attrArn });
  }
}
