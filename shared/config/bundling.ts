import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { directImports } from './direct-imports.ts';
import { precompute } from './precomputed.ts';

const projectFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * How every function is bundled, as options of esbuild: the bundler of the stack and the benchmark of cold starts both
 * use them, so that what is measured is what is deployed.
 */
export const bundling = {
  bundle: true,
  write: false,
  // What a function imports while it runs is a file of its own, which is read with the first use.
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  outExtension: { '.js': '.mjs' },
  // CommonJS dependencies inside an ES module bundle still call `require` for Node's built-ins. Each file of a bundle needs its own.
  banner: {
    js: `import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);`,
  },
  // Lambda gives credentials in the environment. The SDK's chain of providers for everywhere else (SSO, profiles, web
  // identity, processes) is 132 KiB of each bundle and a fifth of its start.
  alias: {
    '@aws-sdk/credential-provider-node': projectFile('functions/edge/lambda-credentials.ts'),
    'node:http': projectFile('functions/edge/node-http-module.ts'),
  },
  plugins: [precompute, directImports(projectFile('node_modules'))] as Plugin[],
  metafile: true,
} as const;
