/** Clients of S3. */

/** The twin's S3 has one host for all buckets. */
export const s3Addressing = () => ({ forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined });
