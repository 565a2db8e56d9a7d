/** The resource types that the twin runs, and those that it may leave out without an effect on one machine. */
import { templateError } from '../twin-error.ts';
import type { Assembly } from './assembly.ts';

const run: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SQS::Queue',
  'AWS::S3::Bucket',
  'AWS::KMS::Key',
  'AWS::KMS::Alias',
  'AWS::Lambda::Function',
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::Events::Rule',
]);

/** Rights, watching and clean-up: the twin enforces no IAM, keeps its own logs and has no account to bill. */
const leftOut: readonly RegExp[] = [
  /^AWS::IAM::/,
  /^AWS::Logs::/,
  /^AWS::CloudWatch::/,
  /^AWS::CDK::Metadata$/,
  /^AWS::XRay::/,
  /^AWS::WAFv2::/,
  /^AWS::SNS::/,
  /^AWS::EC2::/,
  /^AWS::Budgets::/,
  /^AWS::Lambda::Permission$/,
  /^AWS::ApiGateway::Account$/,
  /^AWS::SQS::QueuePolicy$/,
  /^AWS::S3::BucketPolicy$/,
  /^Custom::S3AutoDeleteObjects$/,
  /^Custom::LogRetention$/,
];

/** @throws TwinError at the first resource that the twin neither runs nor may leave out. */
export const checkSupported = (assembly: Assembly): void => {
  for (const [logicalId, { Type }] of Object.entries(assembly.template.Resources)) {
    if (run.has(Type) || leftOut.some((pattern) => pattern.test(Type))) continue;
    throw templateError(logicalId, `the twin does not know ${Type}. Fix: teach it in local/gateway, or leave it out.`);
  }
};
