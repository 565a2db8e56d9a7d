/** Saves the log queries in CloudWatch Logs Insights. They cost nothing until somebody runs one. */
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from '../constructs/stage.ts';
import { logQueries } from '../log-queries.ts';

export class LogQueries {
  /** After all functions of the stage were made. */
  constructor(stage: Stage) {
    const scope = new Construct(stage.stack, 'LogQueries');
    for (const { name, functions, lines } of logQueries) {
      const searched = stage.functions.filter((fn) => functions?.includes(fn.name) ?? true);
      new CfnQueryDefinition(scope, name, {
        name: `signals-facade-${stage.config.stage}/${name}`,
        queryString: lines.join('\n| '),
        logGroupNames: searched.map((fn) => fn.function.logGroup.logGroupName),
      });
    }
  }
}
