/** The security baseline of a sandbox account in which none of its services is on yet; removed again with its stack. */
import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Stack } from 'aws-cdk-lib';
import { DataProtection, SecurityBaseline } from '../src';

const app = new App();
const stack = new Stack(app, 'IntegSecurityBaseline', { env: { region: 'us-east-1' } });
new SecurityBaseline(stack, 'Security', {
  homeRegion: 'us-east-1',
  dataProtection: DataProtection.destroyWithStack({ acknowledgeDataLoss: 'integration test' }),
});

const integ = new IntegTest(app, 'Integ', { testCases: [stack], diffAssets: false });

integ.assertions
  .awsApiCall('ConfigService', 'describeConfigurationRecorderStatus', {})
  .expect(ExpectedResult.objectLike({ ConfigurationRecordersStatus: [{ recording: true }] }));
integ.assertions
  .awsApiCall('SecurityHub', 'describeHub', {})
  .expect(ExpectedResult.objectLike({ ControlFindingGenerator: 'SECURITY_CONTROL' }));
