/** Stages that several test files look at, each at other settings of it: a synthesis takes one to two seconds of the processor. */

/** A stage of production with what each of them sets. */
export const named: Readonly<Record<string, string>> = {
  FACADE_TENANT_URL: 'https://tenant.example.com',
  FACADE_ALARM_EMAIL: 'ops@example.com',
  FACADE_OPERATIONS_READERS: '123456789012',
};

export const vpcEndpointId = 'vpce-0a1b2c3d4e5f67890';
export const deploymentRole = 'org-deployer';
export const runbookUrl = 'https://wiki.example.com/runbook';
export const operationsReader = 'arn:aws:iam::123456789012:role/reader';

/** A private stage of production, with settings that few have. */
export const unusual: Readonly<Record<string, string>> = {
  FACADE_ENDPOINT_TYPE: 'private',
  FACADE_VPC_ENDPOINT_IDS: vpcEndpointId,
  FACADE_DEPLOYMENT_ROLE: deploymentRole,
  FACADE_RUNBOOK_URL: runbookUrl,
  FACADE_OPERATIONS_READERS: `210987654321, ${operationsReader}`,
};

export const page = 'https://app.example.com';

/** For the stage `dev`: one page that may call, people who link their tokens, and other times than usual. */
export const linking: Readonly<Record<string, string>> = {
  FACADE_CORS_ORIGINS: page,
  FACADE_OAUTH_CLIENT_ID: 'client-1',
  FACADE_AUDIT_RETENTION_DAYS: '400',
  FACADE_AUDIT_WHEN_STORE_FAILS: 'admit',
  FACADE_IDEMPOTENCY_HOURS: '48',
};
