/**
 * The networks in which a stage lets systems of record be: an allow-list. `public` stands for every public address. Addresses of this machine,
 * of the metadata service and others that are no host of a network are never allowed: in Lambda, 127.0.0.1:9001 hands out events of callers.
 */
import ipaddr from 'ipaddr.js';
import * as z from 'zod';
import { commaList } from '../http/comma-list.ts';

const anywhere = 'public';
const mostNetworks = 20;

/** Overlap with one of these is refused: this network, loopback, link-local (metadata), multicast and reserved. */
const neverAllowed = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map((text) =>
  ipaddr.IPv4.parseCIDR(text),
);
/** A wider network is a mistake: it holds what nobody has meant. */
const leastPrefix = 8;

type Network = readonly [address: ipaddr.IPv4, prefix: number];

const overlaps = ([one, onePrefix]: Network, [other, otherPrefix]: Network): boolean => {
  const prefix = Math.min(onePrefix, otherPrefix);
  return one.match(other, prefix);
};

const isNetwork = (text: string, isLocal: boolean): boolean => {
  if (text === anywhere) return true;
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return false;
  const network = ipaddr.IPv4.parseCIDR(text);
  if (network[1] < leastPrefix) return false;
  if (isLocal && network[0].range() === 'loopback') return true;
  return !neverAllowed.some((forbidden) => overlaps(forbidden, network));
};

/** @param isLocal the twin also has systems of record on its own machine. */
export const SourceNetworks = (isLocal: boolean) =>
  z.preprocess(commaList, z.array(z.string().refine((text) => isNetwork(text, isLocal))).max(mostNetworks));

/** Whether a host that is an IPv4 address may be called. Of a name that shows when it is looked up. */
export const allowsHost = (networks: readonly string[], hostname: string): boolean => {
  if (!ipaddr.IPv4.isValidFourPartDecimal(hostname)) return true;
  const address = ipaddr.IPv4.parse(hostname);
  return networks.some((network) =>
    network === anywhere ? address.range() === 'unicast' : address.match(ipaddr.IPv4.parseCIDR(network)),
  );
};

/** As the library that checks addresses takes them. It allows public addresses unless they are denied. */
export const toAddressLists = (networks: readonly string[]): { readonly allow: string[]; readonly deny: string[] } => ({
  allow: networks.filter((network) => network !== anywhere),
  deny: networks.includes(anywhere) ? [] : ['0.0.0.0/0'],
});
