import type { Terminal } from './terminal';

/** Nobody wonders before that. */
const PATIENCE_MS = 2000;
const BETWEEN_MS = 1000;
/** Takes about as long to read as somebody is patient, on two shared cores. */
const MANY_BYTES = 40_000_000;

/** Says what takes so long, to somebody who waits before a terminal. */
export class Progress {
  private readonly started: number;
  private said = 0;

  public constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number = Date.now,
  ) {
    this.started = now();
  }

  /** Reading cannot be interrupted to say so: it is said before where there is much to read. */
  public reading(bytes: number): void {
    if (bytes > MANY_BYTES) {
      this.say(`reading ${Math.round(bytes / 1e6)} MB of templates …`);
    }
  }

  public judging(what: string, done: number, total: number): void {
    const now = this.now();
    if (now - this.started > PATIENCE_MS && now - this.said > BETWEEN_MS) {
      this.said = now;
      this.say(`judging ${what} (${done} of ${total} systems done, ${Math.round((now - this.started) / 1000)} s) …`);
    }
  }

  private say(text: string): void {
    if (this.terminal.showsProgress) {
      this.terminal.complain(`${text}\n`);
    }
  }
}
