/** The command was called in a way it does not understand. The message is one line. */
export class UsageError extends Error {
  public constructor(message: string) {
    super(`${message.replace(/\s+/g, ' ')}; see cdk-resilient-ehr assess --help`);
    this.name = 'UsageError';
  }
}
