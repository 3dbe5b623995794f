import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { RdsStorage } from '../../src/data';

/** A size that every engine and a Multi-AZ DB cluster can have: it has local disks. */
export const SIZE = {
  instanceType: new ec2.InstanceType('m5d.large'),
  storage: RdsStorage.gp3({ size: Size.gibibytes(200) }),
};
