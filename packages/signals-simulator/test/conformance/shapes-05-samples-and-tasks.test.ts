/** client-shapes, sections 5 and 6: samples and tasks. */
import { expect } from 'vitest';
import { demoIds } from '../../src/demo/ids.ts';
import { demoSpecials } from '../../src/demo/special.ts';
import { createChild, facts, itWrites, uuidForm } from './target.ts';

facts('client-shapes 5 and 6. samples and tasks', (fixture) => {
  const sample = `/samples/${demoIds.sample}/properties`;

  itWrites('section 5: ID, Template and digests come first, then the fields with numbers', async () => {
    const { data } = (await fixture.target.get(`${sample}?value=normalized`)).json;
    expect(data.map(({ attributes }: { attributes: { name: string } }) => attributes.name)).toEqual([
      'ID',
      'Template',
      'digests.self',
      'digests.external',
      'Created Date',
      'Description',
      'Comments',
      'Amount',
      'Sample Name',
      'Storage',
      'Purity',
      'Received',
      'Attached Docs',
    ]);
    for (const item of data.slice(0, 2)) expect(item.id).toMatch(uuidForm);
    for (const item of data) expect(item.meta.definition).toMatchObject({ key: item.id, type: expect.any(String) });
    const content = new Map(
      data.map((item: { id: string; attributes: { content: object } }) => [item.id, item.attributes.content]),
    );
    expect(content.get('1')).toEqual({ value: expect.stringMatching(/\.\d{9}Z$/) });
    expect([content.get('3'), content.get('9')]).toEqual([{}, {}]);
    expect(data[1].attributes.content.eid).toBe(demoIds.sampleTemplate);
  });

  itWrites('section 5: the Description of the template is writable, by id and by name', async () => {
    const item = {
      id: '2',
      type: 'property',
      attributes: { content: { value: 'by id', name: 'x', eid: demoIds.sample } },
    };
    const body = { data: { attributes: { data: [item] } } };
    expect((await fixture.target.patch(`${sample}?force=true&value=normalized`, body)).status).toBe(200);
    const read = async () => (await fixture.target.get(`/entities/${demoIds.sample}`)).json.data.attributes;
    expect([(await read()).description, (await read()).fields.Description]).toEqual(['by id', { value: 'by id' }]);
    const named = { data: [{ attributes: { name: 'Description', value: 'by name' } }] };
    expect((await fixture.target.patch(`/entities/${demoIds.sample}/properties?force=true`, named)).status).toBe(200);
    expect((await fixture.target.get(`${sample}/2`)).json.data.attributes.content).toEqual({ value: 'by name' });
    expect(
      (await fixture.target.patch(`${sample}/1?force=true`, { data: { attributes: { content: { value: 'x' } } } }))
        .status,
    ).toBe(400);
  });

  itWrites.each([
    ['experiment', demoIds.experiment],
    ['samplesContainer', demoIds.samplesContainer],
  ])('section 5: the ancestor of a new sample may be the %s', async (_type, parent) => {
    const made = await createChild(fixture.target, 'sample', parent, {}, demoIds.sampleTemplate);
    expect(made.relationships.ancestors.data[0].id).toBe(demoIds.samplesContainer);
  });

  const task = `/tasks/${demoSpecials.task}/properties`;

  itWrites('section 6: fields 1 to 13 of a task have their ids and forms', async () => {
    const { data } = (await fixture.target.get(`${task}?value=normalized`)).json;
    expect(data.slice(0, 13).map(({ id }: { id: string }) => id)).toEqual(
      Array.from({ length: 13 }, (_, index) => String(index + 1)),
    );
    const content = new Map(
      data.map((item: { attributes: { name: string; content: object } }) => [
        item.attributes.name,
        item.attributes.content,
      ]),
    );
    expect(content.get('Task ID')).toEqual({ type: 'task', display: 'Task-1', value: demoSpecials.task });
    expect(content.get('Reference ID')).toEqual({ value: '', values: [] });
    expect(content.get('Requestor Comment')).toEqual({});
    expect(content.get('Experiment Link')).toMatchObject({ type: 'experiment', value: demoSpecials.experiment });
    expect(content.get('Creator')).toMatchObject({
      userInfo: { data: { type: 'user' }, links: { self: expect.any(String) } },
      value: { userId: expect.any(String), email: expect.any(String), picture: {} },
    });
    expect(content.get('Status')).toEqual({ display: 'Open', value: 'Open' });
  });

  itWrites('section 6: a task field takes the whole content back', async () => {
    const content = { display: 'urgent', value: 'urgent', name: 'x', eid: demoSpecials.task, values: undefined };
    const item = { id: '4', type: 'property', attributes: { content } };
    const body = { data: { attributes: { data: [item] } } };
    expect((await fixture.target.patch(`${task}?force=true&value=normalized`, body)).status).toBe(200);
    expect((await fixture.target.get(`${task}/4`)).json.data.attributes.content).toEqual({
      display: 'urgent',
      value: 'urgent',
    });
    const analyst = { data: { attributes: { content: { value: { userId: '102' } } } } };
    expect(
      (await fixture.target.patch(`${task}/7?force=true`, analyst)).json.data.attributes.content.value.userId,
    ).toBe('102');
  });

  itWrites.each([
    ['taskContainer', demoSpecials.tasks],
    ['linkedTaskContainer', demoSpecials.todo],
  ])('(S19) a %s is exported as JSON in a text, whose eids resolve', async (_type, eid) => {
    const answer = await fixture.target.get(`/entities/${eid}/export`);
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(answer.headers.get('content-disposition')).toMatch(/\.txt$/);
    const { cols, rows } = JSON.parse(answer.text);
    expect(cols[0]).toEqual({
      key: '1',
      title: 'Task ID',
      type: 'link',
      isEditableInRequest: false,
      isEditableInExperiment: false,
      isTaskIdField: true,
    });
    expect(rows[0]).toMatchObject({
      sourceEid: demoIds.taskTemplate,
      '1': { auto: 'Task-1', value: demoSpecials.task, type: 'task' },
      status: 'new',
      validStateTransitions: ['delete', 'submit'],
      requestTaskContainerEid: demoSpecials.tasks,
    });
    for (const row of rows) expect((await fixture.target.get(`/entities/${row.eid}`)).status).toBe(200);
  });
});
