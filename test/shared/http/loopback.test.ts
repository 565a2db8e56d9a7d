/** Hosts of this machine, in the spellings that a URL may have. */
import { describe, expect, it } from 'vitest';
import { isLoopback, isLoopbackName } from '../../../shared/http/loopback.ts';

const hostOf = (host: string): string => new URL(`http://${host}:4030/`).hostname;
const answers = (host: string): boolean[] => [isLoopback, isLoopbackName].map((judge) => judge(hostOf(host)));

describe('isLoopback and isLoopbackName', () => {
  it.each([
    ...['127.0.0.1', '127.0.0.2', '127.255.255.254', '127.1', '127.0.1', '127.0.0.1.'],
    ...['2130706433', '0x7f000001', '0x7F.1', '0177.0.0.1', '017700000001', '%31%32%37.0.0.1', '１２７.0.0.1'],
    ...['localhost', 'LOCALHOST', 'localhost.', 'local%68ost', 'ｌocalhost'],
    ...['[::1]', '[0:0:0:0:0:0:0:1]', '[::0001]', '[::ffff:127.0.0.1]', '[::FFFF:7f12:3]'],
  ])('are true for %s', (host) => expect(answers(host)).toEqual([true, true]));

  it.each(['app.localhost', 'a.b.localhost.', 'APP.LOCALHOST'])(
    'differ for %s, which browsers send to no resolver, and Node does',
    (host) => expect(answers(host)).toEqual([false, true]),
  );

  it.each([
    ...['126.255.255.255', '128.0.0.1', '10.0.0.1', '1.127.0.1', '2147483648', '192.168.127.1'],
    ...['localhost.example.com', 'notlocalhost', 'localhost-1', '127.0.0.1.example.com', 'a127.0.0.1.nip.io'],
    ...['[::2]', '[::1:0]', '[1::1]', '[::ffff:128.0.0.1]', '[::7f00:1]', '[fe80::1]'],
  ])('are false for %s', (host) => expect(answers(host)).toEqual([false, false]));
});
