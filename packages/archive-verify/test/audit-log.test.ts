/** Tampering with the audit log of a downloaded archive: the verifier names each. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headBytes, sha256Hex } from '../../../shared/archive/format.ts';
import { auditHeadKey, segmentKey } from '../../../shared/archive/keys.ts';
import { sized } from '../../../test/support/test-size.ts';
import {
  cleanAuditLog,
  faultsOf,
  get,
  put,
  remove,
  run,
  segmentOf,
  signedAuditHead,
  writeArchive,
} from './archive-builder.ts';

const [one, two, three] = [segmentKey(1), segmentKey(2), segmentKey(3)];
const signedAt = '2026-11-27T23:00:00.000Z';
const head = auditHeadKey(signedAt, 3);

/** An archive of one document with three segments, and its flags. */
const prepare = async () => {
  const { folder, keyFile, keys } = await writeArchive(1, 3);
  const faults = (...more: string[]) => faultsOf(folder, '--public-key', keyFile, '--expect-audit-log', ...more);
  return { folder, keyFile, keys, faults };
};

describe('a clean audit log', () => {
  it('is whole, and the report counts its segments and records', async () => {
    const { folder, keyFile, faults } = await prepare();
    expect(await faults()).toEqual([]);
    const { status, out } = await run(folder, '--public-key', keyFile);
    expect(status).toBe(0);
    expect(out).toMatch(/audit log +3 segments, last number 3, with 9 records/);
    expect(out).toMatch(/newest head: number 3, signed at 2026-11-27T23:00:00.000Z.*not sealed yet: 0/);
    const { auditLog } = JSON.parse((await run(folder, '--json')).out);
    expect(auditLog).toMatchObject({ segments: 3, records: 9, lastNumber: 3, newestHead: { number: 3 }, unsealed: 0 });
  });

  it('may be absent, unless the inspector expects it', async () => {
    const { folder } = await writeArchive(1);
    expect((await run(folder)).out).toMatch(/audit log +none in this archive/);
    expect(await faultsOf(folder)).toEqual([]);
    expect(await faultsOf(folder, '--expect-audit-log')).toEqual(['head-missing audit-log/heads/']);
  });
});

describe('tampering with the audit log that is named', () => {
  it('any changed byte of any object', async () => {
    const { folder, keys, faults } = await prepare();
    const objects = [...cleanAuditLog(3, keys).keys()];
    const law = async (key: string, place: number, bit: number) => {
      const bytes = get(folder, key);
      const changed = Buffer.from(bytes);
      const index = place % bytes.length;
      changed[index] = (bytes[index] ?? 0) ^ (1 << bit);
      put(folder, key, changed);
      const found = await faults();
      put(folder, key, bytes);
      expect(found.filter((fault) => /^(segment|chain|head)-.* audit-log\//.test(fault))).not.toEqual([]);
    };
    await fc.assert(fc.asyncProperty(fc.constantFrom(...objects), fc.nat({ max: 5_000 }), fc.nat({ max: 7 }), law), {
      numRuns: sized(1_000, 60),
    });
    expect(await faults()).toEqual([]);
  });

  it('a record that was changed, removed, added or moved to another line', async () => {
    const { folder, faults } = await prepare();
    const whole = get(folder, two).toString('utf8');
    const [header = '', first = '', second = '', third = ''] = whole.split('\n');
    const write = (...lines: string[]) => put(folder, two, Buffer.from(lines.map((line) => `${line}\n`).join('')));
    for (const lines of [
      [first, second.replace('app', 'lab'), third],
      [first, third],
      [first, second, third, third],
      [second, first, third],
      [],
    ]) {
      write(header, ...lines);
      expect(await faults()).toEqual([`segment-changed ${two}`, `chain-broken ${three}`]);
    }
    put(folder, two, Buffer.from(whole.slice(0, -1)));
    expect(await faults()).toContain(`segment-changed ${two}`);
  });

  it('a segment that was removed, in the middle and at the start', async () => {
    const { folder, faults } = await prepare();
    remove(folder, two);
    expect(await faults()).toEqual([`segment-missing ${two}`]);
    remove(folder, one);
    expect(await faults()).toEqual([`segment-missing ${one}`, `segment-missing ${two}`]);
  });

  it('segments that changed places', async () => {
    const { folder, faults } = await prepare();
    const [first, second] = [get(folder, one), get(folder, two)];
    put(folder, one, second);
    put(folder, two, first);
    expect(await faults()).toEqual([
      `segment-misplaced ${one}`,
      `chain-broken ${one}`,
      `segment-misplaced ${two}`,
      `chain-broken ${two}`,
      `chain-broken ${three}`,
    ]);
  });

  it('a forged segment, even when the rest of the chain is made anew', async () => {
    const { folder, faults } = await prepare();
    const forged = segmentOf(2, sha256Hex(get(folder, one)), ['{"consumer":"somebody"}']);
    put(folder, two, forged);
    expect(await faults()).toEqual([`chain-broken ${three}`]);
    const rest = segmentOf(3, sha256Hex(forged));
    put(folder, three, rest);
    expect(await faults()).toEqual([`head-mismatch ${three}`]);
    put(folder, head, headBytes(signedAuditHead(3, rest))); // with a key of the forger's own
    expect(await faults()).toEqual([`head-signature ${head}`, 'head-missing audit-log/heads/']);
  });

  it('a cut tail, one that is cut to nothing, and segments after the newest head', async () => {
    const { folder, faults } = await prepare();
    const last = get(folder, three);
    put(folder, segmentKey(4), segmentOf(4, sha256Hex(last)));
    expect(await faults()).toEqual([`tail-unsealed ${segmentKey(4)}`]);
    expect(await faults('--allow-unsealed')).toEqual([]);
    remove(folder, segmentKey(4));
    remove(folder, three);
    expect(await faults()).toEqual([`tail-cut ${three}`]);
    for (const key of [one, two]) remove(folder, key);
    expect(await faults()).toEqual([`tail-cut ${one}`]);
    remove(folder, head);
    expect(await faults()).toEqual(['head-missing audit-log/heads/']);
  });

  it('a head of the documents in place of one of the audit log, and what is no segment', async () => {
    const { folder, faults } = await prepare();
    const own = get(folder, head);
    put(folder, head, get(folder, `heads/${signedAt.replaceAll(':', '-')}-000000000001.json`));
    expect(await faults()).toEqual([`head-unreadable ${head}`, 'head-missing audit-log/heads/']);
    put(folder, head, own);
    for (const text of ['', 'no line end', '{}\n', '{"format":"signals-archive-audit-segment/1"}\n']) {
      put(folder, three, Buffer.from(text));
      expect(await faults()).toEqual([`segment-unreadable ${three}`, `head-mismatch ${three}`]);
    }
    put(folder, three, Buffer.from('x'));
    put(folder, 'audit-log/segments/2026.ndjson', Buffer.from('x'));
    expect(await faults()).toContain('stray-object audit-log/segments/2026.ndjson');
  });
});
