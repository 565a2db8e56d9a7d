import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeDocumentAssets } from '../../infra/document-assets.ts';
import { pageFiles } from '../../shared/documents/page-files.ts';
import { temporaryFolder } from '../support/aws.ts';

describe('the assets of the documents function', () => {
  it('are the files of the page, their compressed copies, the document and the version', async () => {
    const folder = await temporaryFolder();
    await writeDocumentAssets(folder);
    const names = await readdir(folder);
    expect(names).toEqual(
      expect.arrayContaining([
        ...Object.keys(pageFiles),
        'openapi.json',
        'openapi-with-aliases.json',
        'asyncapi.json',
        'version.json',
      ]),
    );
    expect(names).toEqual(expect.arrayContaining(['swagger-ui-bundle.js.br', 'swagger-ui-bundle.js.gz']));
  });

  it('leave equal files alone and remove stale ones when they are written again', async () => {
    const folder = await temporaryFolder();
    await writeDocumentAssets(folder);
    const before = await stat(join(folder, 'openapi.json'));
    await writeFile(join(folder, 'stale.js'), '');
    await writeDocumentAssets(folder);
    expect((await stat(join(folder, 'openapi.json'))).mtimeMs).toBe(before.mtimeMs);
    expect(await readdir(folder)).not.toContain('stale.js');
  });
});
