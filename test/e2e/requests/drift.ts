/** A registered sample that is changed in the tenant: the change sweep and the check bring the event of the drift to the queue of a subscriber. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import { demoKey } from '../../../packages/signals-simulator/src/options.ts';
import { signalsBasePath } from '../../../shared/signals/names.ts';
import type { TestTwin } from '../../support/twin.ts';
import { createNotificationsUser } from '../notifications/user.ts';

const sample = 'sample:00000000-0000-4000-a000-000000000007';
const registration = `/v1/samples/${sample}/registration`;
const jsonApi = 'application/vnd.api+json';

/** As somebody does in Signals. */
const change = async ({ simulator }: TestTwin, value: string): Promise<number> => {
  const answer = await fetch(`${simulator.url}${signalsBasePath}/samples/${sample}/properties/2?force=true`, {
    method: 'PATCH',
    headers: { 'x-api-key': demoKey, 'content-type': jsonApi },
    body: JSON.stringify({ data: { attributes: { content: { value } } } }),
  });
  await answer.arrayBuffer();
  return answer.status;
};

const run = (twin: TestTwin, name: string): Promise<unknown> =>
  twin.gateway.invoke(Object.keys(twin.gateway.environments).find((id) => id.startsWith(name)) ?? '', {});

export const testDrift = (twinOf: () => TestTwin): void =>
  it('sample.registration-drifted comes to the queue of the consumer that marked the sample, when it is changed in Signals', async () => {
    const twin = twinOf();
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    const sqs = new SQSClient({ endpoint: twin.endpoints.sqs, region: 'us-east-1', credentials });
    onTestFinished(() => sqs.destroy());
    const user = createNotificationsUser(twinOf, () => sqs);
    const filter = { type: ['sample.registration-drifted'] };
    const { queueUrl } = await user.subscribe({ queue: { kind: 'standard' }, filter });

    const before = await user.ask('GET', registration);
    const digest: string = before.document.data.attributes.digest;
    const marked = await fetch(twin.url + registration, {
      method: 'POST',
      headers: { 'x-api-key': 'demo-app', 'if-match': `"${digest}"`, 'content-type': jsonApi },
      body: JSON.stringify({ data: { type: 'sample-registration', attributes: { externalId: 'LIMS-1' } } }),
    });
    expect([marked.status, await change(twin, 'Dried')]).toEqual([200, 200]);

    await run(twin, 'Sweep');
    // The sample was just seen, so that only the sweep can make the check look at it.
    const drifted = async (): Promise<unknown[]> => {
      await run(twin, 'Samplecheck');
      return (await user.ask('GET', '/v1/samples?registration=drifted')).document.data.map(
        ({ id }: { id: string }) => id,
      );
    };
    await expect.poll(drifted, { interval: 1_000 }).toContain(sample);
    const [body = ''] = await user.receive(queueUrl, 1);
    expect(JSON.parse(body)).toMatchObject({
      type: 'sample.registration-drifted',
      subject: `samples/${sample}`,
      data: { consumerId: 'demo-app', sampleId: sample, externalId: 'LIMS-1', registeredDigest: digest },
    });
  });
