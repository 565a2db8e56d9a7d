/** All documents: links lead somewhere, scripts exist, and each snippet with curl is run by a test. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import GithubSlugger from 'github-slugger';
import { describe, expect, it } from 'vitest';
import { plainHeading } from '../../infra/portal/guide.ts';
import { projectRoot } from '../../local/start/settings.ts';
import { guideNames } from '../../shared/documents/guides.ts';
import { readSignalsOperations } from '../../shared/signals/signals.ts';
import { blocks, commands, curls, readDocument } from '../support/snippets.ts';

const documents = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md'], { cwd: projectRoot });

describe('the documents', () => {
  it('README.md: says how many operations there are', () => {
    const operations = readSignalsOperations().length;
    expect(readDocument('README.md')).toContain(`try the other ${operations - 1} operations`);
  });

  it('have no snippet with curl that no test runs', () => {
    const native = [
      'README.md',
      'docs/quick-start.md',
      'docs/native-surface.md',
      'docs/uploads.md',
      'packages/signals-simulator/README.md',
      'packages/tissuemaps-simulator/README.md',
      'docs/deploy.md',
    ];
    // Those of docs/browsers.md need a stage that lists an origin: test/e2e/browsers/cross-origin.ts. Guides run as a whole: guides.test.ts, archive/tutorial.ts.
    const known = [
      ...native,
      'docs/browsers.md',
      'docs/audit.md',
      'docs/consumers.md',
      'docs/idempotency.md',
      'docs/tokens.md',
      'docs/notifications.md',
      'docs/exports.md',
      'docs/materials.md',
      'docs/entities.md',
      'docs/external-actions.md',
      'docs/archive.md',
      'docs/lists-and-sources.md',
      'docs/people.md',
      'docs/workflows.md',
      'docs/registration.md',
      'docs/tutorial.md',
    ];
    const others = documents.filter((file) => curls(file).length > 0 && !known.includes(file));
    expect(others).toEqual([]);
  });

  it('that are guides have no other command that no test runs, but for a reason', () => {
    // Each runs as a whole: test/e2e/guides.test.ts, test/e2e/archive/tutorial.ts.
    const whole = ['people', 'workflows', 'registration', 'lists-and-sources', 'tutorial'];
    const notRun = {
      'npm run operator -- add-admin': 'it needs an AWS account: docs/deploy.md, test/local/operator/provision.test.ts',
    };
    // test/e2e/documents.test.ts runs this one.
    const runs = ['export OPERATOR_URL=', 'npm run operator -- consumers create my-app'];
    const known = [...Object.keys(notRun), ...runs];
    const others = guideNames
      .filter((name) => !whole.includes(name))
      .flatMap((name) => commands(`docs/${name}.md`))
      .filter((command) => !/\bcurl\b/.test(command));
    expect(others.filter((command) => !known.some((one) => command.startsWith(one)))).toEqual([]);
    for (const one of known) expect(others.some((command) => command.startsWith(one))).toBe(true);
  });

  it('that are guides have no program that no test runs', () => {
    const tests = {
      'quick-start python': 'test/e2e/readme.test.ts',
      'quick-start ts': 'test/e2e/readme.test.ts',
      'client ts': 'test/e2e/readme.test.ts',
      'consumers python': 'test/shared/consumers/key-format.test.ts',
      'notifications ts': 'test/e2e/notifications/documented-consumers.ts',
      'notifications python': 'test/e2e/notifications/documented-consumers.ts',
      'notifications js': 'test/e2e/notifications/documented-consumers.ts',
      'browsers js': 'test/e2e/browsers/cross-origin.ts',
    };
    const programs = guideNames.flatMap((name) =>
      ['python', 'ts', 'js']
        .filter((language) => blocks(`docs/${name}.md`, language).length > 0)
        .map((language) => `${name} ${language}`),
    );
    expect(programs.toSorted()).toEqual(Object.keys(tests).toSorted());
    for (const [program, file] of Object.entries(tests))
      expect(readDocument(file)).toContain(`docs/${program.split(' ')[0]}.md`);
  });

  it('each have a row in docs/README.md', () => {
    const listed = readDocument('docs/README.md');
    const missing = globSync('docs/*.md', { cwd: projectRoot })
      .map((file) => file.slice('docs/'.length))
      .filter((name) => name !== 'README.md' && !listed.includes(`](${name}`));
    expect(missing).toEqual([]);
  });

  it('name no script that package.json does not have', () => {
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((file) =>
      [...readDocument(file).matchAll(/npm run (?:-s )?([\w-]+)/g)].map(([, name]) => name ?? ''),
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  /** Of a document: the addresses of its headings, as GitHub makes them. */
  const anchorsOf = (file: string): ReadonlySet<string> => {
    const slugger = new GithubSlugger();
    const text = readFileSync(file, 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
    return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slugger.slug(plainHeading(heading))));
  };

  it.each(documents)('%s links to what exists', (file) => {
    const targets = [...readDocument(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    const missing = targets
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [path = '', anchor] = target.split('#');
        const found = path === '' ? resolve(projectRoot, file) : resolve(projectRoot, dirname(file), path);
        if (!existsSync(found)) return true;
        return anchor !== undefined && found.endsWith('.md') && !anchorsOf(found).has(anchor);
      });
    expect(missing).toEqual([]);
  });
});
