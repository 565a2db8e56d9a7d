/** The text that is printed when the twin is ready. */
import { join } from 'node:path';
import { demoConsumers } from '../operator/seed.ts';
import type { Tenant } from './settings.ts';
import { simulatorKey } from './settings.ts';
import type { Twin } from './twin.ts';

const tenantRows = (tenant: Tenant): [string, string][] =>
  tenant.kind === 'real'
    ? [['Signals tenant', tenant.url]]
    : [
        ['Signals simulator', `http://127.0.0.1:${tenant.port}`],
        ['Simulator key', simulatorKey],
      ];

/** Runs as it stands, once QUEUE_URL holds the `queueUrl` of a subscription. */
const readerOf = (sqsUrl: string): string =>
  `AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any aws sqs receive-message --endpoint-url ${sqsUrl} --region us-east-1 --wait-time-seconds 20 --queue-url "$QUEUE_URL"`;

/** Its folder is one that archive-verify checks. */
const copierOf = (s3Url: string, bucket: string): string =>
  `AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws s3 sync s3://${bucket} archive --endpoint-url ${s3Url} --region us-east-1`;

/** Runs as it stands: who calls with a token of the demo issuer for Anna. */
const tokenCallOf = (facadeUrl: string, issuerUrl: string): string =>
  `curl -H "authorization: Bearer $(curl -q -s -H accept:text/plain -d client_id=demo-people -d username=anna ${issuerUrl}/token)" ${facadeUrl}/v1/me`;

/** URLs and keys as a table. The key of a real tenant is never shown. */
export const describeTwin = (
  { url: facadeUrl, sqsUrl, s3Url, archiveBucket, issuerUrl, stateDir }: Twin,
  tenant: Tenant,
): string => {
  const consumers = demoConsumers.map(({ key, about }, index): [string, string] => [
    index === 0 ? 'Facade keys' : '',
    `${key} (${about})`,
  ]);
  const rows: [string, string][] = [
    ['Facade', facadeUrl],
    ['Documentation', `${facadeUrl}/docs`],
    ['Operations', `${facadeUrl}/ops (with the key demo-admin)`],
    ...consumers,
    ['Identity tokens', issuerUrl],
    ['Call with one', tokenCallOf(facadeUrl, issuerUrl)],
    ['Administration', `OPERATOR_KEY=demo-admin npm run operator -- consumers list --url ${facadeUrl}`],
    ...tenantRows(tenant),
    ['SQS', `${sqsUrl} (region us-east-1, any credentials)`],
    ['Read a queue', readerOf(sqsUrl)],
    ['Archive', `s3://${archiveBucket} at ${s3Url} (user local, password local)`],
    ['Copy the archive', copierOf(s3Url, archiveBucket)],
    ['State', stateDir],
    ['Logs', join(stateDir, 'logs')],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
};
