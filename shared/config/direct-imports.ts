/**
 * Imports of the SDK by the file that a name is defined in, instead of by the index of its package. With splitting, esbuild loads with
 * the start whatever an index names and a later part uses: the XML of S3, which only a large answer needs, was 60 KB of each start.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Where a name is defined, and how it is called there. */
type Place = { readonly file: string; readonly name: string };
type Index = ReadonlyMap<string, Place>;

/** An index of a part, such as `@smithy/core/serde`. */
const part = /^(@smithy|@aws-sdk)\/core\/([\w-]+)$/;
const statement = /^(import|export) \{([^}]*)\} from "([^"]+)";$/gm;

type Names = readonly { readonly name: string; readonly as: string }[];

const namesIn = (list: string): Names =>
  list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => {
      const [name = '', as = name] = item.split(' as ');
      return { name, as };
    });

const createIndexes = (packagesFolder: string) => {
  const indexes = new Map<string, Index>();

  const read = (specifier: string): Index => {
    const [, scope = '', name = ''] = part.exec(specifier) ?? [];
    const file = join(packagesFolder, scope, 'core', 'dist-es', 'submodules', name, 'index.js');
    const places = new Map<string, Place>();
    for (const [, kind, list = '', from = ''] of readFileSync(file, 'utf8').matchAll(statement)) {
      if (kind !== 'export') continue;
      for (const { name: original, as } of namesIn(list)) {
        const place = from.startsWith('.') ? { file: join(dirname(file), from), name: original } : undefined;
        const found = place ?? (part.test(from) ? indexOf(from).get(original) : undefined);
        if (found) places.set(as, found);
      }
    }
    return places;
  };

  const indexOf = (specifier: string): Index => {
    const known = indexes.get(specifier) ?? read(specifier);
    indexes.set(specifier, known);
    return known;
  };
  return indexOf;
};

/** The module with direct imports. A name that its index computes itself is imported from the index. */
const direct = (text: string, indexOf: (specifier: string) => Index): string =>
  text.replaceAll(statement, (whole, kind: string, list: string, from: string) => {
    if (!part.test(from)) return whole;
    const index = indexOf(from);
    return namesIn(list)
      .map(({ name, as }) => {
        const place = index.get(name) ?? { file: from, name };
        return `${kind} { ${place.name} as ${as} } from ${JSON.stringify(place.file)};`;
      })
      .join('');
  });

export const directImports = (packagesFolder: string): Plugin => ({
  name: 'direct-imports',
  setup(build) {
    const indexOf = createIndexes(packagesFolder);
    build.onLoad({ filter: /[\\/]node_modules[\\/]@(aws-sdk|smithy)[\\/].*[\\/]dist-es[\\/].*\.js$/ }, ({ path }) => ({
      contents: direct(readFileSync(path, 'utf8'), indexOf),
      loader: 'js',
    }));
  },
});
