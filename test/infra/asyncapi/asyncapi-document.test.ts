import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from 'vitest';
import { createAsyncApiDocument } from '../../../infra/asyncapi/asyncapi-document.ts';
import { CloudEvent } from '../../../shared/notifications/cloud-event.ts';
import { nonEmpty } from '../../support/non-empty.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document of unknown shape
const document = createAsyncApiDocument({ version: '1.2.3' }) as any;

const referencesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === '$ref' ? [String(inner)] : referencesIn(inner)));
};
const follow = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce((at, name) => at?.[name], document);

describe('the AsyncAPI document', () => {
  it('is of version 3, with the SQS binding that version 3 accepts', () => {
    expect(document.asyncapi).toMatch(/^3\./);
    for (const { bindings } of nonEmpty<{ bindings: object }>(Object.values(document.channels)))
      expect(bindings).toMatchObject({ sqs: { bindingVersion: '0.2.0', queue: { name: expect.any(String) } } });
  });

  it('is valid by the parser of AsyncAPI', async () => {
    const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document));
    // 0 is an error, 1 a warning. It advises the latest version of AsyncAPI, which says the same of queues.
    expect(diagnostics.filter(({ severity }) => severity <= 1)).toEqual([]);
    expect(
      parsed
        ?.operations()
        .all()
        .map((one) => one.id()),
    ).toEqual(['sendNotification', 'sendFacadeEvent']);
  });

  it('has nothing behind a reference that is not there', () => {
    for (const reference of nonEmpty(referencesIn(document))) expect(follow(reference), reference).toBeDefined();
  });

  it('says of an event what its schema says', () => {
    const { properties, required } = document.components.schemas.NotificationEvent;
    expect(Object.keys(properties).toSorted()).toEqual(Object.keys(CloudEvent.shape).toSorted());
    expect(required).toEqual(expect.arrayContaining(['specversion', 'id', 'source', 'type', 'subject', 'time']));
    const [{ payload }] = document.components.messages.NotificationEvent.examples;
    expect(CloudEvent.parse(payload)).toEqual(payload);
  });
});
