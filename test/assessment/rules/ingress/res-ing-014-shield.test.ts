import { shield } from '../../../../src/assessment/rules/ingress/res-ing-014-shield';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const balancer = resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' });
const protection = (ResourceArn: unknown) => resource('AWS::Shield::Protection', { ResourceArn });

testRule(shield, [
  { name: 'protected', verdict: 'pass', template: templateOf({ It: balancer, Protection: protection(ref('It')) }) },
  {
    name: 'another is protected, this one is not',
    verdict: 'fail',
    template: templateOf({ It: balancer, Protection: protection('arn') }),
  },
  {
    name: 'an address is not',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::EC2::EIP'), Protection: protection('arn') }),
  },
  {
    name: 'a distribution is not',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::CloudFront::Distribution'), Protection: protection('arn') }),
  },
  {
    name: 'a public zone is not',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::Route53::HostedZone'), Protection: protection('arn') }),
  },
  {
    name: 'a classic load balancer is not',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::ElasticLoadBalancing::LoadBalancer'), Protection: protection('arn') }),
  },
  {
    name: 'what is protected is not decided',
    verdict: 'unknown',
    template: templateOf({ It: balancer, Protection: protection(ref('P')) }),
  },
  { name: 'nothing is protected', verdict: 'not-applicable', template: templateOf({ It: balancer }) },
  {
    name: 'an internal load balancer',
    verdict: 'not-applicable',
    template: templateOf({
      It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' }),
      Protection: protection('arn'),
    }),
  },
  {
    name: 'the address of a nat gateway',
    verdict: 'not-applicable',
    template: templateOf({
      It: resource('AWS::EC2::EIP'),
      Nat: resource('AWS::EC2::NatGateway', { AllocationId: { 'Fn::GetAtt': ['It', 'AllocationId'] } }),
      Protection: protection('arn'),
    }),
  },
]);
