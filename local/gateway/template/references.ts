/** The results of Ref and Fn::GetAtt for each resource. They are known before any resource exists, because the twin chooses names and ARNs. */
import type { Assembly, TemplateResource } from './assembly.ts';
import { type Reference, resolveIntrinsics, type Scope } from './intrinsics.ts';

/** The account of every ARN in the twin; the queue emulator answers with the same one. */
export const accountId = '000000000000';

type Naming = { readonly property: string; readonly limit: number; readonly lowerCase?: boolean };
/** Limits of AWS for names that we have to make up. */
const namings: Readonly<Record<string, Naming>> = {
  'AWS::DynamoDB::Table': { property: 'TableName', limit: 255 },
  'AWS::DynamoDB::GlobalTable': { property: 'TableName', limit: 255 },
  'AWS::SQS::Queue': { property: 'QueueName', limit: 75 },
  'AWS::S3::Bucket': { property: 'BucketName', limit: 63, lowerCase: true },
  'AWS::KMS::Alias': { property: 'AliasName', limit: 256 },
  'AWS::Lambda::Function': { property: 'FunctionName', limit: 64 },
  'AWS::ApiGateway::Stage': { property: 'StageName', limit: 128 },
  'AWS::Events::Rule': { property: 'Name', limit: 64 },
};

const madeUpName = (logicalId: string, stackName: string, naming: Naming, resource: TemplateResource): string => {
  // The end of a logical id is its hash, which keeps shortened names apart.
  const full = `${stackName}-${logicalId}`;
  const name = full.length <= naming.limit ? full : `${full.slice(0, naming.limit - 9)}-${full.slice(-8)}`;
  const cased = naming.lowerCase ? name.toLowerCase() : name;
  return resource.Properties.FifoQueue === true ? `${cased}.fifo` : cased;
};

const attributesOf = (type: string, name: string, region: string): Record<string, string> => {
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;
  switch (type) {
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return { Arn: arn('dynamodb', `table/${name}`), StreamArn: arn('dynamodb', `table/${name}/stream/twin`) };
    case 'AWS::SQS::Queue':
      return { Arn: arn('sqs', name), QueueName: name };
    case 'AWS::S3::Bucket':
      return { Arn: `arn:aws:s3:::${name}`, DomainName: `${name}.s3.amazonaws.com` };
    case 'AWS::Lambda::Function':
      return { Arn: arn('lambda', `function:${name}`) };
    case 'AWS::ApiGateway::RestApi':
      return { RootResourceId: `${name}/root`, RestApiId: name };
    case 'AWS::Events::Rule':
      return { Arn: arn('events', `rule/${name}`) };
    default:
      // Roles, log groups and similar resources: the twin does not use them, so a name is enough.
      return { Arn: arn('twin', name), RoleId: name, Id: name };
  }
};

/** One reference per resource. Keys and queue addresses are put in later, once the emulators have answered. */
export const createReferences = (assembly: Assembly, scope: Scope): Map<string, Reference> =>
  new Map(
    Object.entries(assembly.template.Resources).map(([logicalId, resource]) => {
      const naming = namings[resource.Type];
      const given = naming && resolveIntrinsics(resource.Properties[naming.property], scope);
      const name = given ?? (naming ? madeUpName(logicalId, assembly.stackName, naming, resource) : logicalId);
      const attributes = attributesOf(resource.Type, String(name), assembly.region);
      return [logicalId, { ref: String(name), attributes }] as const;
    }),
  );
