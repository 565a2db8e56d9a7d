/** /health, /openapi.json, /docs, /ops and /me: for people and tools, without a key, and without any right to data. */
import type { Stage } from '../constructs/stage.ts';

export class Service {
  constructor(stage: Stage) {
    const fn = stage.createFunction('documents');
    stage.dashboards.addRow('Documents', { functions: [fn] });
  }
}
