/** Tampering with a downloaded archive: the verifier names each. */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headBytes, manifestBytes, sha256Hex } from '../../../shared/archive/format.ts';
import { documentKey, headKey } from '../../../shared/archive/keys.ts';
import { sized } from '../../../test/support/test-size.ts';
import {
  chainOf,
  faultsOf,
  get,
  keyOfManifest,
  manifestOf,
  pdfOf,
  put,
  remove,
  run,
  signedHead,
  writeArchive,
} from './archive-builder.ts';

const at = <Member>(list: readonly Member[], index: number): Member => {
  const member = list.at(index);
  if (member === undefined) throw new Error(`There is no member ${index}.`);
  return member;
};
const keyOf = ({ eid, digest }: { eid: string; digest: string }) => documentKey(eid, digest);

describe('a clean archive', () => {
  it('is whole, and the report says what was checked and leaves room to sign', async () => {
    const { folder, keyFile, catalogueFile } = await writeArchive(3);
    const { status, out, err } = await run(folder, '--public-key', keyFile, '--catalogue', catalogueFile);
    expect([status, err]).toEqual([0, '3 of 3 manifests']);
    expect(out).toMatch(/result +WHOLE/);
    expect(out).toMatch(/locks +not checked/);
    expect(out).toMatch(/delete markers +not checked/);
    expect(out).toMatch(/named by the inspector/);
    expect(out).toMatch(/name _+ +date _+ +signature _+/);
  });

  it('passes without a pinned key, and the report says that its key comes from the archive', async () => {
    const { folder } = await writeArchive(2);
    const { status, out } = await run(folder);
    expect([status, out.includes('TAKEN FROM THE ARCHIVE')]).toEqual([0, true]);
    const json = JSON.parse((await run(folder, '--json')).out);
    expect(json).toMatchObject({
      isWhole: true,
      isPinned: false,
      manifests: 2,
      notChecked: ['locks', 'deleteMarkers', 'catalogue'],
    });
  });

  it('ignores files that a computer adds, and folders that belong to other things', async () => {
    const { folder } = await writeArchive(1);
    put(folder, '.DS_Store', Buffer.from('x'));
    put(folder, 'documents/.DS_Store', Buffer.from('x'));
    put(folder, 'audit/2026.ndjson', Buffer.from('x'));
    expect(await faultsOf(folder)).toEqual([]);
  });

  it('of many documents verifies in one pass, with progress, and little memory', async () => {
    const count = sized(10_000, 600);
    const { folder, keyFile, catalogueFile } = await writeArchive(count);
    const { status, err } = await run(folder, '--public-key', keyFile, '--catalogue', catalogueFile);
    expect([status, err.split('\n').at(0), err.split('\n').at(-1)]).toEqual([
      0,
      `500 of ${count} manifests`,
      `${count} of ${count} manifests`,
    ]);
  });
});

describe('tampering that is named', () => {
  it('any changed byte of any object', async () => {
    const { folder, objects, keyFile } = await writeArchive(3);
    const keys = [...objects.keys()].filter((key) => !key.startsWith('public-keys/'));
    const law = async (key: string, place: number, bit: number) => {
      const bytes = get(folder, key);
      const changed = Buffer.from(bytes);
      const index = place % bytes.length;
      changed[index] = (bytes[index] ?? 0) ^ (1 << bit);
      put(folder, key, changed);
      const faults = await faultsOf(folder, '--public-key', keyFile);
      put(folder, key, bytes);
      const named = key.endsWith('.pdf')
        ? /^document-changed/
        : key.startsWith('heads/')
          ? /^head-/
          : /^(manifest|chain|head)-/;
      expect(faults.filter((fault) => named.test(fault))).not.toEqual([]);
    };
    const places = fc.nat({ max: 5000 });
    await fc.assert(fc.asyncProperty(fc.constantFrom(...keys), places, fc.nat({ max: 7 }), law), {
      numRuns: sized(1000, 60),
    });
    expect(await faultsOf(folder, '--public-key', keyFile)).toEqual([]);
  });

  it('a PDF cut, lengthened, swapped or removed', async () => {
    const { folder, manifests } = await writeArchive(4);
    const [one, two, three, four] = manifests.map(keyOf) as [string, string, string, string];
    put(folder, one, pdfOf(2));
    put(folder, two, pdfOf(2).subarray(0, -1));
    put(folder, three, Buffer.concat([pdfOf(3), Buffer.from('\n')]));
    remove(folder, four);
    expect(await faultsOf(folder)).toEqual([
      `document-changed ${one}`,
      `document-changed ${two}`,
      `document-changed ${three}`,
      `document-missing ${four}`,
    ]);
  });

  it('a removed manifest, in the middle and at the start', async () => {
    const { folder, manifests } = await writeArchive(5);
    for (const index of [0, 2]) remove(folder, keyOfManifest(at(manifests, index)));
    expect(await faultsOf(folder)).toEqual([
      'manifest-missing 1',
      'manifest-missing 3',
      `document-without-manifest ${keyOf(at(manifests, 0))}`,
      `document-without-manifest ${keyOf(at(manifests, 2))}`,
    ]);
  });

  it('manifests that changed places', async () => {
    const { folder, manifests } = await writeArchive(4);
    const [second, third] = [at(manifests, 1), at(manifests, 2)];
    for (const manifest of [second, third]) remove(folder, keyOfManifest(manifest));
    for (const moved of [
      { ...second, number: 3 },
      { ...third, number: 2 },
    ])
      put(folder, keyOfManifest(moved), manifestBytes(moved));
    const faults = await faultsOf(folder);
    expect(faults.filter((fault) => fault.startsWith('chain-broken'))).toHaveLength(3);
    put(folder, keyOfManifest({ ...second, number: 9 }), manifestBytes(second));
    expect(await faultsOf(folder)).toContain(`manifest-misplaced ${keyOfManifest({ ...second, number: 9 })}`);
  });

  it('a forged manifest with a PDF that fits it, even when the rest of the chain is made anew', async () => {
    const { folder, manifests, keyFile } = await writeArchive(3);
    const first = at(manifests, 0);
    const forged = { ...manifestOf(2, sha256Hex(manifestBytes(first))), requestedBy: 'somebody' };
    put(folder, keyOfManifest(forged), manifestBytes(forged));
    expect(await faultsOf(folder, '--public-key', keyFile)).toEqual([
      `chain-broken ${keyOfManifest(at(manifests, 2))}`,
    ]);
    const [rest] = chainOf(1, {}, 3, sha256Hex(manifestBytes(forged)));
    if (rest) put(folder, keyOfManifest(rest), manifestBytes(rest));
    expect(await faultsOf(folder, '--public-key', keyFile)).toEqual(['head-mismatch 3']);
    const head = signedHead(rest ?? forged); // with a key of the forger's own
    put(folder, headKey(head.signedAt, 3), headBytes(head));
    expect(await faultsOf(folder, '--public-key', keyFile)).toEqual([
      `head-signature ${headKey(head.signedAt, 3)}`,
      'head-missing heads/',
    ]);
  });

  it('a cut tail, and one that is cut to nothing', async () => {
    const { folder, manifests } = await writeArchive(3);
    const cut = (index: number) => {
      remove(folder, keyOfManifest(at(manifests, index)));
      remove(folder, keyOf(at(manifests, index)));
    };
    cut(2);
    expect(await faultsOf(folder)).toEqual(['tail-cut 3']);
    cut(1);
    cut(0);
    expect(await faultsOf(folder)).toEqual(['tail-cut 1']);
  });

  it('a second chain beside the first', async () => {
    const { folder, manifests } = await writeArchive(3);
    const second = chainOf(2, { requestedBy: 'somebody', digest: '77' }, 2, sha256Hex(manifestBytes(at(manifests, 0))));
    for (const manifest of second) {
      put(folder, keyOfManifest(manifest), manifestBytes(manifest));
      put(folder, keyOf(manifest), pdfOf(manifest.number));
    }
    expect(await faultsOf(folder)).toEqual(['chain-forked 2', 'chain-forked 3']);
  });

  it('manifests after the newest head, unless the inspector allows them', async () => {
    const { folder, manifests } = await writeArchive(2);
    const [third] = chainOf(1, {}, 3, sha256Hex(manifestBytes(at(manifests, 1))));
    if (!third) throw new Error('no manifest');
    put(folder, keyOfManifest(third), manifestBytes(third));
    put(folder, keyOf(third), pdfOf(3));
    expect(await faultsOf(folder)).toEqual(['tail-unsealed 3']);
    expect(await faultsOf(folder, '--allow-unsealed')).toEqual([]);
  });

  it('no head at all, an unreadable one, and a second public key', async () => {
    const { folder, manifests, keys } = await writeArchive(2);
    put(folder, 'heads/2026.json', Buffer.from('{}'));
    put(folder, 'public-keys/other.pem', Buffer.from('no key'));
    expect(await faultsOf(folder)).toEqual(['key-doubtful public-keys/other.pem', 'head-unreadable heads/2026.json']);
    put(folder, 'public-keys/other.pem', get(folder, 'public-keys/alias=2Farchive.pem'));
    remove(folder, 'heads/2026.json');
    expect(await faultsOf(folder)).toEqual(['key-doubtful public-keys/']);
    remove(folder, 'public-keys/other.pem');
    remove(folder, headKey(signedHead(at(manifests, 1), keys).signedAt, 2));
    expect(await faultsOf(folder)).toEqual(['head-missing heads/']);
  });

  it('what is no archive: another text as manifest, strange names, links out of the folder', async () => {
    const { folder, manifests } = await writeArchive(1);
    const key = keyOfManifest({ ...at(manifests, 0), number: 2 });
    for (const text of ['', '{', 'null', '[]', `${manifestBytes(at(manifests, 0))}\n`, 'x'.repeat(70_000)]) {
      put(folder, key, Buffer.from(text));
      expect(await faultsOf(folder, '--allow-unsealed')).toEqual([`manifest-unreadable ${key}`]);
    }
    remove(folder, key);
    put(folder, 'documents/notes.txt', Buffer.from('x'));
    symlinkSync('/dev/zero', join(folder, 'heads', 'zero.json'));
    expect(await faultsOf(folder)).toEqual(['stray-object heads/zero.json', 'stray-object documents/notes.txt']);
  });

  it('a PDF that no manifest names, and one that two manifests name', async () => {
    const { folder, manifests } = await writeArchive(2);
    put(folder, 'documents/experiment/x/1.pdf', pdfOf(1));
    const { eid, digest } = at(manifests, 1);
    const again = { ...manifestOf(3, sha256Hex(manifestBytes(at(manifests, 1)))), eid, digest };
    put(folder, keyOfManifest(again), manifestBytes(again));
    const faults = await faultsOf(folder, '--allow-unsealed');
    expect(faults).toContain('document-without-manifest documents/experiment/x/1.pdf');
    expect(faults).toContain(`document-doubled ${documentKey(eid, digest)}`);
  });
});

describe('a catalogue', () => {
  it('may be as the facade lists its archive', async () => {
    const { folder, manifests, catalogueFile } = await writeArchive(3);
    const resources = manifests.map((manifest) => {
      const { number, eid: entity, digest, sha256, sizeBytes, versionId, requestedAt, archivedAt } = manifest;
      const manifestSha256 = sha256Hex(manifestBytes(manifest));
      const attributes = { entity, digest, sha256, sizeBytes, versionId, requestedAt, archivedAt, legalHold: false };
      const links = { self: `https://facade.example.com/v1/archive/${number}` };
      return { type: 'archive-entry', id: String(number), attributes: { ...attributes, manifestSha256 }, links };
    });
    const write = (list: readonly object[]): void =>
      writeFileSync(catalogueFile, list.map((one) => `${JSON.stringify(one)}\n`).join(''));
    write(resources);
    expect(await faultsOf(folder, '--catalogue', catalogueFile)).toEqual([]);
    const [first, second, third] = resources as [(typeof resources)[0], (typeof resources)[0], (typeof resources)[0]];
    const { digest: _, ...without } = third.attributes;
    write([
      first,
      { ...second, attributes: { ...second.attributes, sizeBytes: 1 } },
      { ...third, attributes: without },
    ]);
    const faults = await faultsOf(folder, '--catalogue', catalogueFile);
    expect(faults.join('\n')).toMatch(/catalogue-mismatch 2\b/);
    expect(faults.join('\n')).toMatch(/catalogue-unreadable 3\b/);
  });

  it('names what the archive lacks, what it lacks itself, and what differs', async () => {
    const { folder, manifests, catalogueFile } = await writeArchive(3);
    const lines = readFileSync(catalogueFile, 'utf8').split('\n').slice(0, 3) as [string, string, string];
    const more = lines[1].replace('"number":2', '"number":8');
    const other = lines[2].replace(/"sizeBytes":\d+/, '"sizeBytes":1');
    writeFileSync(catalogueFile, [lines[0], more, other, lines[0], 'nonsense', ''].join('\n'));
    expect(manifests).toHaveLength(3);
    expect(await faultsOf(folder, '--catalogue', catalogueFile)).toEqual([
      'catalogue-unreadable 4',
      'catalogue-unreadable 5',
      'catalogue-lacks 2',
      'catalogue-mismatch 3',
      'catalogue-gap 8',
    ]);
  });
});

describe('wrong use', () => {
  it.each([
    [[]],
    [['one', 'two']],
    [['folder', '--bucket', 'name']],
    [['--unknown']],
    [['/no/such/folder']],
    [['.', '--endpoint', 'http://127.0.0.1:1']],
    [['.', '--public-key', '/no/such/file']],
    [['.', '--public-key', 'package.json']],
    [['.', '--catalogue', '/no/such/file']],
  ])('%j ends with status 2 and one line', async (args) => {
    const { status, out, err } = await run(...args);
    expect([status, out, err.split('\n').length]).toEqual([2, '', 1]);
  });

  it('help and version end with status 0', async () => {
    const help = await run('--help');
    const version = await run('--version');
    expect([help.status, help.out.startsWith('Usage: archive-verify FOLDER'), version.status]).toEqual([0, true, 0]);
  });

  it('lets no control character of the archive reach the terminal', async () => {
    const { folder } = await writeArchive(1);
    put(folder, 'documents/\u001b[31mred', Buffer.from('x'));
    const { status, out } = await run(folder);
    expect([status, out.includes('\u001b'), out.includes('fault stray-object documents/\\u001b[31mred')]).toEqual([
      1,
      false,
      true,
    ]);
  });
});
