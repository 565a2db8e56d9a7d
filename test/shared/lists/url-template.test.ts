import { describe, expect, it } from 'vitest';
import { fillUrl, isUrlTemplate } from '../../../shared/lists/url-template.ts';

const template = 'https://sor.example.com/items/{id}?user={username}';

describe('an address that an administrator writes', () => {
  it.each([
    'https://sor.example.com',
    'https://sor.example.com/items/{id}',
    'https://sor.example.com:8443/items?key={id}&user={username}&alias={user_alias}',
    'https://10.20.0.7/items',
  ])('may be %s', (text) => {
    expect(isUrlTemplate(text, false)).toBe(true);
  });

  it.each([
    ['plain HTTP', 'http://sor.example.com/'],
    ['another scheme', 'file:///etc/passwd'],
    ['a user', 'https://user:secret@sor.example.com/'],
    ['a fragment', 'https://sor.example.com/#part'],
    ['an unknown placeholder', 'https://sor.example.com/{key}'],
    ['a placeholder in the host', 'https://{id}.example.com/'],
    ['a placeholder for the host', 'https://{id}/'],
    ['a placeholder in the port', 'https://sor.example.com:{id}/'],
    ['a line feed', 'https://sor.example.com/a\nb'],
    ['a tab in the host', 'https://127\t.0.0.1/'],
    ['dot segments', 'https://sor.example.com/a/../b'],
    ['a host with a dot at its end', 'https://sor.example.com./'],
    ['an IPv6 address', 'https://[::1]/'],
    ['a mapped address', 'https://[::ffff:127.0.0.1]/'],
    ['a NAT64 address', 'https://[64:ff9b::7f00:1]/'],
    ['a short address', 'https://127.1/'],
    ['a hexadecimal address', 'https://0x7f.1/'],
    ['an octal address', 'https://0177.0.0.1/'],
    ['a decimal address', 'https://2130706433/'],
    ['full-width digits', 'https://１２７.0.0.1/'],
    ['capitals', 'https://LOCALHOST/'],
  ])('may not have %s', (_what, text) => {
    expect(isUrlTemplate(text, false)).toBe(false);
  });

  it('may be plain HTTP to this machine in the twin only', () => {
    expect(isUrlTemplate('http://127.0.0.1:4000/', true)).toBe(true);
    expect(isUrlTemplate('http://sor.example.com/', true)).toBe(false);
  });
});

describe('a filled address', () => {
  it.each([
    ['R 1/2', 'https://sor.example.com/items/R%201%2F2?user='],
    ['a\nb', 'https://sor.example.com/items/a%0Ab?user='],
    ['..%2f', 'https://sor.example.com/items/..%252f?user='],
    ["x'y", 'https://sor.example.com/items/x%27y?user='],
    ['@other.example.com', 'https://sor.example.com/items/%40other.example.com?user='],
    ['?a=b#c', 'https://sor.example.com/items/%3Fa%3Db%23c?user='],
    ['{username}', 'https://sor.example.com/items/%7Busername%7D?user='],
  ])('has the key %j encoded', (id, url) => {
    expect(fillUrl(template, { id })).toBe(url);
  });

  it.each(['.', '..', '\ud800'])('is refused for the key %j, which would lead elsewhere', (id) => {
    expect(fillUrl(template, { id })).toBeUndefined();
  });

  it('has the people of the call', () => {
    expect(fillUrl(template, { id: '1', username: 'ann&id=2' })).toBe(
      'https://sor.example.com/items/1?user=ann%26id%3D2',
    );
  });
});
