/**
 * Lines in one object, grouped by a hash of their keys. The head of the object says where each group begins. So a reader takes the lines of
 * some groups from many objects, and needs no more memory than these lines take.
 */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { RunFiles } from '../run-files.ts';

export type KeyedLine = {
  readonly key: string;
  /** Has no line feed. */
  readonly line: string;
};

/** Groups of a hash. */
export const groupCount = 256;
/** Where each group begins behind the head, and where the last one ends: 32 bits each. */
const headBytes = (groupCount + 1) * 4;

const groupOf = (key: string): number => createHash('sha256').update(key).digest().readUInt8(0);

/** Lines of one group stay in their order. */
export const packLines = (lines: readonly KeyedLine[]): Buffer => {
  const groups: string[][] = Array.from({ length: groupCount }, () => []);
  for (const { key, line } of lines) groups[groupOf(key)]?.push(line);
  const head = Buffer.alloc(headBytes);
  const bodies: Buffer[] = [];
  let offset = 0;
  for (const [number, group] of groups.entries()) {
    const body = Buffer.from(group.map((line) => `${line}\n`).join(''));
    bodies.push(body);
    offset += body.byteLength;
    head.writeUInt32BE(offset, (number + 1) * 4);
  }
  return Buffer.concat([head, ...bodies]);
};

/** Reads objects of packed lines. It keeps their heads. */
export const createLineReader = ({ open }: Pick<RunFiles, 'open'>) => {
  const heads = new Map<string, Buffer>();

  const read = async (key: string, first: number, last: number): Promise<Buffer> => {
    const body = await open({ key }, { first, last });
    if (!body) throw new Error('An object of packed lines is gone');
    return buffer(body);
  };
  const headOf = async (key: string): Promise<Buffer> => {
    const head = heads.get(key) ?? (await read(key, 0, headBytes - 1));
    heads.set(key, head);
    return head;
  };

  /** The lines of the groups from `first` to before `end`. */
  return async (key: string, first: number, end: number): Promise<readonly string[]> => {
    const head = await headOf(key);
    const [from, until] = [head.readUInt32BE(first * 4), head.readUInt32BE(end * 4)];
    if (from === until) return [];
    const text = (await read(key, headBytes + from, headBytes + until - 1)).toString();
    return text.split('\n').slice(0, -1);
  };
};
