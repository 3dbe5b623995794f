import type { Graph } from '../graph';
import { booleanOf, type Resource, referencesIn, textOf } from '../model';

/** What the templates say about links to the hospital. */
export interface Links {
  readonly verdict: 'MEETS' | 'MISSES' | 'UNKNOWN';
  readonly chain: readonly string[];
  readonly resource?: Resource;
  readonly fix?: string;
}

/** Two routers at the hospital, each with its own connection and routes that move by themselves. */
export function linksIn(graph: Graph): Links {
  const connections = graph.assembly.resourcesOf('AWS::EC2::VPNConnection');
  if (connections.length === 0) {
    return { verdict: 'UNKNOWN', chain: ['no link to a hospital is defined in these templates'] };
  }
  const routers = new Set(
    connections.map((connection) => {
      const router = connection.property('CustomerGatewayId');
      return referencesIn(router)[0]?.resource.id ?? textOf(router);
    }),
  );
  const [first] = connections;
  if (routers.size < 2) {
    const fix = 'add a connection to a second customer gateway on other premises equipment';
    return {
      verdict: 'MISSES',
      chain: ['the link to the hospital is cut', `${first.path} ends at its only router`],
      resource: first,
      fix,
    };
  }
  const fixed = connections.find((connection) => booleanOf(connection.property('StaticRoutesOnly')) === true);
  if (fixed) {
    const fix = 'use BGP: static routes do not move by themselves';
    return {
      verdict: 'MISSES',
      chain: ['the link to the hospital is cut', `${fixed.path} has static routes`],
      resource: fixed,
      fix,
    };
  }
  return { verdict: 'MEETS', chain: ['the link to the hospital is cut', 'BGP moves traffic to the other connection'] };
}
