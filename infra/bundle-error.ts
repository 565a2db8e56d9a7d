import type { BuildFailure } from 'esbuild';

/** The error of a handler that does not compile: one line for each fault, with file and line. */
export class BundleError extends Error {
  constructor(failure: BuildFailure) {
    const lines = failure.errors.map(({ text, location }) =>
      location ? `${location.file}:${location.line}:${location.column}: ${text}` : text,
    );
    super(`The functions cannot be bundled. Fix:\n${lines.join('\n')}`);
    this.name = 'BundleError';
  }
}
