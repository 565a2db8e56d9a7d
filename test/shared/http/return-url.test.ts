import { describe, expect, it } from 'vitest';
import { isReturnUrl } from '../../../shared/http/return-url.ts';

describe('an address of an application', () => {
  it.each([
    'https://lab.example.com/',
    'https://lab.example.com:8443/a/linked',
    'http://127.0.0.1:4000/linked',
    'http://localhost:3000/',
  ])('%s may be one', (text) => {
    expect(isReturnUrl(text)).toBe(true);
  });

  it.each([
    'https://lab.example.com',
    'https://LAB.example.com/',
    'https://lab.example.com:443/',
    'https://lab.example.com/a/../b',
    'https://lab.example.com/linked?x=1',
    'https://lab.example.com/linked?',
    'https://lab.example.com/linked#',
    'https://user:word@lab.example.com/',
    'https:\\\\lab.example.com/',
    ' https://lab.example.com/',
    'http://lab.example.com/',
    'javascript:alert(1)',
    'data:text/html,x',
    `https://lab.example.com/${'a'.repeat(500)}`,
    '/linked',
    '',
  ])('%j may not', (text) => {
    expect(isReturnUrl(text)).toBe(false);
  });
});
