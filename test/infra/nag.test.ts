import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { findings } from '../../infra/create-app.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { isFull } from '../support/test-size.ts';
import { unusual } from './stages.ts';
import { synthesize, synthesizeAnew } from './synthesized.ts';

type Variant = [stage: string, env: Readonly<Record<string, string>>];
const dev: Variant = ['dev', {}];
const privateProd: Variant = ['prod', unusual];
const variants: Variant[] = [
  dev,
  ['prod', {}],
  privateProd,
  ['prod', { FACADE_ALARM_EMAIL: 'ops@example.com', FACADE_SETS_GATEWAY_LOG_ROLE: 'false' }],
  ['local', { SIGNALS_URL: 'http://127.0.0.1:4010' }],
];

describe('cdk-nag AwsSolutions', () => {
  it.each(isFull ? variants : [dev, privateProd])('has no unanswered finding in stage %s with %j', (stage, env) => {
    expect(findings(synthesize(stage, env).app)).toEqual([]);
  });

  it('still sees what is wrong', () => {
    const { app, stack } = synthesizeAnew('dev');
    new Topic(stack, 'Plain');
    expect(findings(app)).toEqual([expect.stringMatching(/^AwsSolutions-SNS3 at signals-facade-dev\/Plain/)]);
  });

  it('is answered with a reason of more than a few words each time', () => {
    const { stack } = synthesize('dev');
    const entries = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type.includes('acknowledged-rules')));
    const reasons = entries
      .flatMap(({ data }) => Object.values(data as Record<string, unknown>))
      .map((reason) => JSON.stringify(reason));
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of nonEmpty(reasons)) expect(reason.split(' ').length).toBeGreaterThan(8);
  });
});
