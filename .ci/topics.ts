/**
 * The folders of `shared/` are topics. They lean on each other in one direction: this fails, and names the imports, where a
 * chain of topics leads back to its start. The linter looks for such circles between files.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

type Edge = { readonly from: string; readonly to: string; readonly line: string };

const topicOf = (file: string): string => file.split(sep)[1] ?? '';

const edgesOf = (file: string): Edge[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\bfrom '(\.[^']+)'/g)].flatMap(([, path = '']) => {
    const target = normalize(join(dirname(file), path));
    const [from, to] = [topicOf(file), topicOf(target)];
    return from === to || !target.startsWith(`shared${sep}`) ? [] : [{ from, to, line: `${file} imports ${target}` }];
  });

const edges = globSync('shared/**/*.ts', { cwd: root }).flatMap(edgesOf);
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
if (edges.length === 0) throw new Error('No import between topics was found. Mend: look where .ci/topics.ts searches.');
for (const { line } of circular) console.error(line);
if (circular.length > 0) {
  console.error('These topics lean on each other in a circle. Mend: move what both need below them.');
  process.exitCode = 1;
} else console.log(`${leansOn.size} topics, ${edges.length} imports between them, no circle`);
