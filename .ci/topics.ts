/**
 * The folders of `shared/` are topics. They lean on each other in one direction: this fails, and names the imports, where a
 * chain of topics leads back to its start. The linter looks for such circles between files. It also fails where a topic or a
 * function leans on an upstream: they take its record, and functions/wiring or functions/house.ts hands that out.
 * Usage: node .ci/topics.ts [FOLDER], this project without one.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));

/** Topics that are one upstream each. */
const upstreams: ReadonlySet<string> = new Set(['signals', 'tissuemaps']);

type Edge = { readonly from: string; readonly to: string; readonly line: string };
type Import = { readonly file: string; readonly target: string };

const topicOf = (file: string): string => file.split(sep)[1] ?? '';

/** What the files import of `shared/`, statically or not. */
const importsOf = (pattern: string): Import[] =>
  globSync(pattern, { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:from|import)\b\s*\(?\s*'(\.[^']+)'/g)]
      .map(([, path = '']) => ({ file, target: normalize(join(dirname(file), path)) }))
      .filter(({ target }) => target.startsWith(`shared${sep}`)),
  );

const inShared = importsOf('shared/**/*.ts');
const edges = inShared.flatMap(({ file, target }): Edge[] => {
  const [from, to] = [topicOf(file), topicOf(target)];
  return from === to ? [] : [{ from, to, line: `${file} imports ${target}` }];
});
const leansOn = Map.groupBy(edges, ({ from }) => from);

/** Every topic that `topic` leans on, also through others. */
const reach = (topic: string, seen = new Set<string>()): Set<string> => {
  for (const { to } of leansOn.get(topic) ?? []) {
    if (seen.has(to)) continue;
    seen.add(to);
    reach(to, seen);
  }
  return seen;
};

const circular = edges.filter(({ from, to }) => reach(to).has(from));
if (edges.length === 0) throw new Error('No import between topics was found. Fix: look where .ci/topics.ts searches.');
for (const { line } of circular) console.error(line);

/** The only functions that know which upstreams there are. */
const isRoot = (file: string): boolean =>
  file === join('functions', 'house.ts') || file.startsWith(join('functions', 'wiring') + sep);
const onUpstreams = [...inShared, ...importsOf('functions/**/*.ts')].filter(
  ({ file, target }) =>
    upstreams.has(topicOf(target)) &&
    !isRoot(file) &&
    !(file.startsWith('shared') && topicOf(file) === topicOf(target)),
);
for (const { file, target } of onUpstreams) console.error(`${file} imports ${target}`);
if (onUpstreams.length > 0) {
  console.error('These files lean on an upstream. Fix: take what they need from the record, exchange/upstream.ts.');
  process.exitCode = 1;
}
if (circular.length > 0) {
  console.error('These topics lean on each other in a circle. Fix: move what both need below them.');
  process.exitCode = 1;
} else if (onUpstreams.length === 0)
  console.log(`${leansOn.size} topics, ${edges.length} imports between them, no circle`);
