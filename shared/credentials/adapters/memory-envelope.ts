import { randomBytes, randomUUID } from 'node:crypto';
import type { Envelope } from '../envelope.ts';
import { createEnvelope } from '../sealing.ts';

/** Sealed as with KMS; the wrapped key is a ticket for a data key that this process keeps. */
export const createMemoryEnvelope = (): Envelope => {
  const kept = new Map<string, { readonly record: string; readonly key: Uint8Array }>();
  return createEnvelope({
    async generate(record) {
      const ticket = randomUUID();
      const key = randomBytes(32);
      kept.set(ticket, { record, key });
      return { plain: Uint8Array.from(key), wrapped: Buffer.from(ticket) };
    },
    async unwrap(record, wrapped) {
      const found = kept.get(Buffer.from(wrapped).toString());
      if (found?.record !== record) throw new Error('This key was wrapped for another record.');
      return Uint8Array.from(found.key);
    },
  });
};
