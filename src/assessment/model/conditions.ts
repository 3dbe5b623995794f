import type { Stack } from './stack';
import { identityOf, isObject, type Json, known, reasonOf, unknown, type Value } from './value';

/** Evaluates a condition to true, false or unknown. One undecided operand does not spoil a decided whole. */
export function evaluateCondition(json: Json, stack: Stack): Value {
  if (!isObject(json)) {
    return unknown('a condition that is no object');
  }
  const [operator] = Object.keys(json);
  const operands = Array.isArray(json[operator]) ? json[operator] : [json[operator]];
  switch (operator) {
    case 'Condition':
      return stack.condition(String(operands[0]));
    case 'Fn::Equals':
      return equals(operands, stack);
    case 'Fn::Not':
      return not(evaluateCondition(operands[0] ?? null, stack));
    case 'Fn::And':
      return decide(operands, stack, false);
    case 'Fn::Or':
      return decide(operands, stack, true);
    default:
      return unknown(`a condition made with ${operator}`);
  }
}

function equals(operands: Json[], stack: Stack): Value {
  const [left, right] = operands.map((operand) => stack.resolve(operand));
  if (!left || !right) {
    return unknown('Fn::Equals needs two values');
  }
  const [leftId, rightId] = [identityOf(left), identityOf(right)];
  if (leftId !== undefined && leftId === rightId) {
    return known(true);
  }
  const undecided = reasonOf(left) ?? reasonOf(right);
  return undecided === undefined ? known(false) : unknown(undecided);
}

function not(value: Value): Value {
  return value.kind === 'known' ? known(value.value !== true) : value;
}

/** `And` is decided by one false operand, `Or` by one true operand. */
function decide(operands: Json[], stack: Stack, deciding: boolean): Value {
  const values = operands.map((operand) => evaluateCondition(operand, stack));
  if (values.some((value) => value.kind === 'known' && value.value === deciding)) {
    return known(deciding);
  }
  return values.find((value) => value.kind !== 'known') ?? known(!deciding);
}
