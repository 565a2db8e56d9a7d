import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Envelope, Sealed } from '../../shared/credentials/envelope.ts';
import { sized } from '../support/test-size.ts';

const parts = ['wrappedKey', 'nonce', 'ciphertext'] as const;

const withFlippedBit = (bytes: Uint8Array, at: number): Uint8Array => {
  const changed = Uint8Array.from(bytes);
  changed[at % bytes.byteLength] = (changed[at % bytes.byteLength] ?? 0) ^ 1;
  return changed;
};

export const credentialEnvelopeContract = (name: string, create: () => Promise<Envelope>) =>
  describe(`Envelope contract: ${name}`, () => {
    it('opens what it sealed, whatever the secret', async () => {
      const envelope = await create();
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 5_000 }), async (secret) => {
          expect(await envelope.open('signals/key/k1', await envelope.seal('signals/key/k1', secret))).toBe(secret);
        }),
        { numRuns: sized(100, 10) },
      );
    });

    it('seals the same secret differently each time, and shows it nowhere', async () => {
      const envelope = await create();
      const [one, other] = [await envelope.seal('r', 'the-secret'), await envelope.seal('r', 'the-secret')];
      for (const part of parts) {
        expect(one[part]).not.toEqual(other[part]);
        expect(Buffer.from(one[part]).includes('the-secret')).toBe(false);
      }
    });

    it('throws for another record', async () => {
      const envelope = await create();
      const sealed = await envelope.seal('signals/key/k1', 'secret');
      await expect(envelope.open('signals/key/k2', sealed)).rejects.toThrow();
    });

    it.each(parts)('throws when any byte of %s was changed', async (part) => {
      const envelope = await create();
      const sealed = await envelope.seal('r', 'secret');
      for (let at = 0; at < sealed[part].byteLength; at += 1) {
        const changed: Sealed = { ...sealed, [part]: withFlippedBit(sealed[part], at) };
        await expect(envelope.open('r', changed), `byte ${at}`).rejects.toThrow();
      }
    });

    it.each(parts)('throws when %s was cut or emptied', async (part) => {
      const envelope = await create();
      const sealed = await envelope.seal('r', 'secret');
      for (const keep of [0, 1, sealed[part].byteLength - 1]) {
        await expect(envelope.open('r', { ...sealed, [part]: sealed[part].subarray(0, keep) })).rejects.toThrow();
      }
    });

    it.each(parts)('throws when %s comes from another secret of the same record', async (part) => {
      const envelope = await create();
      const [one, other] = [await envelope.seal('r', 'secret-1'), await envelope.seal('r', 'secret-2')];
      await expect(envelope.open('r', { ...one, [part]: other[part] })).rejects.toThrow();
    });
  });
