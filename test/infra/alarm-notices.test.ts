/** Who is told of the alarms of the template, by which names and with which link. */
import { readFile } from 'node:fs/promises';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../support/non-empty.ts';
import { alarms, type Composite, nameOf, prod } from './stage-alarms.ts';
import { runbookUrl, unusual } from './stages.ts';
import { synthesize } from './synthesized.ts';

/** Groups, and the alarms that they tell of. */
const parts: Readonly<Record<string, readonly string[]>> = {
  QuotaStore: ['QuotaStoreFailures', 'RefusedByStore', 'QuotaAdmittedUnasked'],
  SweepBehind: ['SweepFailed', 'SweepLag'],
  KeyRefused: ['CredentialRefused', 'CredentialDisabled'],
};
const quiet = Object.values(parts).flat();

type Named = { readonly AlarmName: string };

describe('the alarms', () => {
  it('are told to the topic when they ring and when they end; that runs have stopped shows as missing data, so that state is told too', () => {
    for (const [name, { AlarmActions, OKActions, InsufficientDataActions }] of nonEmpty(alarms)) {
      const told = quiet.includes(name) ? 0 : 1;
      expect(AlarmActions ?? [], name).toHaveLength(told);
      expect(OKActions ?? [], name).toHaveLength(told);
      expect(InsufficientDataActions ?? [], name).toHaveLength(name.endsWith('Silent') ? 1 : 0);
    }
  });

  it('that belong to one trouble are told by their group, and by nothing else', () => {
    const groups = prod.ofType<Composite>('AWS::CloudWatch::CompositeAlarm');
    const found = groups.map(({ id, properties: { AlarmRule, AlarmActions, OKActions } }) => {
      expect([AlarmActions, OKActions]).toEqual([[expect.anything()], [expect.anything()]]);
      return [
        nameOf(id),
        [...JSON.stringify(AlarmRule).matchAll(/"Alarms(\w+?)[0-9A-F]{8}"/g)].map(([, name]) => name),
      ];
    });
    expect(Object.fromEntries(found)).toEqual(parts);
    expect(new Set(quiet).size).toBe(quiet.length);
    for (const { properties } of nonEmpty(groups))
      expect(JSON.stringify(properties.AlarmRule)).not.toMatch(/AND|NOT|OK\(/);
  });

  it('have the stage in their names, which are those of the runbook', () => {
    const named = [
      ...prod.ofType<Named>('AWS::CloudWatch::Alarm'),
      ...prod.ofType<Named>('AWS::CloudWatch::CompositeAlarm'),
    ];
    for (const { id, properties } of nonEmpty(named))
      expect(properties.AlarmName).toBe(`signals-facade-prod-${nameOf(id)}`);
  });

  it('name the queue, where they watch one', () => {
    const ofQueues = [...alarms].filter(([name]) => /DeadLetters$|NotRead$/.test(name));
    for (const [name, { AlarmDescription }] of nonEmpty(ofQueues))
      expect(AlarmDescription).toContain(`queue ${name.replace(/DeadLetters$|NotRead$/, '')} `);
  });

  it('link the runbook where the stage says that it can be read', () => {
    const { template } = synthesize('prod', unusual);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'signals-facade-prod-SecretShown',
      AlarmDescription: Match.stringLikeRegexp(`${runbookUrl}#answers-that-show-a-credential$`),
    });
  });

  it('may be published to the topic by CloudWatch in this account, over TLS', () => {
    const topic = { Ref: expect.stringMatching(/^AlarmsTopic/) };
    const policies = prod.ofType<{ Topics: unknown; PolicyDocument: { Statement: unknown[] } }>(
      'AWS::SNS::TopicPolicy',
    );
    expect(policies.map(({ properties }) => properties.Topics)).toEqual([[topic]]);
    expect(policies[0]?.properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      {
        Sid: 'AllowAlarms',
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Resource: topic,
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  it('have a section of the runbook each, which their description links, and each section has an alarm', async () => {
    const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const sections = new Map(
      runbook
        .split(/^## /m)
        .slice(1)
        .map((section) => [(section.split('\n')[0] ?? '').toLowerCase().replaceAll(' ', '-'), section]),
    );
    const groups = prod.ofType<Composite>('AWS::CloudWatch::CompositeAlarm');
    const described = [...alarms, ...groups.map(({ id, properties }) => [nameOf(id), properties] as const)];
    const linked = nonEmpty(described).map(([name, { AlarmDescription }]) => {
      const slug = /\nRunbook: docs\/runbook\.md#([\w-]+)$/.exec(AlarmDescription)?.[1] ?? `${name} links no section`;
      expect(sections.get(slug), `${name}: ${slug}`).toContain(`\`${name}\``);
      return slug;
    });
    expect([...sections.keys()].toSorted()).toEqual([...new Set(linked)].toSorted());
    for (const [title, section] of nonEmpty(sections))
      for (const part of ['**Alarm', '**Look**', '**Do**']) expect(section, title).toContain(part);
  });
});
