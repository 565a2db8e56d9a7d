/** Native notifications in the two documented shapes, and the fields that the facade reads. */
import type { Delivery } from '../../../shared/notifications/ledger.ts';
import type { Notification } from '../../../shared/notifications/notification.ts';

export const noon = Date.parse('2026-06-15T12:00:00Z');
export const dayMillis = 86_400_000;

type Facts = { readonly id?: string; readonly type?: string; readonly entity?: string; readonly createdAt?: string };

/** As the guide has it: the comment is text or null. */
export const guideDocument = ({
  id = '77',
  type = 'close',
  entity = 'experiment:e1',
  createdAt = '2026-06-15T11:59:59.000Z',
}: Facts = {}) => ({
  data: {
    type: 'notification',
    id,
    attributes: { id, eid: id, type, createdAt, isDismissed: false, isRead: false, isFlagged: false, comment: null },
    relationships: {
      createdBy: { data: { type: 'user', id: '101' } },
      entity: { data: { type: 'entity', id: entity } },
    },
  },
});

/** As the specification has it: the comment is an object, and the entity has its own type. */
export const specificationDocument = (facts: Facts = {}) => {
  const { data } = guideDocument(facts);
  return {
    data: {
      ...data,
      attributes: { ...data.attributes, comment: { comment: 'Please look' } },
      relationships: {
        ...data.relationships,
        entity: { data: { type: 'experiment', id: facts.entity ?? 'experiment:e1' } },
      },
    },
    included: [{ type: 'user', id: '101', attributes: { userId: '101' } }],
  };
};

export const aNotification = (parts: Partial<Notification> = {}): Notification => ({
  id: '77',
  type: 'close',
  entity: 'experiment:e1',
  createdAtMillis: noon - 1_000,
  receivedAtMillis: noon,
  origin: 'push',
  document: guideDocument({ id: parts.id ?? '77' }),
  ...parts,
});

export const aDelivery = (parts: Partial<Delivery> = {}): Delivery => ({
  subscriptionId: 'sub-0123456789abcdef',
  outcome: 'sent',
  atMillis: noon,
  messageId: '0b5f4a9e-5c0e-4a4e-9a55-9a6f9a0f7f53',
  ...parts,
});

export const bytesOf = (document: unknown): Uint8Array => new Uint8Array(Buffer.from(JSON.stringify(document)));
