/**
 * Run by global-twin.ts, in a process of its own: bundles the functions, and writes the stack of the stage `local` twice, as it is, and with
 * origins of web pages and the aliases of the seed. `node synthesize-twins.ts <folder> <folder of the second> <origins>`.
 */
import { bundleFunctions } from '../../infra/bundle.ts';
import { createApp } from '../../infra/create-app.ts';
import { mirrored } from './mirror-hook.ts';

const [plainDir = '', pagesDir = '', origins = ''] = process.argv.slice(2);
/** Stand-ins in the template: each twin overrides them with its own. */
const env = { PORT: '4000', SIGNALS_URL: 'http://127.0.0.1:4010', FACADE_MIRRORS: JSON.stringify([mirrored]) };

await bundleFunctions({ reuse: true });
createApp({ stage: 'local', outdir: plainDir, checks: false, env }).app.synth();
createApp({
  stage: 'local',
  outdir: pagesDir,
  checks: false,
  // Without the mirror: with it and the aliases the stack has more than 500 resources.
  env: { ...env, FACADE_MIRRORS: '', FACADE_CORS_ORIGINS: origins, FACADE_SEED_ALIASES: 'on' },
}).app.synth();
