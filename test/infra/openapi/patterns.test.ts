/** Patterns of the OpenAPI document, which tools in other languages compile with their own engines. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from '../../../infra/openapi/openapi-document.ts';
import { signalsApi } from '../../../infra/openapi/signals/signals-api.ts';
import { Owner } from '../../../shared/credentials/key.ts';

const document = createOpenApiDocument({
  serverUrl: 'https://facade.example.com',
  version: '1.2.3',
  apis: [signalsApi],
});

const patternsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === 'pattern' && typeof member === 'string') return [member];
    return [...(name === 'patternProperties' ? Object.keys(member as object) : []), ...patternsIn(member)];
  });
};
const patterns = [...new Set(patternsIn(document))];

const escaped = /\\[dws]|\\[^A-Za-z0-9]/.source;
/** What JavaScript, Python, Java, .NET, PCRE, RE2 (Go) and Rust read alike. */
const portableTokens = [
  escaped,
  String.raw`\[\^?(?:${escaped}|[^\\[\]])+\]`,
  String.raw`\((?:\?:)?(?![*+?{])`,
  '[)$.]',
  '[|^](?![*+?{])',
  String.raw`(?:[*+?]|\{\d+(?:,\d*)?\})\??(?![*+?{])`,
  String.raw`[^\\[\](){}|^$.*+?]`,
].join('|');
/** RE2 repeats nothing more often than this. */
const mostRepetitions = 1_000;
/** Set operations within a class, which Java, Rust and newer Python support. */
const setOperation = /\[[^\]]*(?:&&|--|~~|\|\|)/;

const isPortable = (pattern: string): boolean =>
  new RegExp(`^(?:${portableTokens})*$`, 'u').test(pattern) &&
  !setOperation.test(pattern) &&
  [...pattern.matchAll(/\{(\d+)(?:,(\d+))?\}/g)].every(([, least, most]) => Number(most ?? least) <= mostRepetitions);

describe('patterns of the OpenAPI document', () => {
  it('use only what all common engines read alike', () => {
    expect(patterns.length).toBeGreaterThan(5);
    expect(patterns.filter((pattern) => !isPortable(pattern))).toEqual([]);
  });

  it.each([
    [String.raw`^\p{L}+$`],
    ['(?<=a)b'],
    ['a(?!b)'],
    ['(?<name>a)'],
    ['(?P<name>a)'],
    ['(?i)a'],
    [String.raw`(a)\1`],
    [String.raw`\k<name>`],
    [String.raw`[\x21-\x7e]`],
    [String.raw`\u00e4`],
    ['a++'],
    ['a{1,4096}'],
    ['a{4096}'],
    ['[a-z&&[^b]]'],
    ['[[:alpha:]]'],
    ['[]a]'],
  ])('would not pass with %s', (pattern) => {
    expect(isPortable(pattern)).toBe(false);
  });

  it('compile in Python', ({ skip }) => {
    const compile = 'import json, re, sys\nfor pattern in json.load(sys.stdin): re.compile(pattern)';
    const python = spawnSync('python3', ['-W', 'error', '-c', compile], { input: JSON.stringify(patterns) });
    if (python.error) return skip('there is no python3 on this machine');
    expect(python.stderr.toString()).toBe('');
    expect(python.status).toBe(0);
  });

  it('describe an owner no narrower than the check itself', () => {
    const [documented = ''] = patternsIn(
      (document.components as { schemas: Record<string, unknown> }).schemas.NewCredential,
    ).filter((pattern) => pattern.includes('{0,99}'));
    const matches = (owner: string): boolean => new RegExp(documented, 'u').test(owner);
    const taken = ['a', '0', 'Jürgen Groß', 'svc-eln@example.com', 'Ω+_.', '山', 'a'.repeat(100), '𝒜b'];
    const refused = ['', ' a', '.a', 'a:b', 'a/b', 'a#', 'a[', 'a`', '`', '[', 'a'.repeat(101)];
    expect(taken.filter((owner) => !Owner.safeParse(owner).success || !matches(owner))).toEqual([]);
    expect(refused.filter((owner) => Owner.safeParse(owner).success || matches(owner))).toEqual([]);
    expect(['a\u0000', 'a“', '€'].filter((owner) => Owner.safeParse(owner).success)).toEqual([]);
  });
});
