/** Whatever form a person's name has, and wherever a document gives it, no answer of a recording shows it. */
import { describe, expect, it } from 'vitest';
import { bodyOf, document, record } from './raw-exchange.ts';

/** What a recording has of a note, after the document about somebody. */
const noteOf = (person: unknown, note: string): string => {
  const body = record(document(person), document({ note }))[1]?.body;
  return body !== undefined && 'text' in body ? JSON.parse(body.text).note : '';
};

describe('the spelling of a name', () => {
  it.each<[object, string, RegExp]>([
    [{ createdBy: 'Mara Lind <mara@acme.example.org>' }, 'by Mara, Lind and mara@acme.example.org', /mara|lind/i],
    [{ email: 'Mara Lind <mara@acme.example.org>' }, 'by Mara, Lind and mara@acme.example.org', /mara|lind/i],
    [{ email: 'Mara Lind' }, 'by Mara Lind', /mara|lind/i],
    [
      { lastName: "O'Neil" },
      'O\u2019Neil, O\u2018NEIL, O`Neil, O&#39;Neil, O&rsquo;Neil, O&apos;Neil, O&amp;#x27;Neil',
      /neil/i,
    ],
    [{ lastName: 'O\u2019Neil' }, "O'Neil", /neil/i],
    [{ author: "Grace O'Neil" }, "Grace and O'Neil", /grace|neil/i],
    [{ author: 'O&#39;Neil' }, "O'Neil", /neil/i],
    [{ lastName: 'İnan' }, 'İnan, inan, INAN, i\u0307nan, Inan', /inan|i\u0307nan/i],
    [{ lastName: 'Yılmaz' }, 'YILMAZ, Yilmaz, yılmaz', /y[ıi]lmaz/i],
    [{ lastName: 'Zöller' }, 'Zoller, ZÖLLER, Zo\u0308ller, Zö\u00adller', /z.{1,2}ll/i],
    [{ lastName: 'Weiß' }, 'WEISS', /weiss/i],
    [{ lastName: 'van der Berg' }, 'van\u00a0der  Berg and van\nder\u2009Berg', /berg/i],
    [{ userName: 'mara.lind' }, 'mara&nbsp;lind, mara_lind, Mara Lind', /mara|lind/i],
    [{ firstName: 'Jean-Luc' }, 'Jean\u2011Luc, Jean Luc', /jean|luc/i],
  ])('of %j is found in "%s"', (person, note, hidden) => {
    expect(JSON.stringify(bodyOf(person))).not.toMatch(hidden);
    expect(noteOf(person, note)).not.toMatch(hidden);
    expect(noteOf({}, note)).toMatch(hidden);
  });

  it('is no part of an address that is left', () => {
    expect(noteOf({}, "by f.o'neil@acme.example.org")).toBe('by person1@example.com');
  });

  it('stays a part of other words', () => {
    expect(noteOf({ lastName: 'Lind' }, 'Lindane, blind; Lind')).toBe('Lindane, blind; Family1');
  });
});

describe('a name in its member', () => {
  it.each<[object, RegExp]>([
    [{ createdBy: 'ACME\\mlind' }, /acme|mlind/i],
    [{ createdBy: '/mlind' }, /mlind/i],
    [{ createdBy: 'acme/mlind' }, /acme|mlind/i],
    [{ userName: 'ACME\\mlind' }, /acme|mlind/i],
    [{ createdBy: 'QA: Mara Lind' }, /mara|lind/i],
    [{ createdBy: 'QA:mlind' }, /mlind/i],
    [{ createdBy: 'Mara X' }, /mara|x/i],
    [{ lastName: 'X' }, /x/i],
    [{ createdBy: 'X.' }, /x/i],
    [{ createdBy: 'Lab 7, Mara' }, /mara|lab|7/i],
    [{ userName: '48151623' }, /4815/],
    [{ userName: 48151623 }, /4815/],
    [{ phone: 41791234567 }, /4179/],
    [{ createdBy: 'Z%C3%B6ller' }, /z%c3|zöller/i],
  ])('is replaced in %j', (person, hidden) => {
    const [[, value]] = Object.entries(bodyOf(person)) as [[string, unknown]];
    expect(String(value).replace(/^(Given|Family|user)\d+/, '')).not.toMatch(hidden);
  });

  it('has the same replacement in every member, also a number that is a user name', () => {
    const { userName, note } = bodyOf({ a: { userName: '48151623' }, note: 'by 48151623' }).a ?? {};
    expect(note).toBeUndefined();
    expect(noteOf({ userName: '48151623' }, 'by 48151623')).toBe(`by ${userName}`);
  });

  it.each(
    [
      'author coAuthor taskOwner Reviewer approvedBy verified_by Prepared-by checkedBy assignedTo projectManager principalScientist',
      'reviewerName createdById contactEmail eMailAddress preferredName secondSurname maidenName accountName loginName homePhone faxNumber',
      'employer streetAddress birthDate dateOfBirth requestor signatory people witnesses analysts',
    ].flatMap((names) => names.split(' ')),
  )('is found in the member %s', (name) => {
    expect(JSON.stringify(bodyOf({ [name]: 'Mara Lind' }))).not.toMatch(/mara|lind/i);
  });

  it.each<object>([
    { name: 'Reviewer', value: 'Mara Lind' },
    { fields: { 'Prepared by': { value: 'Mara Lind' } } },
    { cells: [{ name: 'Analyst', content: { value: 'Mara Lind' } }] },
    { type: 'user', content: { display: 'Mara Lind' } },
    { type: 'user', attributes: { room: 'Mara Lind', badge: 'M. Lind' } },
    { firstName: 'A', lastName: 'B', hobby: 'Mara Lind' },
    { emails: [{ type: 'work', value: 'Mara Lind <mara@acme.example.org>' }] },
    { name: { formatted: 'Mara Lind', givenName: 'Mara' } },
  ])('is found in %j', (value) => {
    expect(JSON.stringify(bodyOf(value))).not.toMatch(/mara|lind/i);
  });

  it.each<object>([
    { createdBy: '104', ownerId: 'user:104', editedBy: 'https://snb.example.com/users/104', reviewer: { id: '104' } },
    { type: 'user', id: '104', attributes: { createdAt: '2026-01-05T09:00:00Z', userId: '104', isEnabled: true } },
    { name: 'Run 7', sortBy: 'Yield', groupBy: 'Solvent', mobilePhase: 'water', title: 'Lindane' },
    { name: 'Yield', value: 'Mara Lind' },
  ])('leaves %j as it is', (value) => {
    expect(bodyOf(value)).toEqual(value);
  });
});
