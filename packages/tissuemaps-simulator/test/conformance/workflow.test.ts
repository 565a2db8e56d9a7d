import { expect, it } from 'vitest';
import { demo, facts, type Target } from './target.ts';

const workflow = `${demo}/workflow`;
const statusOf = async (target: Target, query = '') => (await target.get(`${workflow}/status${query}`)).json.data;
const statesOf = (tasks: readonly { readonly state: string }[]) => tasks.map(({ state }) => state);

facts('a workflow', (fixture) => {
  it('has a default description of its type, which can be changed', async () => {
    const { target } = fixture;
    const { data } = (await target.get(`${workflow}/description`)).json;
    expect(data.stages.map(({ name }: { name: string }) => name)).toEqual([
      'image_conversion',
      'image_preprocessing',
      'pyramid_creation',
      'image_analysis',
    ]);
    const [argument] = data.stages[0].steps[0].batch_args;
    expect(Object.keys(argument).toSorted()).toEqual(
      ['choices', 'default', 'disabled', 'help', 'name', 'required', 'value'].toSorted(),
    );
    data.stages[1].active = false;
    argument.value = 7;
    expect((await target.post(`${workflow}/description`, { description: data })).json).toEqual({ message: 'ok' });
    expect((await target.get(`${workflow}/description`)).json.data).toEqual(data);
    data.stages[1].active = true;
    await target.post(`${workflow}/description`, { description: data });
    for (const description of [
      { ...data, type: 'multiplexing' },
      { type: 'canonical', stages: [{ name: 'no' }] },
    ])
      expect((await target.post(`${workflow}/description`, { description })).status).toBe(400);
  });

  it('shows a tree to a depth, with null below', async () => {
    const { target } = fixture;
    const two = await statusOf(target);
    expect(two.subtasks[0].subtasks[0].subtasks).toEqual([null, null, null]);
    const none = await statusOf(target, '?depth=0');
    expect([none.n_subtasks, none.subtasks]).toEqual([4, [null, null, null, null]]);
    const all = await statusOf(target, '?depth=9');
    expect(all.subtasks[0].subtasks[2].subtasks[1].subtasks[0].name).toBe('imextract_run_0000001');
    expect(two.created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(two.time).toMatch(/^\d:\d\d:\d\d$/);
  });

  it('runs by the clock and its speed, and can be killed', async () => {
    const { target } = fixture;
    await target.control('PATCH', 'behaviour', { speed: 0.5 });
    await target.post(`${workflow}/submit`, {});
    await target.wait(7);
    const running = await statusOf(target);
    expect([running.state, running.live, running.exitcode, running.time]).toEqual(['RUNNING', true, null, null]);
    expect(statesOf(running.subtasks[0].subtasks)).toEqual(['TERMINATED', 'RUNNING', 'NEW']);
    expect(running.subtasks[0].percent_done).toBeCloseTo(33.3, 1);
    expect((await target.post(`${workflow}/kill`, undefined)).json).toEqual({ message: 'ok' });
    const killed = await statusOf(target);
    expect([killed.state, killed.failed, killed.live]).toEqual(['TERMINATED', true, false]);
    await target.control('PATCH', 'behaviour', { speed: 1 });
  });

  it('fails on demand, and is resubmitted from a stage under the same submission', async () => {
    const { target } = fixture;
    await target.control('POST', 'failures', { step: 'illuminati' });
    const { json: submitted } = await target.post(`${workflow}/submit`, {});
    await target.wait(60);
    const failed = await statusOf(target);
    expect([failed.exitcode, statesOf(failed.subtasks)]).toEqual([
      1,
      ['TERMINATED', 'TERMINATED', 'TERMINATED', 'NEW'],
    ]);
    const resubmit = (body: unknown) => target.post(`${workflow}/resubmit`, body);
    const statuses = [{ stage_name: 'nothing' }, { index: 4 }, { index: -1 }, { stage_name: 'image_analysis' }];
    for (const body of statuses) expect((await resubmit(body)).status).toBe(400);
    const { json } = await resubmit({ stage_name: 'pyramid_creation' });
    expect(json).toEqual(submitted);
    await target.wait(60);
    expect((await statusOf(target)).exitcode).toBe(0);
  });

  it('lists jobs by step, phase, name and batch, with logs', async () => {
    const { target } = fixture;
    const jobs = async (query: string) => (await target.get(`${workflow}/jobs?${query}`)).json;
    const names = async (query: string) => (await jobs(query)).data.map(({ name }: { name: string }) => name);
    const all = ['corilla_collect_0000001', 'corilla_init_0000001', 'corilla_run_0000001', 'corilla_run_0000002'];
    expect((await names('step_name=corilla')).slice(0, 4)).toEqual(all);
    expect(await names('step_name=corilla&step_phase=init')).toEqual([all[1]]);
    expect(await names('step_name=corilla&phase=init')).toEqual([all[1]]);
    expect(await names('step_name=corilla&index=1&batch_size=2')).toEqual(all.slice(1, 3));
    expect(await names('step_name=corilla&index=-1&batch_size=2')).toEqual(all.slice(0, 1));
    for (const query of ['', 'step_name=corilla&index=1', `step_name=corilla&name=${all[1]}&phase=init`])
      expect((await target.get(`${workflow}/jobs?${query}`)).status).toBe(400);
    const [job] = (await jobs(`step_name=corilla&name=${all[1]}`)).data;
    expect((await target.get(`${workflow}/jobs/${job.id}/log`)).json.data).toEqual({
      stdout: 'corilla_init_0000001: done\n',
      stderr: '',
    });
  });

  it('puts a project back as it was got', async () => {
    const { target } = fixture;
    const { data } = (await target.get(`${workflow}/jtproject`)).json;
    expect(data.pipeline.input.channels).toEqual([{ name: 'C01' }, { name: 'C02' }, { name: 'C03' }]);
    const project = { ...data, handles: { module1: { version: '1', input: [], output: [] } } };
    await target.put(`${workflow}/jtproject`, project);
    expect((await target.get(`${workflow}/jtproject`)).json.data).toEqual(project);
  });
});
