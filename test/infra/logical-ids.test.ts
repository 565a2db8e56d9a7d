/** What a deployed stage holds must stay the same resource: another logical id would make a new one and leave the old one behind. */
import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../support/non-empty.ts';
import { synthesize } from './synthesized.ts';

/** As they are deployed. New ones are added here; none is ever changed. */
const deployed: Readonly<Record<string, readonly string[]>> = {
  'AWS::KMS::Key': ['ArchiveKeyDC5BCBC1', 'ArchiveSigningKey1C5F7271', 'KeysCredentials92347FCD', 'KeysDataA2F7C5E6'],
  'AWS::DynamoDB::Table': [
    'ArchiveTable991A9C00',
    'AuditTable6B25623D',
    'CacheTableCDD8F844',
    'ConsumersTable3E290FD8',
    'CredentialsTable6B1379D7',
    'ExportsTableE90497BD',
    'IdempotencyTableE9369C9C',
    'ListsTable91281069',
    'NotificationsTable7330C64A',
    'QuotaTableC7A0ED42',
    'RequestsTable120A2FCC',
    'SamplesTable94748D03',
    'SubscriptionsTable9040D858',
    'TokensTable0FE549DD',
    'UploadsTable8C52B912',
  ],
  'AWS::S3::Bucket': [
    'ArchiveBucket93645409',
    'ArchiveBucketLogs11552600',
    'CacheBucket81F8A3D1',
    'ExportsBucket7CF349E6',
    'ListsBucket6D73E9B0',
    'UploadsBucket6E76B673',
  ],
  'AWS::SQS::Queue': [
    'EnrichmentDocumentsDeadLetters7E0C5B24',
    'EnrichmentDocumentsQueueC221CC2B',
    'EventsForArchiveEventsDeadLetters138CE0C4',
    'EventsForArchiveEventsQueue2CF7C19A',
    'EventsForPurgesEventsDeadLetters1E655BD9',
    'EventsForPurgesEventsQueue7ECF71BE',
    'NotificationsIngressDeadLetters221008BA',
    'NotificationsIngressQueueA437BA7F',
    'NotificationsPullsDeadLetters65D487CE',
    'NotificationsPullsQueue0281AE21',
    'NotificationsReplaysDeadLettersCB22D3D1',
    'NotificationsReplaysQueueCC7D7BD7',
    'OperationsEventsDeadLetters8076395C',
    'OperationsEventsQueue8C75768D',
    'SecondLooks85CD49B2',
  ],
  'AWS::Logs::LogGroup': [
    'ActionsFunctionLogsC5268806',
    'ApiAccessLogs50B185DB',
    'ApiExecutionLogsB326CF6B',
    'ArchiveFunctionLogs8EB93405',
    'ArchiverFunctionLogs256A5F5B',
    'AuditFunctionLogs296A4180',
    'CacheFunctionLogs2DC9496C',
    'ConsumersFunctionLogs4741EA2B',
    'CredentialsFunctionLogsED9EECBC',
    'DispatcherFunctionLogs24BD05DE',
    'DocumentsFunctionLogsADE4D2AF',
    'EnrichFunctionLogs6191766C',
    'EntitiesFunctionLogsA0A1DA11',
    'ExportsFunctionLogs4F27F129',
    'HealthFunctionLogs987E5D6E',
    'HolderFunctionLogs5109B9AD',
    'HooksFunctionLogs8CD4109A',
    'JobsFunctionLogsA7856F44',
    'KeepaliveFunctionLogsC5CC48E9',
    'ListsFunctionLogs65B40F6B',
    'MaterialsFunctionLogsE03B3DB1',
    'MirrorFunctionLogs1B201AED',
    'NativeFunctionLogs014354DC',
    'NotificationsFunctionLogsF957C17A',
    'PullFunctionLogsD040224F',
    'PurgesFunctionLogs371DCA65',
    'QuotaFunctionLogsA7EBD157',
    'RequestsFunctionLogs5FEEDF9D',
    'SamplecheckFunctionLogs25430285',
    'SamplesFunctionLogs08D53A2C',
    'SealerFunctionLogs88779F50',
    'SweepFunctionLogs89B16053',
    'TokensFunctionLogs3534F053',
    'UploadsFunctionLogs71CBBBC9',
    'VerifierFunctionLogs84927AA9',
    'WakeFunctionLogs9D76DF53',
  ],
  // Its id is in the URL that consumers call.
  'AWS::ApiGateway::RestApi': ['ApiRestApiE35FEAFE'],
};

describe.each(['dev', 'prod'])('what stage %s keeps', (stage) => {
  const { ofType } = synthesize(stage);

  it.each(Object.entries(deployed))('%s has the logical ids under which it was deployed', (type, ids) => {
    const present = ofType(type).map(({ id }) => id);
    expect(nonEmpty(present).toSorted()).toEqual(ids);
  });
});
