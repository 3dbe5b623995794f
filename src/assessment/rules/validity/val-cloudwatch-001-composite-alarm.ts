import { type Assembly, type Resource, textOf, type Value } from '../../model';
import { defineRule, failed, PASS, type RuleOutcome, undecided } from '../rule';

const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];
const STATE = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*("[^"]*"|'[^']*'|[^()"'\s]+)\s*\)/g;
const LOCATION = 'Properties.AlarmRule';

/** Regions of the alarms of each name. */
const regionsByName = new WeakMap<Assembly, Map<string, (string | undefined)[]>>();

function regionsOf(assembly: Assembly, name: string): (string | undefined)[] {
  let index = regionsByName.get(assembly);
  if (!index) {
    index = new Map();
    for (const alarm of assembly.resourcesOf(...ALARMS)) {
      const alarmName = textOf(alarm.property('AlarmName'));
      if (alarmName !== undefined) {
        index.set(alarmName, [...(index.get(alarmName) ?? []), alarm.region]);
      }
    }
    regionsByName.set(assembly, index);
  }
  return index.get(name) ?? [];
}

/** The text of a rule, each reference as a number between angle brackets. */
function writtenOut(rule: Value): { text: string; references: Resource[] } {
  const references: Resource[] = [];
  const parts = rule.kind === 'text' ? rule.parts : [textOf(rule) ?? ''];
  const text = parts.map((part) => {
    if (typeof part === 'string') {
      return part;
    }
    return part.kind === 'reference' ? `<${references.push(part.resource) - 1}>` : '<?>';
  });
  return { text: text.join(''), references };
}

function judgeName(name: string, references: Resource[], resource: Resource, assembly: Assembly): RuleOutcome {
  const referred = /<(\d+)>/.exec(name);
  if (referred) {
    const target = references[Number(referred[1])];
    const wrong = target === resource || (name === referred[0] && !ALARMS.includes(target.type));
    return wrong
      ? failed(`names ${target.path}, which is ${target === resource ? 'itself' : 'no alarm'}`, LOCATION)
      : PASS;
  }
  const plain = name.startsWith('arn:') ? name.split(':').slice(6).join(':') : name;
  if (plain.includes('<?>') || plain === '') {
    return undecided('an alarm name is set at deployment', LOCATION);
  }
  if (plain === textOf(resource.property('AlarmName'))) {
    return failed(`names ${plain}, which is itself`, LOCATION);
  }
  const regions = regionsOf(assembly, plain);
  if (regions.length === 0) {
    return undecided(`names ${plain}, which no template here defines`, LOCATION);
  }
  return regions.includes(resource.region)
    ? PASS
    : failed(`names ${plain}, which is in ${regions.join(', ')} only`, LOCATION);
}

export const compositeAlarmNamesAlarms = defineRule({
  id: 'VAL-CLOUDWATCH-001',
  title: 'a composite alarm is a readable expression over alarms of its own region',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a composite alarm that names an alarm which does not exist in its account and Region is refused',
  fix: 'refer to the alarms by Ref or Fn::GetAtt, joined by AND, OR and NOT',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html',
  resourceTypes: ['AWS::CloudWatch::CompositeAlarm'],
  evaluate: (resource, { assembly }) => {
    const rule = resource.property('AlarmRule');
    if (rule.kind !== 'known' && rule.kind !== 'text') {
      return undecided('the expression is set at deployment', LOCATION);
    }
    const { text, references } = writtenOut(rule);
    const rest = text.replace(STATE, ' ').replace(/\b(?:AND|OR|NOT|TRUE|FALSE)\b|[()\s]/g, '');
    if (rest !== '' && !rest.includes('<?>')) {
      return failed(`cannot be read at: ${rest.slice(0, 40)}`, LOCATION);
    }
    const names = [...text.matchAll(STATE)].map(([, name]) => name.replace(/^["']|["']$/g, ''));
    const outcomes = names.map((name) => judgeName(name, references, resource, assembly));
    const open = rest === '' ? [] : [undecided('the expression is set at deployment', LOCATION)];
    return (
      [...outcomes, ...open]
        .sort((a, b) => Number(b.verdict === 'fail') - Number(a.verdict === 'fail'))
        .find(({ verdict }) => verdict !== 'pass') ?? PASS
    );
  },
});
