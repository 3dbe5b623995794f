import type { ManagedConfigRule } from '../conformance-pack';

/** The template of a conformance pack, in as few characters as it takes: it may have 51,200. */
export function packTemplate(rules: ManagedConfigRule[]): string {
  const resources = rules.map(({ identifier, parameters }) => [
    logicalId(identifier),
    {
      Type: 'AWS::Config::ConfigRule',
      Properties: {
        ConfigRuleName: identifier.toLowerCase().replace(/_/g, '-'),
        InputParameters: parameters,
        Source: { Owner: 'AWS', SourceIdentifier: identifier },
      },
    },
  ]);
  return JSON.stringify({ Resources: Object.fromEntries(resources) });
}

/** `EBS_ENCRYPTED` as `EbsEncrypted`. */
function logicalId(identifier: string): string {
  return identifier
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
