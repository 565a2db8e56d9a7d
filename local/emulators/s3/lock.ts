/** Object Lock: retention and legal hold of versions (S3 user guide, "How S3 Object Lock works"). */
import { type Bucket, type DefaultRetention, isDeleteMarker, type ObjectVersion, type Retention } from './model.ts';
import type { S3Request } from './request.ts';
import { S3Error } from './s3-error.ts';

type Permission = { readonly nowMillis: number; readonly bypassGovernance: boolean };

export const permissionOf = ({ headers, nowMillis }: S3Request): Permission => ({
  nowMillis,
  bypassGovernance: headers.get('x-amz-bypass-governance-retention')?.toLowerCase() === 'true',
});

/** @throws S3Error AccessDenied while a legal hold or a retention protects the version */
export const assertDeletable = (version: ObjectVersion, permission: Permission): void => {
  if (isDeleteMarker(version)) return;
  if (version.legalHold || isRetained(version.retention, permission))
    throw new S3Error('AccessDenied', 'Access Denied because object protected by object lock.');
};

/** Longer in the same mode is always allowed. @throws S3Error AccessDenied for another change of a retention in force */
export const assertRetentionChange = (
  version: ObjectVersion,
  next: Retention | undefined,
  permission: Permission,
): void => {
  const current = version.retention;
  if (!current || !isRetained(current, permission)) return;
  if (next?.mode !== current.mode || next.untilMillis < current.untilMillis)
    throw new S3Error('AccessDenied', 'Access Denied because object protected by object lock.');
};

const isRetained = (retention: Retention | undefined, { nowMillis, bypassGovernance }: Permission): boolean =>
  retention !== undefined &&
  retention.untilMillis > nowMillis &&
  !(retention.mode === 'GOVERNANCE' && bypassGovernance);

/** Lock of a new version: from the headers, else from the default of the bucket. @throws S3Error InvalidRequest */
export const lockOfNewVersion = (
  { headers, nowMillis }: S3Request,
  bucket: Bucket,
): Pick<ObjectVersion, 'retention' | 'legalHold'> => {
  const mode = headers.get('x-amz-object-lock-mode');
  const until = headers.get('x-amz-object-lock-retain-until-date');
  const hold = headers.get('x-amz-object-lock-legal-hold');
  if (mode !== undefined || until !== undefined || hold !== undefined) assertLockEnabled(bucket);
  const retention =
    mode === undefined && until === undefined
      ? defaultRetention(bucket.settings.lock?.defaultRetention, nowMillis)
      : parseRetention(mode, until, nowMillis);
  return { ...(retention ? { retention } : {}), ...(parseHold(hold) ? { legalHold: true } : {}) };
};

/** @throws S3Error InvalidRequest */
export const assertLockEnabled = ({ settings }: Bucket): void => {
  if (!settings.lock) throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
};

/** @throws S3Error InvalidArgument; or `code` for values that are none: a document with them does not validate */
export const parseRetention = (
  mode: string | undefined,
  until: string | undefined,
  nowMillis: number,
  code: 'InvalidArgument' | 'MalformedXML' = 'InvalidArgument',
): Retention => {
  const untilMillis = Date.parse(until ?? '');
  if (!isMode(mode) || Number.isNaN(untilMillis))
    throw new S3Error(code, 'Object lock needs a mode, GOVERNANCE or COMPLIANCE, and a date');
  if (untilMillis <= nowMillis) throw new S3Error('InvalidArgument', 'The retain until date must be in the future!');
  return { mode, untilMillis };
};

export const isMode = (mode: string | undefined): mode is Retention['mode'] =>
  mode === 'GOVERNANCE' || mode === 'COMPLIANCE';

/** @throws S3Error `code` */
export const parseHold = (
  status: string | undefined,
  code: 'InvalidArgument' | 'MalformedXML' = 'InvalidArgument',
): boolean => {
  if (status !== undefined && status !== 'ON' && status !== 'OFF')
    throw new S3Error(code, 'The legal hold is ON or OFF');
  return status === 'ON';
};

const defaultRetention = (setting: DefaultRetention | undefined, nowMillis: number): Retention | undefined => {
  if (!setting) return undefined;
  const until = new Date(nowMillis);
  if (setting.unit === 'Days') until.setUTCDate(until.getUTCDate() + setting.count);
  else until.setUTCFullYear(until.getUTCFullYear() + setting.count);
  return { mode: setting.mode, untilMillis: until.getTime() };
};
