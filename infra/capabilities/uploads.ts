/** Bodies above the gateway's limit (docs/uploads.md): their table and bucket, and the routes of /v1/uploads. */
import { HttpMethods } from 'aws-cdk-lib/aws-s3';
import { variables } from '../../shared/config/names.ts';
import { preflightSeconds } from '../../shared/http/cors.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { PrivateBucket, type PrivateBucketUse } from '../constructs/private-bucket.ts';
import type { Stage } from '../constructs/stage.ts';
import { type Native, streamingSize } from './native.ts';

/** The presigned URL requires the type and the length. Browsers set the length themselves, and need no CORS permission for it. */
const putFrom = (corsOrigins: readonly string[]) => ({
  allowedOrigins: [...corsOrigins],
  allowedMethods: [HttpMethods.PUT],
  allowedHeaders: ['content-type'],
  exposedHeaders: ['ETag'],
  maxAge: preflightSeconds,
});

/** Keeps uploads between the presigned PUT and the forward call, a day at most. @param corsOrigins origins whose pages may PUT. */
const bucketUse = (corsOrigins: readonly string[]): PrivateBucketUse => ({
  expireDays: 1,
  actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
  whyNoAccessLogs:
    'Transit storage for at most one day, reachable only through presigned URLs and the uploads function, which logs each of both. Server access logs would keep the signed query strings longer than the objects.',
  whyAllObjects:
    'Object keys are made up for each upload, so the right covers the objects of this one bucket, which holds nothing else.',
  ...(corsOrigins.length > 0 ? { cors: [putFrom(corsOrigins)] } : {}),
});

type Lenders = { readonly native: Native };

export class Uploads {
  readonly fn: FacadeFunction;

  constructor(stage: Stage, { native }: Lenders) {
    const { config } = stage;
    const table = stage.createTable('UploadsTable');
    const bucket = new PrivateBucket(stage.stack, 'UploadsBucket', stage.storeProps, bucketUse(config.corsOrigins));
    this.fn = stage.createFunction('uploads', streamingSize);
    table.grantReadWrite(this.fn, variables.uploadsTable);
    bucket.grantObjects(this.fn, variables.uploadsBucket);
    this.fn.setVariable(variables.uploadsMostOpen, String(config.uploadsMostOpen));
    this.fn.setVariable(variables.uploadsMostGiBPerDay, String(config.uploadsMostGiBPerDay));
    // A forward call needs the rights of a native call.
    native.grantPipeline(this.fn);
    stage.dashboards.addRow('Uploads', { functions: [this.fn] });
    stage.addOutputs({ UploadsTable: table.table.tableName, UploadsBucket: bucket.bucket.bucketName });
  }
}
