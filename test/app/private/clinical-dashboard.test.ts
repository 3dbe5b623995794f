import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { clinicalApp, SmallNetwork } from '../../support/app';

interface Widget {
  readonly type: string;
  readonly y: number;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly alarms?: string[] };
}

/** The widgets from top to bottom, references by logical id. */
function widgets(options: Parameters<typeof clinicalApp>[0] = {}): Widget[] {
  const template = Template.fromStack(Stack.of(clinicalApp(options)));
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const parts: unknown[] = dashboard.Properties.DashboardBody['Fn::Join'][1];
  const text = parts
    .map((part) => (typeof part === 'string' ? part : Object.values(part as Record<string, unknown>).flat()[0]))
    .join('');
  return [...JSON.parse(text).widgets].sort((a: Widget, b: Widget) => a.y - b.y);
}

test('asks first whether people can work, and says when to go to paper', () => {
  const [first, ...rest] = widgets();
  expect(first.properties.markdown).toMatch(/^# ehr: can people work with it\?/);
  expect(first.properties.markdown).toContain('red for 5 minutes');
  const status = rest.filter(({ type }) => type === 'alarm');
  expect(status[0].properties).toMatchObject({
    title: 'Can people work?',
    alarms: [expect.stringContaining('Unusable'), expect.stringContaining('Downtime')],
  });
  expect(status[1].properties).toMatchObject({ title: 'Ways in', alarms: [expect.stringContaining('WayIn1')] });
});

test('tells what happens by itself and what people do, before what engineers read', () => {
  const markdowns = widgets().flatMap(({ properties }) => properties.markdown ?? []);
  const table = markdowns.findIndex((text) => text.startsWith('| what is watched |'));
  expect(table).toBeGreaterThan(0);
  expect(markdowns.indexOf('# For engineers')).toBeGreaterThan(table);
  expect(markdowns[table]).toContain(
    '| the load balancer sends the target no more requests | by itself | 35 seconds |',
  );
  expect(markdowns[table]).toContain('| a person | 5 minutes |');
  expect(markdowns[table]).toContain('| by itself | not measured yet |');
});

test('shows engineers every alarm', () => {
  const every = widgets().find(({ properties }) => properties.title === 'Every alarm');
  expect(every?.properties.alarms?.length).toBeGreaterThan(8);
});

test('leaves out rows with nothing in them', () => {
  const ingress = {
    bind: () => ({
      entryPoint: { address: 'x', protocol: 'TEST', port: 1, path: 'x' },
      alarms: [],
      deploymentAlarms: [],
      widgets: [],
    }),
  };
  const titles = widgets({ app: { ingress: [ingress], network: new SmallNetwork() } }).map(
    ({ properties }) => properties.title,
  );
  expect(titles).not.toContain('Ways in');
});
