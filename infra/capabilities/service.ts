/** /health, /openapi.json, /docs, /ops and /me: for people and tools, without a key, and without any right to data. */
import { variables } from '../../shared/config/names.ts';
import type { Stage } from '../constructs/stage.ts';

export class Service {
  constructor(stage: Stage) {
    const fn = stage.createFunction('documents');
    if (stage.config.seedAliases === 'on') fn.setVariable(variables.seedAliases, 'on');
    stage.dashboards.addRow('Documents', { functions: [fn] });
  }
}
