import { Logger } from '@aws-lambda-powertools/logger';

/** The log of this function: JSON lines without secrets. */
export const logger = new Logger();
