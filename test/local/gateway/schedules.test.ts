import { describe, expect, it } from 'vitest';
import type { Resources } from './support/assembly.ts';
import { createClock, eventually, startTestGateway } from './support/start.ts';

const printing = 'export const handler = async (event) => console.log(JSON.stringify(event));';

const start = async (resources: Resources) => {
  const lines: string[] = [];
  await startTestGateway(
    { functions: { Fn: printing }, resources },
    { nowMillis: createClock(), log: ({ line }) => lines.push(line) },
  );
  return lines;
};
const arn = { 'Fn::GetAtt': ['Fn', 'Arn'] };

describe('rules of the template', () => {
  it('give a rule without input the event of EventBridge, at its time', async () => {
    const Properties = {
      ScheduleExpression: 'rate(1 minute)',
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

  it('do not run while they are disabled', async () => {
    const rule = (State: string, Input: string) => ({
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'rate(1 minute)', State, Targets: [{ Arn: arn, Id: 't', Input }] },
    });
    const lines = await start({ Off: rule('DISABLED', '"off"'), On: rule('ENABLED', '"on"') });

    await eventually(() => lines[0]);

    expect(lines).toEqual(['"on"']);
  });
});
