const DEFAULT_WIDTH = 100;
const NARROWEST = 60;
const WIDEST = 140;

/** Plain text for a terminal: no colour is needed to read it. */
export class Layout {
  public readonly width: number;
  private readonly lines: string[] = [];

  public constructor(width = DEFAULT_WIDTH) {
    this.width = Math.min(WIDEST, Math.max(NARROWEST, width));
  }

  public get text(): string {
    return `${this.lines.join('\n').trim()}\n`;
  }

  public heading(text: string): this {
    this.gap().line(text);
    this.lines.push('─'.repeat(Math.min(this.width, text.length)));
    return this;
  }

  /** A paragraph; lines after the first are indented by two more. */
  public line(text: string, indent = 0): this {
    let rest = `${' '.repeat(indent)}${text}`;
    while (rest.length > this.width) {
      const space = rest.lastIndexOf(' ', this.width);
      const end = space > indent + 2 ? space : rest.indexOf(' ', this.width);
      if (end < 0) {
        break; // one long word: a path or an address stays whole, so that it can be copied
      }
      this.lines.push(rest.slice(0, end));
      rest = `${' '.repeat(indent + 2)}${rest.slice(end + 1)}`;
    }
    this.lines.push(rest);
    return this;
  }

  public gap(): this {
    this.lines.push('');
    return this;
  }

  /** At most some of a list, and how many more there are. */
  public some<T>(items: readonly T[], most: number, each: (item: T) => void, indent = 0): this {
    items.slice(0, most).forEach(each);
    if (items.length > most) {
      this.line(`… and ${items.length - most} more (--json lists all)`, indent);
    }
    return this;
  }

  /** Columns as wide as their widest cell. */
  public table(rows: readonly (readonly string[])[]): this {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    for (const row of rows) {
      this.lines.push(
        row
          .map((cell, column) => cell.padEnd(widths[column]))
          .join('  ')
          .trimEnd(),
      );
    }
    return this;
  }
}

/** `1 resource`, `2 resources`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Items by a key, in the order in which keys first appear. */
export function groupedBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) {
      group.push(item);
    } else {
      groups.set(key(item), [item]);
    }
  }
  return groups;
}
