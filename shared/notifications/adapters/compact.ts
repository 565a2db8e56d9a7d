/** Bytes of what the ledger stores: DynamoDB bills writes by whole kilobytes. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Notification } from '../notification.ts';

/**
 * What native documents share. It is part of the format of stored items: a change of one character makes them unreadable. A
 * better one gets a version of its own.
 */
const dictionary = Buffer.from(
  '"jsonapi":{"version":"1.0"},"meta":{"links":{"self":"/api/rest/v1.0/entities/sample:task:request:ado:journal:' +
    '"review_request_for_reviewer","review_accepted_for_owner","close_without_signing","archive","unarchive","void","reopen","print","sign","create",' +
    '"included":[{"type":"user","id":"10","links":{"self":"https:///api/rest/v1.0/users/10"},"attributes":{"userId":"10","userName":"","email":"@","alias":"","firstName":"","lastName":"","country":"USA","organization":"","isEnabled":true,"lastLoginAt":"2026-0","createdAt":"2025-0"},"relationships":{"roles":{"data":[' +
    '{"type":"entity","id":"experiment:","links":{"self":"https:///api/rest/v1.0/entities/experiment:"},"attributes":{"id":"experiment:","eid":"experiment:","type":"experiment","name":"","description":"","state":"closed","createdAt":"2026-0","editedAt":"2026-0","digest":"","fields":{"Name":{"value":""},"Description":{"value":""}},"flags":{"canEdit":true}}}],' +
    '["close","experiment:",178,178,"push",{"links":{"self":"https:///api/rest/v1.0/notifications/"},"data":{"type":"notification","id":"","links":{"self":"https:///api/rest/v1.0/notifications/"},"attributes":{"id":"","eid":"","type":"close","createdAt":"2026-01-01T00:00:00.000Z","isDismissed":false,"isRead":false,"isFlagged":false,"comment":null},"relationships":{"createdBy":{"links":{"self":"https:///api/rest/v1.0/users/10"},"data":{"type":"user","id":"10"}},"entity":{"links":{"self":"https:///api/rest/v1.0/entities/experiment:"},"data":{"type":"entity","id":"experiment:',
);

/** No stored text is near it: a body upstream is bounded at 16 MiB. */
const mostBytes = 134_217_728;

export const deflate = (bytes: Uint8Array): Buffer => deflateRawSync(bytes, { dictionary, level: 9 });
export const inflate = (bytes: Uint8Array): Buffer => inflateRawSync(bytes, { dictionary, maxOutputLength: mostBytes });

/** What stands in the body of an item; id and time of receipt are in its keys. */
export const packNotification = (notification: Notification): Buffer => {
  const { type, entity, createdAtMillis, origin, document, incarnation, traceId } = notification;
  const members = [type, entity, createdAtMillis, origin, document];
  // What is absent at the end is left out. The version before this one has no trace, and takes an empty incarnation for none, but not null.
  const optional =
    traceId !== undefined ? [incarnation ?? '', traceId] : incarnation !== undefined ? [incarnation] : [];
  return deflate(Buffer.from(JSON.stringify([...members, ...optional])));
};

export const unpackNotification = (bytes: Uint8Array): Omit<Notification, 'id' | 'receivedAtMillis'> => {
  const [type, entity, createdAtMillis, origin, document, incarnation, traceId] = JSON.parse(inflate(bytes).toString());
  return {
    ...{ type, entity, createdAtMillis, origin, document },
    ...(incarnation ? { incarnation } : {}),
    ...(traceId === undefined ? {} : { traceId }),
  };
};
