/** Turns the failures that a person can mend into plain lines; everything else keeps its stack trace. */
import { BundleError } from './bundle.ts';
import { StageConfigError } from './stage-config.ts';

/** Runs `task`; a wrong configuration or a handler that does not compile is printed and ends the process with status 1. */
export const explainFailures = async (task: () => Promise<void>): Promise<void> => {
  try {
    await task();
  } catch (error) {
    if (!(error instanceof StageConfigError || error instanceof BundleError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
};
