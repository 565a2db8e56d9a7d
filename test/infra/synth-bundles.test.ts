/** Which stages `npm run synth` may give bundles that were made before. */
import { expect, it, vi } from 'vitest';
import { synthCommand } from '../../infra/synth-command.ts';
import { temporaryFolder } from '../support/aws.ts';

const bundleFunctions = vi.hoisted(() => vi.fn<(options: { readonly reuse?: boolean }) => Promise<never>>());
vi.mock('../../infra/bundle.ts', () => ({ bundleFunctions, describeBundles: () => '', bundleRoot: '' }));

it.each([
  ['dev', false],
  ['prod', false],
  ['local', true],
])('the bundles of the stage %s may be those of before: %s', async (stage, reuse) => {
  bundleFunctions.mockReset().mockRejectedValue(new Error('Enough was seen.'));
  const run = synthCommand(['--stage', stage, '--out', await temporaryFolder()], {});
  await expect(run).rejects.toThrow('Enough was seen.');
  expect(bundleFunctions.mock.calls).toEqual([[{ reuse }]]);
});
