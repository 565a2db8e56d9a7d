/** CloudFormation's intrinsic functions, as far as synthesized templates of this project use them. */

import { TwinError } from '../twin-error.ts';
import type { Template } from './assembly.ts';

/** The results of Ref and Fn::GetAtt for one resource. */
export type Reference = { ref: string; attributes: Record<string, string> };
export type Scope = {
  readonly template: Template;
  /** AWS::Region and the like, without the prefix. */
  readonly pseudo: Readonly<Record<string, string>>;
  readonly references: ReadonlyMap<string, Reference>;
};

/** AWS::NoValue: the property or list element is left out. */
const noValue = Symbol('AWS::NoValue');
type Resolve = (value: unknown) => unknown;
type Intrinsic = (argument: unknown, resolve: Resolve, scope: Scope) => unknown;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown, of: string): unknown[] => {
  if (!Array.isArray(value)) throw new TwinError(`${of} needs a list, not ${JSON.stringify(value)}`);
  return value;
};

const ref = (name: string, scope: Scope): unknown => {
  if (name === 'AWS::NoValue') return noValue;
  const pseudo = name.startsWith('AWS::') ? scope.pseudo[name.slice('AWS::'.length)] : undefined;
  if (pseudo !== undefined) return pseudo;
  const resource = scope.references.get(name);
  if (resource) return resource.ref;
  const parameter = scope.template.Parameters[name];
  if (parameter?.Default !== undefined) return parameter.Default;
  throw new TwinError(`Ref names ${name}, which is no resource and no parameter with a default`);
};

const attribute = (logicalId: string, name: string, scope: Scope): string => {
  const value = scope.references.get(logicalId)?.attributes[name];
  if (value === undefined) throw new TwinError(`Fn::GetAtt ${logicalId}.${name} is not known to the twin`);
  return value;
};

const getAtt = (argument: unknown, scope: Scope): string => {
  const [logicalId, ...rest] = typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt');
  return attribute(String(logicalId), rest.join('.'), scope);
};

const substitute = (argument: unknown, resolve: Resolve, scope: Scope): string => {
  const [text, variables = {}] = typeof argument === 'string' ? [argument] : list(argument, 'Fn::Sub');
  const own = variables as Record<string, unknown>;
  return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in own) return String(resolve(own[name]));
    return String(name.includes('.') ? getAtt(name, scope) : ref(name, scope));
  });
};

const join: Intrinsic = (argument, resolve) => {
  const [separator, parts] = list(argument, 'Fn::Join');
  return list(resolve(parts), 'Fn::Join').join(String(separator));
};

const select: Intrinsic = (argument, resolve) => {
  const [index, values] = list(argument, 'Fn::Select');
  return list(resolve(values), 'Fn::Select')[Number(resolve(index))];
};

const split: Intrinsic = (argument, resolve) => {
  const [separator, text] = list(argument, 'Fn::Split');
  return String(resolve(text)).split(String(separator));
};

const findInMap: Intrinsic = (argument, resolve, scope) => {
  const [map, first, second] = list(argument, 'Fn::FindInMap').map((part) => String(resolve(part)));
  const value = scope.template.Mappings[map ?? '']?.[first ?? '']?.[second ?? ''];
  if (value === undefined) throw new TwinError(`Fn::FindInMap finds no ${map}.${first}.${second}`);
  return value;
};

const condition = (name: unknown, resolve: Resolve, scope: Scope): boolean => {
  const definition = scope.template.Conditions[String(name)];
  if (definition === undefined) throw new TwinError(`The condition ${String(name)} is not defined`);
  return resolve(definition) === true;
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, _, scope) => ref(String(argument), scope),
  Condition: condition,
  'Fn::GetAtt': (argument, _, scope) => getAtt(argument, scope),
  'Fn::Sub': substitute,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::FindInMap': findInMap,
  'Fn::Base64': (argument, resolve) => Buffer.from(String(resolve(argument))).toString('base64'),
  'Fn::If': (argument, resolve, scope) => {
    const [name, yes, no] = list(argument, 'Fn::If');
    return resolve(condition(name, resolve, scope) ? yes : no);
  },
  'Fn::Equals': (argument, resolve) => {
    const [left, right] = list(resolve(argument), 'Fn::Equals');
    return String(left) === String(right);
  },
  'Fn::Not': (argument, resolve) => list(resolve(argument), 'Fn::Not')[0] !== true,
  'Fn::And': (argument, resolve) => list(resolve(argument), 'Fn::And').every((value) => value === true),
  'Fn::Or': (argument, resolve) => list(resolve(argument), 'Fn::Or').some((value) => value === true),
};

/** The single key of an object that is an intrinsic call. `Condition` is one only next to a plain name. */
const intrinsicName = (value: Record<string, unknown>): string | undefined => {
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0) return undefined;
  if (key === 'Condition') return typeof value[key] === 'string' ? key : undefined;
  return key === 'Ref' || key.startsWith('Fn::') ? key : undefined;
};

const resolveValue = (value: unknown, scope: Scope): unknown => {
  const resolve: Resolve = (inner) => resolveValue(inner, scope);
  if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== noValue);
  if (!isRecord(value)) return value;
  const name = intrinsicName(value);
  if (name === undefined) {
    const entries = Object.entries(value).map(([key, inner]) => [key, resolve(inner)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== noValue));
  }
  const intrinsic = intrinsics[name];
  if (!intrinsic) throw new TwinError(`The intrinsic function ${name} is not known to the twin`);
  return intrinsic(value[name], resolve, scope);
};

/** Replaces every intrinsic call inside `value`; a value that is AWS::NoValue altogether becomes undefined. */
export const resolveIntrinsics = (value: unknown, scope: Scope): unknown => {
  const resolved = resolveValue(value, scope);
  return resolved === noValue ? undefined : resolved;
};
