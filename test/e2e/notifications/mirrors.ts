/** Pushes go to a mirror beside everything else. */
import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { createProvisioner } from '../../../local/operator/provision.ts';
import { demoHook } from '../../../local/operator/seed.ts';
import { namedIn } from '../../../local/start/seed-gateway.ts';
import { demoIds } from '../../../packages/signals-simulator/src/demo/ids.ts';
import { mirroredHeader, variables } from '../../../shared/config/names.ts';
import { isInShare } from '../../../shared/mirrors/mirror.ts';
import { hookPath } from '../../../shared/notifications/hook-routes.ts';
import { mirrored, type startMirrorHook } from '../../support/mirror-hook.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import type { TestTwin } from '../../support/twin.ts';
import type { NotificationsUser } from './user.ts';

type Parts = {
  readonly twinOf: () => TestTwin;
  readonly sqs: () => SQSClient;
  readonly mirrorOf: () => Awaited<ReturnType<typeof startMirrorHook>>;
  readonly user: NotificationsUser;
};

export const mirrorPromises = ({ twinOf, sqs, mirrorOf, user }: Parts): void => {
  const { ask, subscribe, happen, receiveEvents } = user;

  it('are forwarded to a mirror: their share, redacted, again when it was down, and no subscriber waits for it', async () => {
    const named = namedIn(twinOf().gateway.environments);
    const provisioner = createProvisioner(
      {
        ...{ consumersTable: named(variables.consumersTable), credentialsTable: named(variables.credentialsTable) },
        credentialsKey: named(variables.credentialsKey),
        notificationsTable: named(variables.notificationsTable),
      },
      twinOf().endpoints,
    );
    await provisioner.putMirrorHeader(mirrored.name, mirrorOf().host, 'value of the mirror');
    provisioner.close();
    const [type] = mirrored.types;
    const { queueUrl } = await subscribe({ queue: { kind: 'fifo' }, filter: { type: [{ suffix: `.${type}` }] } });
    const ids: string[] = [];
    // Each of an entity of its own, so that none waits for another.
    const pushOne = async () => {
      const [id = ''] = await happen(type, `experiment:mirrored-${ids.length}`, 1, 'private');
      ids.push(id);
      return id;
    };
    let isWanted = false;
    while (!isWanted) isWanted = isInShare(mirrored, await pushOne());

    // The mirror has the push and does not answer: the tenant and the subscriber have their part.
    await expect.poll(() => mirrorOf().forwarded.length).toBe(1);
    const received = await receiveEvents(queueUrl, ids.length);
    expect(received.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(JSON.stringify(received[0]?.data)).toContain('private');
    mirrorOf().forwarded[0]?.response.writeHead(503).end();

    // It is hidden for half a minute, which the test does not wait.
    const isRetried = (line: string) => /mirror-colleague.*"outcome":"retry"/.test(line);
    await expect.poll(() => twinOf().log.some(isRetried)).toBe(true);
    const [{ queueUrl: QueueUrl = '' } = {}] = JSON.parse(named(variables.mirrors)) as { queueUrl: string }[];
    const inspected = await fetch(`${twinOf().endpoints.sqs}/_fauxqs/queues/${QueueUrl.split('/').at(-1)}`);
    const { messages } = (await inspected.json()) as { messages: { inflight: { receiptHandle: string }[] } };
    mirrorOf().answer = 204;
    for (const { receiptHandle: ReceiptHandle } of nonEmpty(messages.inflight))
      await sqs().send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    await expect.poll(() => mirrorOf().forwarded.length).toBe(2);

    while (ids.length < 12) await pushOne();
    // What came by a mirror is kept, and goes no further.
    const relayed = JSON.stringify({
      data: {
        ...{ type: 'notification', id: 'relayed', attributes: { id: 'relayed', type } },
        relationships: { entity: { data: { type: 'entity', id: demoIds.text } } },
      },
    });
    const headers = { [demoHook.headerName]: demoHook.headerValue, [mirroredHeader]: 'other' };
    expect((await fetch(twinOf().url + hookPath, { method: 'POST', headers, body: relayed })).status).toBe(204);
    await receiveEvents(queueUrl, 12 - received.length + 1);
    expect((await ask('GET', '/v1/notifications/relayed')).document.data.attributes.origin).toBe('mirror');

    const [down = '', ...others] = ids.filter((id) => isInShare(mirrored, id));
    expect(others.length).toBeGreaterThan(0);
    expect(others.length).toBeLessThan(11);
    const pushed = () => mirrorOf().forwarded.map(({ document }) => document as { data: { id: string } });
    await expect.poll(() => pushed().length).toBe(others.length + 2);
    expect(
      pushed()
        .map(({ data }) => data.id)
        .toSorted(),
    ).toEqual([down, down, ...others].toSorted());
    for (const { headers: sent } of nonEmpty(mirrorOf().forwarded))
      expect(sent).toMatchObject({ [mirrored.header]: 'value of the mirror', [mirroredHeader]: 'local' });
    for (const document of pushed()) expect(document).toHaveProperty('data.attributes.comment', null);
  });
};
