import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { handOver } from '../../../local/operator/hand-over.ts';
import { temporaryFolder } from '../../support/aws.ts';

const terminal = (isTTY: boolean) => {
  const shown: string[] = [];
  return { isTTY, shown, write: (text: string) => void shown.push(text) };
};
const make = () => vi.fn(async () => 'sfk_secret');

describe('handing a new key over', () => {
  it('shows it on a terminal', async () => {
    const screen = terminal(true);
    await handOver('root', undefined, screen, make());
    expect(screen.shown.join('')).toContain('sfk_secret');
  });

  it('makes none when the output is no terminal', async () => {
    const making = make();
    await expect(handOver('root', undefined, terminal(false), making)).rejects.toThrow('--key-file');
    expect(making).not.toHaveBeenCalled();
  });

  it('writes it into a new file that only its owner reads, and not onto the output', async () => {
    const path = join(await temporaryFolder(), 'key');
    const output = terminal(false);
    await handOver('root', path, output, make());
    expect(await readFile(path, 'utf8')).toBe('sfk_secret\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(output.shown.join('')).not.toContain('sfk_secret');
  });

  it('makes none when the file is there, and leaves no file when none could be made', async () => {
    const path = join(await temporaryFolder(), 'key');
    const failing = vi.fn(async () => Promise.reject(new Error('no rights')));
    await expect(handOver('root', path, terminal(true), failing)).rejects.toThrow('no rights');
    await writeFile(path, 'mine');
    const making = make();
    await expect(handOver('root', path, terminal(true), making)).rejects.toThrow('is there already');
    expect(making).not.toHaveBeenCalled();
    expect(await readFile(path, 'utf8')).toBe('mine');
  });
});
