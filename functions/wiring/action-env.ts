/** The environment of the function of /actions. */
import * as z from 'zod';
import { SigningRules } from '../../shared/actions/signing-rules.ts';
import { variables } from '../../shared/config/names.ts';
import { parseLenient } from '../../shared/json/parse-lenient.ts';
import { CallsEnv, vault } from './env.ts';

export const ActionsEnv = CallsEnv.extend({
  ...vault,
  [variables.signingRules]: z.preprocess(parseLenient, SigningRules).default([]),
  [variables.signingCallsPerMinute]: z.coerce.number().int().min(1).default(60),
});
export type ActionsEnv = z.infer<typeof ActionsEnv>;
