/** The README's snippets, as its readers copy them. */
import { readFileSync } from 'node:fs';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The first block of a language that holds a text. @throws Error when there is none. */
export const snippet = (language: string, holds: string): string => {
  const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].filter(([, name]) => name === language);
  const found = blocks.map(([, , text = '']) => text).find((text) => text.includes(holds));
  if (found === undefined) throw new Error(`The README has no ${language} with ${holds}.`);
  return found;
};

/** The tenant that the README states. */
export const readmeDocument: unknown = JSON.parse(snippet('json', '"entities"'));

export const examples = {
  python: snippet('python', 'import requests'),
  typescript: snippet('ts', "from 'node:test'"),
};
