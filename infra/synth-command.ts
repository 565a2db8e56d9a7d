/**
 * `npm run synth -- [--stage NAME] [--out DIR] [--no-checks]`: bundles the functions and writes the cloud assembly.
 * Needs neither credentials nor Docker nor network. Ends with status 1 if cdk-nag has a finding without an accepted reason.
 */
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFolder } from '../shared/storage/make-folder.ts';
import { explainFailures } from './explain.ts';
import { loadStageConfig, stageNames } from './stage-config.ts';
import { UsageError } from './usage-error.ts';

const help = `Usage: npm run synth -- [--stage NAME] [--out DIR] [--no-checks] [--help]

Bundles the functions and writes the CloudFormation template, offline.

  --stage NAME  ${stageNames.join(', ')} (dev)
  --out DIR     where the cloud assembly goes (cdk.out)
  --no-checks   without cdk-nag and the CDK's rules for templates

Every field of infra/stage-config.ts is also a variable: tenantUrl is FACADE_TENANT_URL.`;

const readOptions = (args: readonly string[]) => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        stage: { type: 'string', default: 'dev' },
        out: { type: 'string', default: 'cdk.out' },
        checks: { type: 'boolean', default: true },
        help: { type: 'boolean', default: false },
      },
      allowNegative: true,
    });
    return values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('\n')[0]} Fix: npm run synth -- --help lists the options.`);
  }
};

type Environment = Readonly<Record<string, string | undefined>>;

const synth = async (args: readonly string[], env: Environment): Promise<number> => {
  const { stage, out, checks, help: wantsHelp } = readOptions(args);
  if (wantsHelp) {
    console.log(help);
    return 0;
  }
  const options = { stage, outdir: resolve(out), checks: false, validates: checks, env };
  // Created before the CDK does it: the CDK never ends if the parent folder cannot be written to, such as /proc.
  makeFolder(options.outdir);
  loadStageConfig(stage, env);
  // Loaded only now, so that help and error messages do not wait for the CDK packages.
  const { createApp, findings } = await import('./create-app.ts');
  const { bundleFunctions, describeBundles } = await import('./bundle.ts');
  // What is deployed is always bundled anew.
  const bundles = await bundleFunctions({ reuse: stage === 'local' });
  console.log(`Bundled:\n${describeBundles(bundles)}`);
  const { app, stack } = createApp(options);
  app.synth();
  console.log(`Synthesized ${stack.stackName} into ${relative('.', resolve(out)) || '.'}`);
  const found = checks ? findings(app) : [];
  if (checks) console.log(`cdk-nag AwsSolutions: ${found.length} unsuppressed findings`);
  if (found.length === 0) return 0;
  console.error(found.join('\n'));
  return 1;
};

/** The command, with what follows `--` on its line. Returns the status of the process. A mistake is printed as one line. */
export const synthCommand = (args: readonly string[], env: Environment): Promise<number> =>
  explainFailures(() => synth(args, env));
