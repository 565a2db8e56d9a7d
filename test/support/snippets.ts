/** The code blocks of documents, as tests run them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../local/start/settings.ts';

export const readDocument = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

const blocksIn = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)]
    .filter(([, name]) => name === language)
    .map(([, , code]) => code ?? '');

/** Blocks of one language, in order. */
export const blocks = (file: string, language: string): string[] => blocksIn(readDocument(file), language);

const sectionsOf = (file: string): string[] => readDocument(file).split(/^#+ /m);
const headingOf = (section: string): string => section.split('\n')[0] ?? '';

/** The commands of each section that has some, by its heading, in order. */
export const stepsOf = (file: string): (readonly [heading: string, commands: string])[] =>
  sectionsOf(file)
    .map((section) => [headingOf(section), blocksIn(section, 'sh').join('')] as const)
    .filter(([, commands]) => commands !== '');

/** What a document says that the reader sees, by the heading of each section that has commands; `…` stands for anything. */
export const sightsOf = (file: string): (readonly [heading: string, lines: readonly string[]])[] =>
  sectionsOf(file)
    .filter((section) => blocksIn(section, 'sh').length > 0)
    .map((section) => [headingOf(section), blocksIn(section, 'text').join('').trimEnd().split('\n')]);

/** A new command begins where no quote is open and no line is continued. */
const commandsOf = (block: string): string[] => {
  const commands: string[] = [];
  let open = '';
  for (const line of block.split('\n')) {
    if (open === '' && line.startsWith('#')) continue;
    open += open === '' ? line : `\n${line}`;
    if (line.endsWith('\\') || (open.replaceAll(/"[^"']*"/g, '').split("'").length - 1) % 2 === 1) continue;
    if (open.trim() !== '') commands.push(open);
    open = '';
  }
  return commands;
};

/** All commands, in order. */
export const commands = (file: string): string[] => blocks(file, 'sh').flatMap(commandsOf);

export const curls = (file: string): string[] => commands(file).filter((command) => /\bcurl\b/.test(command));
