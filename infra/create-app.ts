/** Makes the CDK app of one stage, for the CDK command line, `npm run synth` and the tests. */
import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleRoot } from './bundle.ts';
import { FacadeStack } from './facade-stack.ts';
import { loadStageConfig, overridableFields, type StageConfig } from './stage-config.ts';

export type CreateAppOptions = {
  /** Default: context `stage`, else `dev`. */
  readonly stage?: string;
  /** Folder of the cloud assembly; default = CDK's own. */
  readonly outdir?: string;
  /** Folder of the bundled functions; default = that of infra/bundle.ts. */
  readonly bundles?: string;
  /** Whether cdk-nag checks the stack during synthesis (some seconds). */
  readonly checks: boolean;
  /** Whether the CDK's own rules check the template (some seconds); default = `checks`. */
  readonly validates?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly context?: Readonly<Record<string, string>>;
};

/** Context that the CDK command line also sets, so that every way to synthesize gives the same template. */
const standardContext = {
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:enable-path-metadata': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
};

const toAppProps = ({ outdir, context, checks, validates = checks }: CreateAppOptions): AppProps => ({
  analyticsReporting: false,
  builtinCloudFormationValidation: validates,
  context: { ...standardContext, ...context },
  ...(outdir === undefined ? {} : { outdir }),
});

const overrides = (app: App): Record<string, string | undefined> =>
  Object.fromEntries(overridableFields.map((field) => [field, app.node.tryGetContext(field)]));

const readConfig = (app: App, { stage, env }: CreateAppOptions): StageConfig =>
  loadStageConfig(stage ?? app.node.tryGetContext('stage') ?? 'dev', env, overrides(app));

/** Reads the stage's configuration and nothing else, before slow work begins. @throws StageConfigError when it is wrong. */
export const checkConfig = (options: CreateAppOptions): void => void readConfig(new App(toAppProps(options)), options);

/**
 * Builds the construct tree; nothing is written until `app.synth()`. The functions must have been bundled before.
 * @throws StageConfigError when the stage's configuration is wrong.
 */
export const createApp = (options: CreateAppOptions): { readonly app: App; readonly stack: FacadeStack } => {
  const app = new App(toAppProps(options));
  const stack = new FacadeStack(app, readConfig(app, options), options.bundles ?? bundleRoot);
  if (options.checks) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
};

/** Every finding of cdk-nag's AwsSolutions without an accepted reason, one line each. */
export const findings = (app: App): string[] =>
  new AwsSolutionsChecks()
    .validateScope(app)
    .violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}: ${description}`),
    );
