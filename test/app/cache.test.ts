import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AppSecret, AppSetting, Cache } from '../../src';
import { clinicalApp } from '../support/app';

const cache = Cache.valkey({ nodeType: 'cache.t4g.medium' });

test('an application is given the address and the password of its cache, and may reach it', () => {
  const app = clinicalApp({
    compute: {
      environment: { CACHE: AppSetting.format('rediss://{cache.primary}:{cache.port}?replica={cache.reader}') },
      secrets: { CACHE_PASSWORD: AppSecret.cachePassword() },
    },
    app: { cache },
  });
  const template = Template.fromStack(Stack.of(app));
  const [task] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
  const [container] = task.Properties.ContainerDefinitions;
  expect(JSON.stringify(container.Environment)).toMatch(/rediss:.*PrimaryEndPoint\.Address.*:6380.*ReaderEndPoint/);
  expect(container.Secrets).toEqual([
    expect.objectContaining({ Name: 'CACHE_PASSWORD', ValueFrom: expect.objectContaining({}) }),
  ]);
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 6380, ToPort: 6380 });
  expect(app.cache?.replicationGroup).toBeDefined();
});

test('the alarms of the cache notify, and its failover is part of what losing a zone takes', () => {
  const app = clinicalApp({ app: { cache } });
  const template = Template.fromStack(Stack.of(app));
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: Match.stringLikeRegexp('cache node is 80 % full'),
    AlarmActions: [Match.anyValue()],
  });
  expect(app.alarms).toEqual(expect.arrayContaining(app.cache?.alarms ?? []));
});

test('fails where an application asks for a cache that the system does not have', () => {
  const setting = { environment: { CACHE: AppSetting.format('{cache.primary}') } };
  expect(() => clinicalApp({ compute: setting })).toThrow(/refers to \{cache.primary\}, but the system has no cache/);
  const secret = { secrets: { CACHE_PASSWORD: AppSecret.cachePassword() } };
  expect(() => clinicalApp({ compute: secret })).toThrow(/the cache's password, but the system has no cache/);
});
