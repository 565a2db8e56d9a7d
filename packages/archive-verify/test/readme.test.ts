/** The commands of the README run as they stand, and docs/archive-format.md names every fault. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultCodes } from '../src/fault.ts';
import { run, writeArchive } from './archive-builder.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const commands = [...read('../README.md').matchAll(/^npx archive-verify (archive .*)$/gm)].map(([, args = '']) => args);

describe('the README', () => {
  it('has two commands that read a folder', () => expect(commands).toHaveLength(2));

  it.each(commands)('archive-verify %s answers as it says', async (command) => {
    const { folder, keyFile, catalogueFile } = await writeArchive(2);
    const files: Readonly<Record<string, string>> = {
      archive: folder,
      'archive.pem': keyFile,
      'catalogue.ndjson': catalogueFile,
    };
    const { status, out } = await run(...command.split(' ').map((word) => files[word] ?? word));
    expect(status).toBe(0);
    if (command.includes('--json')) return expect(JSON.parse(out).isWhole).toBe(true);
    const shown = /```text\n(REPORT[\s\S]*?)```/.exec(read('../README.md'))?.[1] ?? '';
    for (const line of shown.split('\n').filter((each) => each !== '...')) expect(out).toContain(line);
  });

  it("keeps npm's own lines out of the catalogue export", () => {
    const exporting = [...read('../README.md').matchAll(/`(npm run [^`]*) > catalogue\.ndjson`/g)].map(
      ([, line]) => line,
    );
    expect(exporting).toEqual([expect.stringMatching(/^npm run -s operator -- archive list .*--json/)]);
  });

  it.each(['help'])('lists each flag that --%s lists', async (flag) => {
    const { out } = await run(`--${flag}`);
    const flags = [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name = '']) => name);
    expect(flags).toHaveLength(10);
    for (const name of flags) expect(read('../README.md')).toContain(`\`${name}`);
  });
});

describe('docs/archive-format.md', () => {
  it.each(faultCodes)('says what %s means', (code) => {
    expect(read('../../../docs/archive-format.md')).toContain(`| \`${code}\` |`);
  });
});
