import type { Gateway, Link, Passage } from '../graph';
import { FIGURES, NONE, type Recovery, type Step, seconds } from '../recovery';
import type { Impact } from './impact';
import { label } from './simulation';

/**
 * What becomes of the links to a hospital that end in a Region, when whatever one of them passes on the way fails: a router of the
 * hospital, a connection, a location. AWS spreads its own side of each over zones.
 */
export function linkLoss(links: readonly Link[], region: string | undefined, everywhere = false): Impact[] {
  const here = links.filter(({ gateways }) => everywhere || gateways.some((gateway) => gateway.region === region));
  const gateways = new Map(here.flatMap((link) => link.gateways.map((gateway) => [gateway.id, gateway] as const)));
  return [...gateways.values()]
    .filter((gateway) => everywhere || gateway.region === region)
    .flatMap((gateway) => lossesAt(gateway, here));
}

function lossesAt(gateway: Gateway, here: readonly Link[]): Impact[] {
  const links = here.filter(({ gateways }) => gateways.some(({ id }) => id === gateway.id));
  // links that may end at the same gateway, where it is not decided which one that is
  const maybe = here.filter(
    (link) =>
      !links.includes(link) &&
      (gateway.reason !== undefined || link.gateways.some(({ reason }) => reason !== undefined)),
  );
  const passages = new Map(links.flatMap((link) => link.passages.map((passage) => [passage.id, passage] as const)));
  return [...passages.values()].map((passage) => without(passage, links, maybe));
}

function without(passage: Passage, links: readonly Link[], maybe: readonly Link[]): Impact {
  const lost = links.filter((link) => passes(link, passage));
  const others = links.filter((link) => !lost.includes(link));
  const [first] = lost;
  const chain = [
    `${passage.noun} ${passage.name} fails`,
    `${label(first.component)} goes through it, and ${others.length > 0 ? 'another link is left' : 'no other link is known'}`,
  ];
  const left = others.filter((link) => link.openRouting === undefined && !maySharePassage(link, passage));
  if (left.length > 0) {
    return { root: movedBy(lost, left), chain, recovery: rerouted(lost, left) };
  }
  const impact = { root: first.component, chain, recovery: cut(lost) };
  const undecided =
    others.length > 0 ? (passage.reason ?? reasonIn(others)) : maybe.length > 0 ? reasonAt(maybe, first) : undefined;
  return undecided === undefined ? impact : { ...impact, undecided };
}

function passes({ passages }: Link, { id }: Passage): boolean {
  return passages.some((passage) => passage.id === id);
}

/** Whether two things of a kind may be one, because it is open which one either is. */
function maySharePassage({ passages }: Link, { noun, reason }: Passage): boolean {
  return passages.some((other) => other.noun === noun && (other.reason !== undefined || reason !== undefined));
}

function reasonIn(links: readonly Link[]): string | undefined {
  const open = links.flatMap(({ passages }) => passages).find(({ reason }) => reason !== undefined)?.reason;
  return open ?? links.find(({ openRouting }) => openRouting !== undefined)?.openRouting;
}

function reasonAt(maybe: readonly Link[], first: Link): string {
  const gateways = [first, ...maybe].flatMap((link) => link.gateways);
  return gateways.find(({ reason }) => reason !== undefined)?.reason ?? 'its gateway is not decided';
}

/** Where routes stay as they are, the link that has them is to be mended. */
function movedBy(lost: readonly Link[], left: readonly Link[]): Link['component'] {
  return ([...left, ...lost].find(({ movesRoutes }) => !movesRoutes) ?? lost[0]).component;
}

function rerouted(lost: readonly Link[], left: readonly Link[]): Recovery {
  const fixed = [...left, ...lost].some(({ movesRoutes }) => !movesRoutes);
  return fixed
    ? {
        steps: [FIGURES.humanDecision, FIGURES.routesByHand],
        rpo: NONE,
        fix: 'use BGP: static routes do not move by themselves',
      }
    : { steps: lost.map(noticed), rpo: NONE, fix: 'lower the dead peer timeout, and use BFD on Direct Connect' };
}

function noticed({ kind, deadPeerSeconds }: Link): Step {
  if (kind === 'Direct Connect') {
    return FIGURES.bgpHoldTimer;
  }
  return deadPeerSeconds === undefined
    ? FIGURES.tunnelDetection
    : { ...FIGURES.tunnelDetection, time: seconds(deadPeerSeconds), source: 'template: DPDTimeoutSeconds' };
}

function cut([{ kind }]: readonly Link[]): Recovery {
  const fix =
    kind === 'VPN'
      ? 'add a connection to a second customer gateway on other premises equipment'
      : 'add a connection at another Direct Connect location, or a VPN that backs it up';
  return { steps: [FIGURES.linkMended], rpo: NONE, fix };
}
