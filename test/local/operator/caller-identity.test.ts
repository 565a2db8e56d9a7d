import { describe, expect, it } from 'vitest';
import { callerIdentity, signedHeaders, unknownIdentity } from '../../../local/operator/caller-identity.ts';
import { startUpstream } from '../../support/upstream.ts';

/** The example credentials of the AWS documentation. */
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const region = 'us-east-1';

describe('signedHeaders', () => {
  /** Signatures as @smithy/signature-v4 5.x makes them. */
  it.each([
    [undefined, '52a8540fea00e731072179f763577cbe2a45eac2c5d32fb4d785f3eefac88165'],
    ['a-session-token', '2798d4e7a41ad5d9ab058c909af8a12fcd742866fefb36d82114b401724067bd'],
  ])('signs as the SDK does, with the session token %s', (sessionToken, signature) => {
    const { authorization } = signedHeaders(
      'sts.us-east-1.amazonaws.com',
      'application/x-www-form-urlencoded; charset=utf-8',
      'Action=GetCallerIdentity&Version=2011-06-15',
      {
        credentials: { ...credentials, sessionToken },
        region,
        service: 'sts',
        now: new Date('2015-08-30T12:36:00Z'),
      },
    );
    expect(authorization).toMatch(new RegExp(`Signature=${signature}$`));
  });
});

describe('callerIdentity', () => {
  it('gives the ARN that STS names, and shows STS no secret', async () => {
    const arn = 'arn:aws:sts::123456789012:assumed-role/Admin/anna';
    const { url, seen } = await startUpstream((_request, response) => {
      response.end(`<GetCallerIdentityResponse><Arn>${arn}</Arn></GetCallerIdentityResponse>`);
    });
    expect(await callerIdentity({ credentials, region }, url)).toBe(arn);
    const [request] = seen;
    expect(request?.headers).toContainEqual(['authorization', expect.stringContaining('/us-east-1/sts/aws4_request')]);
    expect(JSON.stringify(request)).not.toContain(credentials.secretAccessKey);
  });

  it('is not held up by an STS that refuses, answers nonsense or is not there', async () => {
    const refusing = await startUpstream((_request, response) => void response.writeHead(403).end('<Error/>'));
    expect(await callerIdentity({ credentials, region }, refusing.url)).toBe(unknownIdentity);
    const broken = await startUpstream((_request, response) => response.destroy());
    expect(await callerIdentity({ credentials, region }, broken.url)).toBe(unknownIdentity);
    expect(await callerIdentity({ credentials, region }, 'not a url')).toBe(unknownIdentity);
  });
});
