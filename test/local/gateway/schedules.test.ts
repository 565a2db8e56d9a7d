import { describe, expect, it } from 'vitest';
import type { Resources } from './support/assembly.ts';
import { eventually, startTestGateway } from './support/start.ts';

const printing = 'export const handler = async (event) => console.log(JSON.stringify(event));';
/** A clock that stands 200 ms before 08:00 UTC when it is first looked at, and runs from there. */
const createClock = () => {
  let started: number | undefined;
  return () => {
    started ??= Date.now();
    return Date.parse('2026-01-05T07:59:59.800Z') + Date.now() - started;
  };
};

const start = async (resources: Resources) => {
  const lines: string[] = [];
  await startTestGateway(
    { functions: { Fn: printing }, resources },
    { nowMillis: createClock(), log: ({ line }) => lines.push(line) },
  );
  return lines;
};
const arn = { 'Fn::GetAtt': ['Fn', 'Arn'] };

describe('schedules of the template', () => {
  it('give a rule without input the event of EventBridge, at its time', async () => {
    const Properties = {
      ScheduleExpression: 'cron(0 8 * * ? *)',
      State: 'ENABLED',
      Targets: [{ Arn: arn, Id: 'Target0' }],
    };
    const lines = await start({ Rule: { Type: 'AWS::Events::Rule', Properties } });

    const event = JSON.parse(await eventually(() => lines[0]));

    expect(event).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: '2026-01-05T08:00:00Z',
      region: 'eu-west-1',
      detail: {},
    });
  });

  it('give a schedule its own input, in its own time zone', async () => {
    const Properties = {
      ScheduleExpression: 'cron(0 9 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: arn,
        RoleArn: 'arn:aws:iam::000000000000:role/r',
        Input: '{"at":"<aws.scheduler.scheduled-time>"}',
      },
    };
    const lines = await start({ Schedule: { Type: 'AWS::Scheduler::Schedule', Properties } });

    expect(JSON.parse(await eventually(() => lines[0]))).toEqual({ at: '2026-01-05T08:00:00.000Z' });
  });

  it('do not run while they are disabled', async () => {
    const rule = (State: string, Input: string) => ({
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'cron(0 8 * * ? *)', State, Targets: [{ Arn: arn, Id: 't', Input }] },
    });
    const lines = await start({ Off: rule('DISABLED', '"off"'), On: rule('ENABLED', '"on"') });

    await eventually(() => lines[0]);

    expect(lines).toEqual(['"on"']);
  });
});
