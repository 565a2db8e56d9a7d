/**
 * `npm run synth -- [--stage NAME] [--out DIR] [--no-checks]`: bundles the functions and writes the cloud assembly.
 * Needs neither credentials nor Docker nor network. Ends with status 1 when cdk-nag has a finding that nobody answered for.
 */
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleFunctions, describeBundles } from './bundle.ts';
import { createApp, findings } from './create-app.ts';
import { explainFailures } from './explain.ts';

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string', default: 'dev' },
      out: { type: 'string', default: 'cdk.out' },
      checks: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  return values;
};

const synth = async (): Promise<void> => {
  const { stage, out, checks } = readOptions();
  console.log(`Bundled:\n${describeBundles(await bundleFunctions())}`);
  const { app, stack } = createApp({ stage, outdir: resolve(out), checks: false, env: process.env });
  app.synth();
  console.log(`Synthesized ${stack.stackName} into ${relative('.', resolve(out)) || '.'}`);
  const found = checks ? findings(app) : [];
  if (checks) console.log(`cdk-nag AwsSolutions: ${found.length} unsuppressed findings`);
  if (found.length === 0) return;
  console.error(found.join('\n'));
  process.exitCode = 1;
};

await explainFailures(synth);
