import { endpointsForDependencies } from '../../../../src/assessment/rules/network/res-net-007-endpoints-for-dependencies';
import { testRule } from '../../../support/rules';
import { ref, resource, subnet, templateOf } from './subnets';

const endpoint = (service: unknown) => resource('AWS::EC2::VPCEndpoint', { VpcId: ref('It'), ServiceName: service });
const network = { It: resource('AWS::EC2::VPC'), X: subnet(0, { VpcId: ref('It') }) };
const service = resource('AWS::ECS::Service', {
  NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('X')] } },
});
const api = endpoint({ 'Fn::Sub': 'com.amazonaws.${AWS::Region}.ecr.api' });
const registry = endpoint('com.amazonaws.us-east-1.ecr.dkr');

testRule(endpointsForDependencies, [
  {
    name: 'a service with endpoints of the registry',
    verdict: 'pass',
    template: templateOf({ ...network, service, api, registry }),
  },
  { name: 'a service without', verdict: 'fail', template: templateOf({ ...network, service, api }) },
  {
    name: 'an instance without',
    verdict: 'fail',
    template: templateOf({ ...network, I: resource('AWS::EC2::Instance', { SubnetId: ref('X') }), api, registry }),
  },
  { name: 'nothing runs', verdict: 'not-applicable', template: templateOf(network) },
  {
    name: 'an endpoint of a service that is not decided',
    verdict: 'unknown',
    template: templateOf({ ...network, service, E: endpoint(ref('P')) }),
  },
]);
