/** A secret that nothing shows again: onto standard output, or into a file that only its owner can read. */
import { handOver } from '../hand-over.ts';
import { UsageError } from '../usage-error.ts';
import type { Host } from './host.ts';
import type { Entry } from './pages.ts';

export type Made = { readonly data: Entry };
type Destination = {
  /** Attribute with the secret. */
  readonly name: string;
  /** A new file; undefined = the terminal; `-` = standard output, also where it is none. */
  readonly file: string | undefined;
  /** Whose it is. */
  readonly of: string;
};

const without = ({ data }: Made, name: string): Made => {
  const { [name]: _secret, ...attributes } = data.attributes ?? {};
  return { data: { ...data, attributes } };
};

const ensureTerminal = ({ canShow }: Host, { name, file }: Destination): void => {
  if (file !== undefined || canShow) return;
  throw new UsageError(
    `The output is no terminal: a log or a pipe could keep the ${name}. Name a file for it with --new-key-file, or say --new-key-file - for standard output.`,
  );
};

const secretIn = (document: Made, name: string): string => {
  const secret = document.data.attributes?.[name];
  if (typeof secret === 'string' && secret !== '') return secret;
  throw new Error(`The answer has no ${name}.`);
};

/**
 * A file is opened before the secret is made.
 * @param show prints a document on standard output.
 * @throws what `make` and `show` throw; UsageError before the secret is made; Error, never BrokenPipe, for a secret that was made and is lost.
 */
export const showNewSecret = async (
  host: Host,
  destination: Destination,
  make: () => Promise<Made>,
  show: (document: Made) => Promise<void>,
): Promise<void> => {
  ensureTerminal(host, destination);
  const { name, file, of } = destination;
  let made: { readonly document: Made } | undefined;
  const makeIt = async (): Promise<string> => {
    made = { document: await make() };
    return secretIn(made.document, name);
  };
  const notes: string[] = [`This is the only time that the ${name} is shown. Keep it where you keep secrets.\n`];
  const terminal = { write: (text: string) => notes.splice(0, 1, text) };
  const isShown = file === undefined || file === '-';
  try {
    if (!isShown) await handOver(of, file, terminal, makeIt);
    else {
      await makeIt();
      if (made) await show(made.document);
    }
  } catch (error) {
    if (!made) throw error;
    const id = made.document?.data?.id;
    const which = id ? ` with the id ${id}` : '';
    throw new Error(`The ${name}${which} was made and is lost. Revoke it, and make another one.`);
  }
  if (!isShown && made) await show(without(made.document, name));
  await host.stderr.write(notes.join(''));
};
