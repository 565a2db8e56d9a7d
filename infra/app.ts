/** The entry that cdk.json names: `npx cdk deploy -c stage=NAME` bundles and synthesizes through this file. */
import { bundleFunctions } from './bundle.ts';
import { checkConfig, createApp } from './create-app.ts';
import { explainFailures } from './explain.ts';

process.exitCode = await explainFailures(async () => {
  const options = { checks: true, env: process.env };
  checkConfig(options);
  await bundleFunctions();
  createApp(options).app.synth();
  return 0;
});
