/** The large-tenant switch: notebooks full of experiments with children, for load tests. Loaded in about a second per 100,000. */
import { textContent } from '../tenant/content.ts';
import type { Field } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { experimentFields, projects } from './definitions.ts';
import { demoStartMillis } from './people.ts';

const experimentsPerNotebook = 200;
const childTypes = ['text', 'grid', 'imageResource', 'uploadedResource'];
const content = textContent('text/html', '<p>Load</p>');

const fieldsOf = (index: number): Field[] =>
  experimentFields.slice(0, 2).map((definition, place) => ({
    definition,
    value: place === 0 ? (projects[index % projects.length] ?? '') : `LD-${index}`,
  }));

/** Adds about `count` entities: notebooks of 200 experiments with four children each. */
export const loadLarge = (tenant: Tenant, count: number): void => {
  const { entities, random } = tenant;
  let nowMillis = demoStartMillis - 365 * 86_400_000;
  let notebookId = '';
  const add = (type: string, name: string, more: object = {}) => {
    nowMillis += 250;
    return entities.load({
      id: `${type}:${random.uuid()}`,
      type,
      name,
      createdBy: String(100 + random.below(10)),
      createdAtMillis: nowMillis,
      ...more,
    });
  };
  const perExperiment = 1 + childTypes.length;
  for (let index = 0; index * perExperiment < count; index += 1) {
    if (index % experimentsPerNotebook === 0)
      notebookId = add('journal', `Load notebook ${index / experimentsPerNotebook + 1}`).id;
    const { id } = add('experiment', `Load ${index + 1}`, {
      parentId: notebookId,
      state: index % 4 === 0 ? 'closed' : 'open',
      fields: fieldsOf(index),
    });
    for (const type of childTypes)
      add(type, `${type} of ${index + 1}`, { parentId: id, ...(type === 'grid' ? {} : { content }) });
  }
};
