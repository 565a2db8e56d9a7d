/** What Signals answers about things stays as it is, and teaches no names: a replay would miss ids and paths. */
import { describe, expect, it } from 'vitest';
import { bodyOf, document, record } from './raw-exchange.ts';

const field = (title: string, type: string, user: string) => ({
  definition: { key: title, title, type },
  content: { user, isRawValue: false },
});

describe('what is no person', () => {
  it.each<[string, object]>([
    [
      'a library',
      { assets: { displayName: 'Asset', numbering: {}, fields: [{ name: 'F', definedBy: 'USER_ADDED' }] } },
    ],
    ['a well', { cells: [{ name: 'Plate', content: { user: 'Plate-1', value: 'Plate-1' } }] }],
    ['an amount', { cells: [{ name: 'Amount', content: { user: '2 gram', value: 2, units: 'gram' } }] }],
    ['a field of a container', field('Status', 'list', 'AVAILABLE')],
    [
      'a cell of an export',
      { 4: { user: 'urgent', value: 'urgent' }, 5: { auto: 'Task-7', value: 'task:1', type: 'task' } },
    ],
    ['columns', { columns: [{ key: 'k', title: 'Analyst', type: 'user' }] }],
  ])('stays: %s', (_, value) => {
    const note = 'Asset asset:5f1e10000000000000000001 USER_ADDED Plate-1 gram AVAILABLE urgent Task-7 Analyst';
    expect(bodyOf({ value, note })).toEqual({ value, note });
    const paths = record(document(value), document({}, { path: '/plates/plateContainer:1/plates/Plate-1' }));
    expect(paths[1]?.path).toBe('/plates/plateContainer:1/plates/Plate-1');
  });
});

describe('what stands beside a name', () => {
  it.each<[string, object]>([
    ['names of members', { Chemist: { value: '{userId=104, isEnabled=true, firstName=Mara, lastName=Lind}' } }],
    [
      'a document',
      { createdBy: JSON.stringify({ firstName: 'Mara', lastName: 'Lind', isEnabled: true, userId: '104' }) },
    ],
    ['a document of texts', { authors: JSON.stringify(['Mara Lind', { Mara: 'Lind' }]) }],
    ['a link', { author: 'Mara Lind https://orcid.org/mara-lind' }],
    ['a tag', { author: '<span class="firstName">Mara</span> Lind' }],
    ['an address', { email: 'mailto:mara.lind@example.org', createdBy: 'Mara Lind' }],
    ['no name', { owner: 'None', assignee: 'Unassigned', author: 'Mara Lind' }],
  ])('teaches no words: %s', (_, value) => {
    const other = {
      isEnabled: true,
      userId: '104',
      note: 'None is unassigned: <span class="x">true</span>, see mailto:x and https://orcid.org/firstName/1.',
    };
    const found = bodyOf({ value, other, seen: 'by Lind' });
    expect(found.other).toEqual(other);
    expect(JSON.stringify(found)).not.toMatch(/lind/i);
  });
});

describe('a cell of a person', () => {
  it.each<object>([
    { cells: [{ name: 'Analyst', content: { user: 'Mara Lind' } }] },
    { key: '7', type: 'user', name: 'Seen', content: { value: 'Mara Lind' } },
    field('Contact', 'text', 'Mara Lind'),
    field('Seen', 'user', 'Mara Lind'),
    { Analyst: { auto: 'Mara Lind', value: '104' } },
    { content: { user: 'Mara Lind', at: 'home' } },
    { content: { user: { name: 'Mara Lind' }, value: 1 } },
  ])('is cleaned, and teaches the name: %j', (value) => {
    expect(JSON.stringify(bodyOf({ value, note: 'by Lind' }))).not.toMatch(/mara|lind/i);
  });
});
