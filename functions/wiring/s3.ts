/** How clients of S3 are made here. */

/** The twin's S3 has one host for all buckets. */
export const s3Addressing = () => ({ forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined });
