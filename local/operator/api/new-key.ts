/** A secret that nothing shows again: onto standard output, or into a file that only its owner can read. */
import { handOver } from '../hand-over.ts';
import type { Host } from './host.ts';
import type { Entry } from './pages.ts';

export type Made = { readonly data: Entry };
type Destination = {
  /** Attribute with the secret. */
  readonly name: string;
  /** A new file; undefined = standard output. */
  readonly file: string | undefined;
  /** Whose it is. */
  readonly of: string;
};

const without = ({ data }: Made, name: string): Made => {
  const { [name]: _secret, ...attributes } = data.attributes ?? {};
  return { data: { ...data, attributes } };
};

/**
 * A file is opened before the secret is made.
 * @param show prints a document on standard output.
 * @throws what `make` and `show` throw; Error, never BrokenPipe, for a secret that was made and is lost.
 */
export const showNewSecret = async (
  host: Host,
  { name, file, of }: Destination,
  make: () => Promise<Made>,
  show: (document: Made) => Promise<void>,
): Promise<void> => {
  let made: Made | undefined;
  const makeIt = async (): Promise<Made> => {
    made = await make();
    return made;
  };
  const notes: string[] = [`This is the only time that the ${name} is shown. Keep it where you keep secrets.\n`];
  const terminal = { write: (text: string) => notes.splice(0, 1, text) };
  try {
    if (file === undefined) await show(await makeIt());
    else await handOver(of, file, terminal, async () => String((await makeIt()).data.attributes?.[name] ?? ''));
  } catch (error) {
    if (!made) throw error;
    throw new Error(`The ${name} with the id ${made.data.id} was made and is lost. Revoke it, and make another one.`);
  }
  if (file !== undefined && made) await show(without(made, name));
  await host.stderr.write(notes.join(''));
};
