/** What can be wrong with what the judge was given to read. */
export type InputProblem =
  | 'PathNotFound'
  | 'NotATemplate'
  | 'NotAnAssembly'
  | 'TruncatedJson'
  | 'InvalidJson'
  | 'InvalidYaml'
  | 'YamlAliasBomb'
  | 'FileTooLarge'
  | 'NestedTooDeeply'
  | 'UnexpandedLoop'
  | 'CyclicReference';

/** The input cannot be judged. The message is one line: what, where, what to do. */
export class InputError extends Error {
  public constructor(
    public readonly problem: InputProblem,
    message: string,
    /** The file or directory. */
    public readonly path: string,
  ) {
    super(`${path}: ${message.replace(/\s+/g, ' ')} [${problem}]`);
    this.name = 'InputError';
  }
}
