/** What the synthesized template of a stage says about cost. Bundles are empty: no figure depends on them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../infra/create-app.ts';
import { functionNames } from '../../infra/function-names.ts';
import { accessLineBytes, platformBytes } from './log-lines.ts';

type Resource = { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> };
export type Resources = Readonly<Record<string, Resource>>;

const withFolder = <Value>(use: (folder: string) => Value): Value => {
  const folder = mkdtempSync(join(tmpdir(), 'facade-cost-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The resources of a stage, by logical id. */
export const synthesizeResources = (stage: string, env: Readonly<Record<string, string>> = {}): Resources =>
  withFolder((folder) => {
    const bundles = join(folder, 'bundles');
    for (const name of functionNames) {
      mkdirSync(join(bundles, name), { recursive: true });
      writeFileSync(join(bundles, name, 'index.mjs'), `// ${name}\n`);
    }
    const { app, stack } = createApp({ stage, outdir: join(folder, 'out'), bundles, checks: false, env });
    return app.synth().getStackByName(stack.stackName).template.Resources as Resources;
  });

export const ofType = (resources: Resources, type: string): [string, Readonly<Record<string, unknown>>][] =>
  Object.entries(resources).flatMap(([id, { Type, Properties = {} }]) => (Type === type ? [[id, Properties]] : []));

type Logging = { readonly SystemLogLevel?: string } | undefined;
type Sampling = { readonly FixedRate: number };

export type TemplateFacts = {
  readonly resources: Resources;
  readonly accessLineBytes: number;
  /** Of Lambda's own lines about an invocation that succeeds. */
  readonly platformBytes: number;
  readonly hasFirewall: boolean;
  /** Of the requests, from 0 to 1. */
  readonly tracedShare: number;
  /** @param name of the function in the twin, which ends with its name or holds its logical id. */
  memoryOf(name: string): number;
};

export const readTemplateFacts = (resources: Resources): TemplateFacts => {
  const functions = ofType(resources, 'AWS::Lambda::Function');
  const [[, stage] = ['', {}]] = ofType(resources, 'AWS::ApiGateway::Stage');
  const { Format = '' } = (stage.AccessLogSetting ?? {}) as { Format?: string };
  const isSilent = functions.every(([, { LoggingConfig }]) => (LoggingConfig as Logging)?.SystemLogLevel === 'WARN');
  const [[, sampling] = ['', {}]] = ofType(resources, 'AWS::XRay::SamplingRule');
  return {
    resources,
    accessLineBytes: accessLineBytes(Format),
    platformBytes: isSilent ? 0 : platformBytes,
    hasFirewall: ofType(resources, 'AWS::WAFv2::WebACL').length > 0,
    tracedShare: (sampling.SamplingRule as Sampling | undefined)?.FixedRate ?? 0,
    memoryOf(name) {
      const found = functions.find(([id, { Description }]) => {
        const own = String(Description).replace('signals-facade: ', '');
        return name === own || name.includes(id) || name.endsWith(`-${own}`);
      });
      if (!found) throw new Error(`The template has no function ${name}.`);
      return Number(found[1].MemorySize);
    },
  };
};
