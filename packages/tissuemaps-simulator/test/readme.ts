/** The README's snippets, as its readers copy them. */
import { readFileSync } from 'node:fs';

export const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The first block of a language that holds a text. @throws Error when there is none. */
export const snippet = (language: string, holds: string): string => {
  const blocks = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].filter(([, name]) => name === language);
  const found = blocks.map(([, , text = '']) => text).find((text) => text.includes(holds));
  if (found === undefined) throw new Error(`The README has no ${language} with ${holds}.`);
  return found;
};
