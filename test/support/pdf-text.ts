/** The text of a PDF, as poppler's reader finds it. */
import { execFileSync, spawnSync } from 'node:child_process';

/** CI installs the reader (.ci/run), so a test never skips there. */
export const hasPdfReader = Boolean(process.env.CI) || spawnSync('pdftotext', ['-v']).error === undefined;

/** @throws Error for bytes that the reader cannot open. */
export const pdfText = (bytes: Buffer): string =>
  execFileSync('pdftotext', ['-', '-'], { input: bytes, stdio: ['pipe', 'pipe', 'pipe'], encoding: 'utf8' });
