/** Rows of tables, files, properties, templates and SCIM (docs/entities.md). What these routes know, the tenant has. */
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import { seedAliases } from '../seed-aliases.ts';
import { type Native, streamingSize } from './native.ts';

type Lenders = { readonly native: Native };

export class Entities {
  readonly fn: FacadeFunction;

  constructor(stage: Stage, { native }: Lenders) {
    // Downloads stream through it.
    this.fn = stage.createFunction('entities', streamingSize);
    // Each call is one of the caller's.
    native.grantPipeline(this.fn);
    if (stage.config.seedAliases === 'on') {
      const owners = { entities: this.fn, native: native.fn };
      for (const { method, path, function: owner } of seedAliases()) stage.api.mountMethod(method, path, owners[owner]);
    }
    stage.dashboards.addRow('Rows, files and templates', { functions: [this.fn] });
  }
}
