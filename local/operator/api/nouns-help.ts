import { nouns } from './nouns.ts';

/** The end of the help of the whole. */
export const nounsHelp = (): string => {
  const names = Object.keys(nouns);
  const longest = Math.max(...names.map((name) => name.length));
  const rows = Object.entries(nouns).map(
    ([noun, { about, verbs }]) => `  ${noun.padEnd(longest)}  ${about}: ${Object.keys(verbs).join(', ')}`,
  );
  return `Commands that call the routes of a stage with a facade key:
  npm run operator -- NOUN VERB [WORDS] [OPTIONS]

${rows.join('\n')}

  npm run operator -- NOUN --help, or NOUN VERB --help, says more.`;
};
