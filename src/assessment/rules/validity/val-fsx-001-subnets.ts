import { itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const KINDS = ['WindowsConfiguration', 'OntapConfiguration', 'OpenZFSConfiguration'];

export const fileSystemHasSubnetsForItsZones = defineRule({
  id: 'VAL-FSX-001',
  title: 'a file system has two subnets if it spans zones, else one',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a Multi-AZ file system with one subnet, or a Single-AZ one with two, is refused',
  fix: 'list two subnets in different zones in SubnetIds of a Multi-AZ file system',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fsx-filesystem.html',
  resourceTypes: ['AWS::FSx::FileSystem'],
  evaluate: (resource) => {
    const deployments = KINDS.map((kind) => resource.property(kind, 'DeploymentType'));
    const deployment = deployments.find(({ kind }) => kind !== 'absent');
    const subnets = resource.property('SubnetIds');
    if (deployment === undefined) {
      return NOT_APPLICABLE;
    }
    const type = textOf(deployment);
    if (type === undefined || subnets.kind !== 'list') {
      return undecided(reasonOf(deployment) ?? reasonOf(subnets) ?? 'no subnets', 'Properties.SubnetIds');
    }
    const expected = type.startsWith('MULTI_AZ') ? 2 : 1;
    const count = itemsOf(subnets).length;
    return count === expected ? PASS : failed(`${type} with ${count} subnets`, 'Properties.SubnetIds');
  },
});
