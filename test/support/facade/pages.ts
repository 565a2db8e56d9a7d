/** The routes of documents, on files of a test. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createDocumentRoutes } from '../../../functions/edge/document-routes.ts';
import type { Handle } from '../../../functions/edge/http-handler.ts';
import { pageFiles, versionFile } from '../../../shared/documents/page-files.ts';

const writePage = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'signals-facade-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of Object.keys(pageFiles)) await writeFile(join(folder, name), name);
  await writeFile(join(folder, 'openapi.json'), '{"openapi":"3.1.0"}');
  await writeFile(join(folder, 'asyncapi.json'), '{"asyncapi":"3.0.0"}');
  await writeFile(join(folder, versionFile), '{"version":"1.2.3"}');
  return folder;
};

/** Its files are written for the first request that needs them. */
export const documentRoutes = (): Handle => {
  let handle: Promise<Handle> | undefined;
  return async (...request) => {
    handle ??= writePage().then((folder) => createDocumentRoutes(folder, 'test'));
    return (await handle)(...request);
  };
};
