import type { Construct } from 'constructs';
import { formatSetting, type SettingSources } from './private/container-settings';

/**
 * An environment variable of the application. Not for secrets: settings are readable by whoever can describe the task.
 *
 * The same definition is bound again in the recovery Region, where the database has another address. So a setting names
 * what it needs, and each Region fills in its own.
 */
export class AppSetting {
  /** The same text in every Region. */
  public static of(text: string): AppSetting {
    return new AppSetting(text, false);
  }

  /**
   * Text with placeholders, for example `jdbc:postgresql://{database.writer}:{database.port}/{database.name}`.
   *
   * `{database.writer}`, `{database.reader}`, `{database.port}`, `{database.name}`, `{documents.bucket}`, `{cache.primary}`, `{cache.reader}`, `{cache.port}`, `{region}`, and for a
   * file share called `archive` `{files.archive.host}` and `{files.archive.path}`, and for a table called `visits`
   * `{tables.visits.name}`, are replaced by their values in the Region that the system is bound in. An unknown placeholder, or one for
   * a database, document store, file share, table or cache that the system does not have, is refused with `InvalidAppSetting` when the system is made.
   */
  public static format(template: string): AppSetting {
    return new AppSetting(template, true);
  }

  private constructor(
    private readonly text: string,
    private readonly hasPlaceholders: boolean,
  ) {}

  /** @internal */
  public _render(scope: Construct, name: string, sources: SettingSources): string {
    return this.hasPlaceholders ? formatSetting(scope, name, this.text, sources) : this.text;
  }
}
