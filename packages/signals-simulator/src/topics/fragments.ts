/** Salts and solvates: plain lists without paging or digests. */
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, type Handler, param, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { noContent, ok } from '../http/reply.ts';
import { arrayOf, at, type Json, textOf } from '../json.ts';
import type { Fragment } from '../tenant/attributes.ts';

type Kind = 'salts' | 'solvates';

const handlers = (kind: Kind) => {
  const all = (call: Call) => call.tenant.fragments[kind];
  const resource = (call: Call, { id, name, code, smiles }: Fragment): Json => ({
    type: kind.slice(0, -1),
    id,
    links: { self: `${call.base}/fragments/${kind}/${id}` },
    attributes: { id, name, code, smiles },
  });
  const one = (call: Call): Fragment => {
    const fragment = all(call).get(param(call, 'id'));
    if (fragment === undefined) throw notFound(`${param(call, 'id')} is not found.`);
    return fragment;
  };
  const write = (fragment: Fragment, attributes: unknown) => {
    fragment.name = textOf(at(attributes, 'name')) ?? fragment.name;
    fragment.code = textOf(at(attributes, 'code')) ?? fragment.code;
    fragment.smiles = textOf(at(attributes, 'smiles')) ?? fragment.smiles;
  };
  const add = (call: Call, attributes: unknown): Fragment => {
    const fragment: Fragment = { id: call.tenant.nextNumber(), name: '', code: '', smiles: '' };
    write(fragment, attributes);
    if (fragment.name === '') throw badRequest('name is required.');
    all(call).set(fragment.id, fragment);
    return fragment;
  };
  const listed = (call: Call) =>
    ok({ links: selfLinks(call), data: [...all(call).values()].map((fragment) => resource(call, fragment)) });
  const shown = (call: Call, fragment: Fragment) => ok({ links: selfLinks(call), data: resource(call, fragment) });
  return {
    list: listed as Handler,
    /** 200, not 201. */
    create: ((call) => shown(call, add(call, at(bodyJson(call), 'data', 'attributes')))) satisfies Handler,
    replace: ((call) => {
      const data = at(bodyJson(call), 'data');
      if (!Array.isArray(data)) throw badRequest('data must be the whole list.');
      all(call).clear();
      for (const item of arrayOf(data)) add(call, at(item, 'attributes'));
      return listed(call);
    }) satisfies Handler,
    read: ((call) => shown(call, one(call))) satisfies Handler,
    change: ((call) => {
      const fragment = one(call);
      write(fragment, at(bodyJson(call), 'data', 'attributes'));
      return shown(call, fragment);
    }) satisfies Handler,
    remove: ((call) => {
      all(call).delete(one(call).id);
      return noContent;
    }) satisfies Handler,
  };
};

const salts = handlers('salts');
const solvates = handlers('solvates');

export const fragmentRoutes: Routes = {
  'GET /fragments/salts': salts.list,
  'POST /fragments/salts': salts.create,
  'PUT /fragments/salts': salts.replace,
  'GET /fragments/salts/{id}': salts.read,
  'PATCH /fragments/salts/{id}': salts.change,
  'DELETE /fragments/salts/{id}': salts.remove,
  'GET /fragments/solvates': solvates.list,
  'POST /fragments/solvates': solvates.create,
  'PUT /fragments/solvates': solvates.replace,
  'GET /fragments/solvates/{id}': solvates.read,
  'PATCH /fragments/solvates/{id}': solvates.change,
  'DELETE /fragments/solvates/{id}': solvates.remove,
};
