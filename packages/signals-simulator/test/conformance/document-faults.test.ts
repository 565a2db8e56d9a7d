import { describe, expect, it } from 'vitest';
import { documentFaults } from './document-faults.ts';

const user = {
  type: 'user',
  id: '103',
  attributes: { userId: '103', userName: 'a', email: 'a@example.com', firstName: 'A', lastName: 'B', isEnabled: true },
};

describe('the check of documents', () => {
  it('takes what the operation answers', () => {
    expect(documentFaults('GET', '/users/103', 200, { data: user })).toEqual([]);
    expect(documentFaults('GET', '/users?offset=0', 200, { data: [user] })).toEqual([]);
    expect(documentFaults('GET', '/version', 200, { data: { type: 'version', id: '1' } })).toEqual([]);
  });

  it.each([
    ['a resource of another type', '/groups/7', { data: user }, '✖ Invalid input'],
    ['a list in place of one', '/users/103', { data: [user] }, '✖ Invalid input'],
    ['one in place of a list', '/users', { data: user }, '✖ Invalid input'],
    ['a missing member', '/users/103', { data: { ...user, attributes: {} } }, 'userId'],
    [
      'a related resource that lacks a member',
      '/version',
      { data: { type: 'version', id: '1' }, included: [{ type: 'user', id: '1' }] },
      'is no user',
    ],
    ['a known type where the table has no row', '/version', { data: user }, 'GET /version has no row'],
  ])('refuses %s', (_name, path, document, fault) => {
    expect(documentFaults('GET', path, 200, document).join('\n')).toContain(fault);
  });

  it('holds a refusal to the form of errors', () => {
    expect(documentFaults('GET', '/users/1', 404, { errors: [{ status: '404', code: 'NotFound' }] })).toEqual([]);
    expect(documentFaults('GET', '/users/1', 404, { status: '404', code: 'NotFound' })).not.toEqual([]);
  });
});
