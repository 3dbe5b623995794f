/** It is too early, or too late: somebody has to do something else first. Trying again changes nothing. */
export class Refusal extends Error {
  public readonly name = 'WrongOrder';
}

/** Nothing is wrong, but it is not there yet: calling again goes on. */
export class StillWorking extends Error {
  public readonly name = 'StillWorking';
}

/** AWS did not answer, or refused: calling again goes on with what is left. */
export class Incomplete extends Error {
  public readonly name = 'Incomplete';
}

/** What is left to do about work of AWS that ended badly: its name is of the round, and so is never made again. */
export const BEGIN_ANEW = 'mend that, overwrite the report with the word anew, and start again';
