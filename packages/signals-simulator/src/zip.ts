/** Reads zip archives, stored or deflated, by their central directory. */
import { inflateRawSync } from 'node:zlib';

/** Members by name; `undefined` when the bytes are no zip archive. */
export const readZip = (bytes: Buffer): Map<string, Buffer> | undefined => {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > bytes.byteLength) return undefined;
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  try {
    for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
      const method = bytes.readUInt16LE(at + 10);
      const packedBytes = bytes.readUInt32LE(at + 20);
      const nameLength = bytes.readUInt16LE(at + 28);
      const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
      const local = bytes.readUInt32LE(at + 42);
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const packed = bytes.subarray(start, start + packedBytes);
      files.set(name, method === 0 ? packed : inflateRawSync(packed));
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    return files;
  } catch {
    return undefined;
  }
};
