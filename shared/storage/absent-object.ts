/**
 * Whether S3 answered a read with "there is no such object". Without the right to list the bucket, which no function of the
 * facade has, that is 403 AccessDenied (S3 API reference, GetObject, "Permissions"), the same as for a right that is missing:
 * whoever treats it as absent should log it.
 */
export const isAbsentObject = (error: unknown): boolean =>
  error instanceof Error && ['NoSuchKey', 'AccessDenied'].includes(error.name);
