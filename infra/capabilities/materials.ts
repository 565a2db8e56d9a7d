/** Materials and inventory (docs/materials.md): the routes of /v1/materials and /v1/inventory. What they know, the tenant has. */
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { Native } from './native.ts';

/** A page with structures takes a hundred calls, which wait for their turn. */
const size = { memoryMiB: 512, timeoutSeconds: 60 };

type Lenders = { readonly native: Native };

export class Materials {
  readonly fn: FacadeFunction;

  constructor(stage: Stage, { native }: Lenders) {
    this.fn = stage.createFunction('materials', size);
    // Each call is one of the caller's.
    native.grantPipeline(this.fn);
    stage.dashboards.addRow('Materials and inventory', { functions: [this.fn] });
  }
}
