/** Question: what does a stage cost, idle and for a million requests of each type, in counts and in US dollars? */

import { countAll } from '../cost/count-all.ts';
import { costTables } from '../cost/tables.ts';
import type { Question, Result, RunOptions } from '../question.ts';

export const question: Question = {
  name: 'cost',
  title: 'What a stage costs',
  asks: 'What does AWS bill for each type of request, for a mix of them, for the timers of a month and for a stage that nobody calls?',
};

export const run = async (options: RunOptions): Promise<Result> => costTables(await countAll(options));
