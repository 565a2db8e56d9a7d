/** The entry that cdk.json names: `npx cdk deploy -c stage=NAME` bundles and synthesizes through this file. */
import { bundleFunctions } from './bundle.ts';
import { createApp } from './create-app.ts';
import { explainFailures } from './explain.ts';

await explainFailures(async () => {
  await bundleFunctions();
  createApp({ checks: true, env: process.env }).app.synth();
});
