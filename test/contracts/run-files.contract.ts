import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { PartUploads } from '../../shared/exports/part-uploads.ts';
import type { RunFiles } from '../../shared/exports/run-files.ts';

type Bucket = { readonly uploads: PartUploads; readonly files: RunFiles };
/** The smallest part that S3 takes, but for the last. */
const partBytes = 5_242_880;

export const runFilesContract = (name: string, create: () => Promise<Bucket>) =>
  describe(`PartUploads and RunFiles contract: ${name}`, () => {
    it('make a file of parts in the order of their numbers, put again or not, and give ranges of it', async () => {
      const { uploads, files } = await create();
      const id = await uploads.open('exports/a/file', 'text/plain');
      const [first, second] = [Buffer.alloc(partBytes, 'a'), Buffer.from('end')];
      const last = await uploads.putPart('exports/a/file', id, 2, second);
      await uploads.putPart('exports/a/file', id, 1, Buffer.alloc(partBytes, 'x'));
      const tag = await uploads.putPart('exports/a/file', id, 1, first);
      await uploads.putPart('exports/a/file', id, 3, Buffer.from('of a former try'));
      const tags = await files.partTags('exports/a/file', id);
      expect(tags.slice(0, 2)).toEqual([tag, last]);
      expect([tags.length, await uploads.sizeOf('exports/a/file')]).toEqual([3, undefined]);
      await uploads.complete('exports/a/file', id, tags.slice(0, 2));
      expect(await uploads.sizeOf('exports/a/file')).toBe(partBytes + 3);
      const range = await files.open({ key: 'exports/a/file' }, { first: partBytes - 1, last: partBytes + 1 });
      expect(String(range && (await buffer(range)))).toBe('aen');
      // Repeated, as after a lost answer.
      await uploads.complete('exports/a/file', id, tags.slice(0, 2));
      expect(await files.partTags('exports/a/file', id)).toEqual([]);
    });

    it('list open uploads by the beginning of their keys, until they are aborted', async () => {
      const { uploads } = await create();
      const keys = ['exports/a.pdf', 'exports/a/file', 'exports/b.pdf'];
      const ids = await Promise.all(keys.map((key) => uploads.open(key, 'text/plain')));
      const found = async (prefix: string) => (await uploads.listOpenUnder(prefix)).map(({ key }) => key).toSorted();
      expect(await found('exports/a')).toEqual(keys.slice(0, 2));
      expect(await found('exports/')).toEqual(keys);
      for (const [index, id] of ids.entries()) await uploads.abort(keys[index] as string, id);
      await uploads.abort(keys[0] as string, ids[0] as string);
      expect(await found('exports/')).toEqual([]);
    });

    it('keep a small file under its key, the last one that was put', async () => {
      const { files } = await create();
      expect(await files.open({ key: 'exports/a/link.json' })).toBeUndefined();
      for (const text of ['1', '{"a":2}'])
        await files.put('exports/a/link.json', 'application/json', Buffer.from(text));
      const body = await files.open({ key: 'exports/a/link.json' });
      expect(String(body && (await buffer(body)))).toBe('{"a":2}');
    });

    it('remove the files whose keys begin so, and no others', async () => {
      const { files } = await create();
      // More than a page of a listing, and a request to delete, take.
      const gone = Array.from({ length: 1_001 }, (_, number) => `working/a/${number}`);
      const kept = ['working/ab/1', 'working/b/1', 'exports/a/1'];
      for (const key of [...gone, ...kept]) await files.put(key, 'text/plain', Buffer.from('x'));
      for (let time = 0; time < 2; time += 1) await files.removeUnder('working/a/');
      const isThere = async (key: string) => (await files.open({ key })) !== undefined;
      expect(await Promise.all([...gone.slice(-2), ...kept].map(isThere))).toEqual([false, false, true, true, true]);
    });
  });
