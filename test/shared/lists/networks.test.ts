import { describe, expect, it } from 'vitest';
import { allowsHost, SourceNetworks } from '../../../shared/lists/networks.ts';

describe('the networks of a stage', () => {
  it.each(['public', '10.0.0.0/8', '10.20.0.0/16', '192.168.1.7/32', 'public, 172.16.0.0/12', ''])(
    'may be %j',
    (text) => {
      expect(SourceNetworks(false).safeParse(text).success).toBe(true);
    },
  );

  it.each([
    ...[
      '0.0.0.0/0',
      '127.0.0.0/8',
      '127.0.0.1/32',
      '126.0.0.0/7',
      '169.254.0.0/16',
      '169.0.0.0/8',
      '169.254.169.254/32',
    ],
    ...['224.0.0.0/8', '255.255.255.255/32', '0.0.0.0/8', '::/0', '::1/128', '10.0.0.0', '10.0.0.0/33', '10.0.0/8'],
    ...['0x7f.0.0.0/8', '2130706432/8', 'private', '10.0.0.0/8;', '10.0.0.0/-1'],
  ])('may not be %s', (text) => {
    expect(SourceNetworks(false).safeParse(text).success).toBe(false);
  });

  it('may be this machine in the twin', () => {
    expect(SourceNetworks(true).safeParse('127.0.0.0/8').success).toBe(true);
    expect(SourceNetworks(true).safeParse('169.254.0.0/16').success).toBe(false);
  });

  it('tells which addresses are in them', () => {
    expect(allowsHost(['10.20.0.0/16'], '10.20.1.1')).toBe(true);
    expect(allowsHost(['10.20.0.0/16'], '10.21.1.1')).toBe(false);
    expect(allowsHost(['10.20.0.0/16'], '93.184.216.34')).toBe(false);
    expect(allowsHost(['public'], '93.184.216.34')).toBe(true);
    expect(allowsHost(['public'], '10.20.1.1')).toBe(false);
    expect(allowsHost(['public'], '127.0.0.1')).toBe(false);
    expect(allowsHost([], '93.184.216.34')).toBe(false);
  });
});
