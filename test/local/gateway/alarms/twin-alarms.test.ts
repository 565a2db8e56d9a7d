/** The alarms of a running gateway: over lines that functions print, over its functions and over its API. */
import { expect, it } from 'vitest';
import type { AlarmReport, Gateway } from '../../../../local/gateway/gateway.ts';
import { eventually, startTestGateway, streaming } from '../support/start.ts';

const alarm = (AlarmName: string, properties: object) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ...{ AlarmName, AlarmDescription: `${AlarmName} means trouble.\nRunbook: docs/runbook.md#${AlarmName}` },
    ...{ ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 1, EvaluationPeriods: 1 },
    ...{ TreatMissingData: 'notBreaching', Period: 60, Statistic: 'Sum' },
    ...properties,
  },
});

const metrics = `JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [
  { Namespace: 'Own', Dimensions: [['Stage']], Metrics: [{ Name: 'Lost' }] }] }, Stage: 'dev', Lost: 1 })`;

const resources = {
  Lost: alarm('lost', { Namespace: 'Own', MetricName: 'Lost', Dimensions: [{ Name: 'Stage', Value: 'dev' }] }),
  Elsewhere: alarm('elsewhere', { Namespace: 'Own', MetricName: 'Lost', Dimensions: [] }),
  Failures: alarm('failures', {
    ...{ Namespace: 'AWS/ApiGateway', MetricName: '5XXError' },
    Dimensions: [
      { Name: 'ApiName', Value: 'test' },
      { Name: 'Stage', Value: { Ref: 'Stage' } },
    ],
  }),
  Errors: alarm('errors', {
    ...{ Namespace: 'AWS/Lambda', MetricName: 'Errors' },
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Fails' } }],
  }),
  Group: {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: {
      AlarmName: 'group',
      AlarmRule: { 'Fn::Join': ['', ['ALARM("', { 'Fn::GetAtt': ['Lost', 'Arn'] }, '") OR ALARM("elsewhere")']] },
    },
  },
};

const states = async ({ url }: Gateway): Promise<Record<string, string>> => {
  const reports = (await (await fetch(`${url}/_twin/alarms`)).json()) as AlarmReport[];
  return Object.fromEntries(reports.map(({ name, state }) => [name, state]));
};

it('ring at the metrics of lines, functions and the API, are told in the log, and are shown to people', async () => {
  const lines: string[] = [];
  const time = { aheadMillis: 0 };
  const gateway = await startTestGateway(
    {
      resources,
      functions: {
        Fails: `${streaming('throw new Error("no");')}`,
        Prints: streaming(`
          process.stdout.write(${metrics} + '\\n');
          const out = open({ statusCode: 200, headers: {} });
          out.write('ok');
          out.end();`),
      },
      routes: [
        { method: 'GET', path: '/fails', functionId: 'Fails' },
        { method: 'GET', path: '/prints', functionId: 'Prints' },
      ],
    },
    {
      nowMillis: () => Date.now() + time.aheadMillis,
      log: ({ source, line }) => lines.push(`${source}: ${line}`),
    },
  );
  await fetch(`${gateway.url}/fails`).then((answer) => expect(answer.status).toBeGreaterThanOrEqual(500));
  await fetch(`${gateway.url}/prints`).then((answer) => answer.text());
  await eventually(() => lines.find((line) => line.includes('"_aws"')));
  time.aheadMillis = 60_000;
  const ringing = { lost: 'ALARM', failures: 'ALARM', errors: 'ALARM', group: 'ALARM', elsewhere: 'OK' };
  await expect.poll(() => states(gateway)).toEqual(ringing);
  const told = lines.filter((line) => line.startsWith('alarms: '));
  expect(told).toContain(
    'alarms: lost rings, was INSUFFICIENT_DATA. lost means trouble. Runbook: docs/runbook.md#lost',
  );
  time.aheadMillis = 600_000;
  expect(new Set(Object.values(await states(gateway)))).toEqual(new Set(['OK']));
});
