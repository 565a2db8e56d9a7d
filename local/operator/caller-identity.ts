/** The AWS identity that runs a command, as STS names it for the credentials of the shell. */
import { createHash, createHmac } from 'node:crypto';

type SigningCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
};

export type Signing = {
  readonly credentials: SigningCredentials;
  readonly region: string;
  readonly service: string;
  readonly now: Date;
};

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * The headers of a POST to the root of an AWS service, signed by Signature Version 4 (IAM user guide, "Create a signed AWS API
 * request"). The SDK's own client of STS would be one more dependency for one call.
 */
export const signedHeaders = (
  host: string,
  contentType: string,
  body: string,
  { credentials, region, service, now }: Signing,
): Record<string, string> => {
  const amzDate = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const { sessionToken } = credentials;
  const headers: Record<string, string> = {
    'content-type': contentType,
    host,
    'x-amz-date': amzDate,
    ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hash(body),
  ].join('\n');
  const day = amzDate.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(mac, `AWS4${credentials.secretAccessKey}`);
  const signature = mac(key, `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${hash(canonical)}`).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...headers, authorization };
};

const body = 'Action=GetCallerIdentity&Version=2011-06-15';
const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
const mostMillis = 5_000;

/** If STS does not answer, the audit entry says so, and the command continues. */
export const unknownIdentity = 'an AWS identity that could not be told';

/**
 * The ARN of the owner of the credentials; never throws.
 * @param endpoint of STS; left out = the region's.
 */
export const callerIdentity = async (
  signing: Omit<Signing, 'service' | 'now'>,
  endpoint = `https://sts.${signing.region}.amazonaws.com`,
): Promise<string> => {
  try {
    const { host, origin } = new URL(endpoint);
    const { host: _host, ...headers } = signedHeaders(host, contentType, body, {
      ...signing,
      service: 'sts',
      now: new Date(),
    });
    const signal = AbortSignal.timeout(mostMillis);
    const answer = await fetch(`${origin}/`, { method: 'POST', headers, body, signal, redirect: 'error' });
    const arn = /<Arn>(arn:[^<]{1,2000})<\/Arn>/.exec(await answer.text())?.[1];
    return arn ?? unknownIdentity;
  } catch {
    return unknownIdentity;
  }
};
