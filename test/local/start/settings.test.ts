import { describe, expect, it } from 'vitest';
import { describeTwin } from '../../../local/start/banner.ts';
import { readSettings } from '../../../local/start/settings.ts';

describe('the settings of npm start', () => {
  it('are ports 4000, 4010 and 4020, the simulator and a kept state by default', () => {
    expect(readSettings([], {})).toMatchObject({
      port: 4000,
      sqsPort: 4020,
      issuerPort: 4030,
      tenant: { kind: 'simulator', port: 4010 },
      stateDir: expect.stringMatching(/\.twin$/),
      isFresh: false,
    });
  });

  it('take a real tenant when its URL and its key are both set', () => {
    const settings = readSettings([], { SIGNALS_URL: 'https://snb.example.com', SIGNALS_API_KEY: 'k' });

    expect(settings?.tenant).toEqual({ kind: 'real', url: 'https://snb.example.com', apiKey: 'k' });
  });

  it.each([
    ['only the URL of a tenant', [], { SIGNALS_URL: 'https://snb.example.com' }, /SIGNALS_API_KEY is not\. Fix:/],
    ['only the key of a tenant', [], { SIGNALS_API_KEY: 'k' }, /SIGNALS_URL is not\. Fix:/],
    ['a port that is none', [], { PORT: '4000x' }, /PORT is "4000x"\. Fix:/],
    ['a port that is too high', [], { SIGNALS_PORT: '70000' }, /SIGNALS_PORT is "70000"\. Fix:/],
    ['the same port twice', [], { PORT: '4010' }, /both 4010\. Fix:/],
    ['the port of the simulator for SQS', [], { SQS_PORT: '4010' }, /SIGNALS_PORT and SQS_PORT are both 4010\. Fix:/],
    ['the port of the facade for the issuer', [], { ISSUER_PORT: '4000' }, /PORT and ISSUER_PORT are both 4000\. Fix:/],
    ['a port of SQS that is none', [], { SQS_PORT: 'x' }, /SQS_PORT is "x"\. Fix:/],
    ['an unknown flag', ['--quick'], {}, /--quick.* Fix:/],
  ])('are refused in one line for %s', (_, args, environment, message) => {
    expect(() => readSettings(args, environment)).toThrow(message);
    expect(() => readSettings(args, environment)).toThrow(/^[^\n]*$/);
  });

  it('never show the key of a real tenant', () => {
    const tenant = { kind: 'real', url: 'https://snb.example.com', apiKey: 'real-secret' } as const;

    const text = describeTwin(
      {
        ...{ url: 'http://127.0.0.1:4000', sqsUrl: 'http://127.0.0.1:4020', s3Url: 'http://127.0.0.1:4021' },
        ...{ archiveBucket: 'archive', issuerUrl: 'http://127.0.0.1:4030', stateDir: '/state' },
      },
      tenant,
    );

    expect(text).toContain('https://snb.example.com');
    expect(text).not.toContain('real-secret');
  });
});
