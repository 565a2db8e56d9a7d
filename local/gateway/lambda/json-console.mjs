/**
 * The global console as Lambda's runtime leaves it under JSON logging (aws-lambda-nodejs-runtime-interface-client 3 and 4,
 * LogPatch): each call is one line of JSON with what was said in `message`. Text that is JSON already becomes a string in
 * there. `process.stdout` and consoles of one's own stay as they are.
 */
import { format } from 'node:util';

const errorFacts = (error) => ({
  errorType: error.constructor?.name ?? 'UnknownError',
  errorMessage: error.message,
  stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
});

const replaceError = (_key, value) => (value instanceof Error ? { ...errorFacts(value), ...value } : value);

const lineOf = (facts, parameters) => {
  if (parameters.length > 1) {
    const error = parameters.find((parameter) => parameter instanceof Error);
    return JSON.stringify({ ...facts, message: format(...parameters), ...(error ? errorFacts(error) : {}) });
  }
  try {
    return JSON.stringify({ ...facts, message: parameters[0] }, replaceError);
  } catch {
    return JSON.stringify({ ...facts, message: format(parameters[0]) });
  }
};

/** By method: level and stream. Lambda has one stream for all; the twin shows errors of functions by theirs. */
const levels = {
  trace: ['TRACE', process.stdout],
  debug: ['DEBUG', process.stdout],
  info: ['INFO', process.stdout],
  log: ['INFO', process.stdout],
  warn: ['WARN', process.stderr],
  error: ['ERROR', process.stderr],
  fatal: ['FATAL', process.stderr],
};

/** @param currentRequestId id of the invocation that runs; undefined before the first. */
export const patchConsole = (currentRequestId) => {
  for (const [method, [level, stream]] of Object.entries(levels)) {
    console[method] = (...parameters) => {
      const facts = { timestamp: new Date().toISOString(), level, requestId: currentRequestId() };
      stream.write(`${lineOf(facts, parameters)}\n`);
    };
  }
};
