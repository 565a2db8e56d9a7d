import { Logger } from '@aws-lambda-powertools/logger';

/** The log of this function: JSON lines, which hold no secret. */
export const logger = new Logger();
