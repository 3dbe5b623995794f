import { itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, type RuleOutcome, undecided } from '../rule';

const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const WINDOW = new RegExp(`^(${DAY}):(${TIME})-(${DAY}):(${TIME})$`);
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Windows are in UTC and may not pass midnight. */
function isWindow(text: string): boolean {
  const [, startDay, start, endDay, end] = WINDOW.exec(text) ?? [];
  return startDay !== undefined && startDay === endDay && start < end;
}

function isDate(text: string): boolean {
  return DATE.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

export const practiceRunWindowsAreValid = defineRule({
  id: 'VAL-ARC-002',
  title: 'windows and dates that block practice runs are written as the service reads them',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a window in local time, in lower case or over midnight is refused, and the practice run would come at peak hours',
  fix: 'write windows as Mon:11:00-Mon:23:00 in UTC within one day, dates as 2026-12-25, at most 15 of each',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-autoshift.html',
  resourceTypes: ['AWS::ARCZonalShift::ZonalAutoshiftConfiguration'],
  evaluate: (resource) => {
    let unknown: RuleOutcome | undefined;
    for (const [key, isValid] of [
      ['BlockedWindows', isWindow],
      ['BlockedDates', isDate],
    ] as const) {
      const location = `Properties.PracticeRunConfiguration.${key}`;
      const items = itemsOf(resource.property('PracticeRunConfiguration', key));
      if (items.length > 15) {
        return failed(`${items.length} entries`, location);
      }
      for (const item of items) {
        const text = textOf(item);
        if (text !== undefined && !isValid(text)) {
          return failed(`cannot be read: ${text}`, location);
        }
        if (text === undefined) {
          unknown ??= undecided(reasonOf(item) ?? 'no text', location);
        }
      }
    }
    return unknown ?? PASS;
  },
});
