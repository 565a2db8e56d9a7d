/** The catalogue of a Signals tenant as text. The bundler puts the text in place of this file (shared/config/precomputed.ts). */
import { createOperations } from '../catalogue/operation.ts';
import { writeOperations } from '../catalogue/operation-lines.ts';
import { signalsOperations } from './operations.ts';
import { signalsPolicy } from './policy.ts';

export const operationTable: string = writeOperations(createOperations(signalsOperations, signalsPolicy));
