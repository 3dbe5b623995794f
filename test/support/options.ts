import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

/** A choice: a static method that makes one of several things, such as `Compute.fargate`. */
export interface Choice {
  readonly type: string;
  readonly name: string;
}

/** A property that may be left out, and what takes it. */
export interface Option {
  readonly type: string;
  readonly name: string;
  /** How code that could set it looks: `Compute.fargate(`, `new BackupAudit(`, `.copyTo(`. */
  readonly doors: string[];
}

/** What users of some modules choose from. */
export interface Vocabulary {
  readonly choices: Choice[];
  readonly options: Option[];
}

/** Read it from the sources: as they are written, without asking the compiler what they mean, which would take seconds. */
export function vocabularyOf(folders: string[]): Vocabulary {
  const sources = folders.flatMap((folder) => filesIn(folder, false)).map(parse);
  const classes = sources.flatMap((source) => source.statements.filter(ts.isClassDeclaration).filter(isExported));
  const structs = sources.flatMap((source) => source.statements.filter(ts.isInterfaceDeclaration).filter(isExported));
  const doors = doorsOf(classes, structs);
  return {
    choices: classes.flatMap((one) =>
      one.members
        .filter(ts.isMethodDeclaration)
        .filter((member) => has(member, ts.SyntaxKind.StaticKeyword) && isPublic(member))
        .filter(({ type }) => type && ts.isTypeReferenceNode(type) && isMade(type, one)) // others tell a name
        .map((member) => ({ type: nameOf(one), name: nameOf(member) })),
    ),
    options: structs
      .filter((struct) => /(?<!Bind)(Props|Options)$/.test(struct.name.text))
      .flatMap((struct) =>
        struct.members
          .filter((member) => ts.isPropertySignature(member) && member.questionToken !== undefined)
          .filter((member) => !nameOf(member).startsWith('_'))
          .map((member) => ({
            type: struct.name.text,
            name: nameOf(member),
            doors: [...(doors.get(struct.name.text) ?? [])],
          })),
      ),
  };
}

/** A test, with what the helpers it uses do for it. */
export interface TestText {
  readonly file: string;
  readonly text: string;
  /** Names of the properties that it sets. */
  readonly sets: Set<string>;
}

/** Every test below a folder. */
export function testsIn(folder: string): TestText[] {
  return filesIn(folder, true)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => {
      const source = parse(file);
      const helpers = [...source.text.matchAll(/from '(.*\/support\/.*)'/g)].map(([, from]) =>
        fs.readFileSync(path.join(path.dirname(file), `${from}.ts`), 'utf-8'),
      );
      return { file, text: [source.text, ...helpers].join('\n'), sets: propertiesSet(source) };
    });
}

function propertiesSet(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (
      (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
      !ts.isComputedPropertyName(node.name)
    ) {
      names.add(node.name.text);
    }
    node.forEachChild(visit);
  };
  visit(source);
  return names;
}

/** Which calls take a struct: as their argument, inside another struct, or as what one that extends it has from it. */
function doorsOf(classes: ts.ClassDeclaration[], structs: ts.InterfaceDeclaration[]): Map<string, Set<string>> {
  const doors = new Map<string, Set<string>>();
  const add = (struct: string, more: Iterable<string>): boolean => {
    const known = doors.get(struct) ?? new Set();
    const before = known.size;
    for (const door of more) known.add(door);
    doors.set(struct, known);
    return known.size > before;
  };
  for (const one of classes) {
    for (const member of one.members) {
      if (!ts.isConstructorDeclaration(member) && !ts.isMethodDeclaration(member)) continue;
      for (const type of member.parameters.flatMap(typesIn)) {
        add(type, [doorOf(one, member)]);
      }
    }
  }
  let found = true;
  while (found) {
    found = false;
    for (const struct of structs) {
      const own = doors.get(struct.name.text) ?? [];
      const bases = (struct.heritageClauses ?? []).flatMap(({ types }) =>
        types.map((type) => type.expression.getText()),
      );
      for (const other of [...bases, ...struct.members.flatMap(typesIn)]) {
        found = add(other, own) || found;
      }
    }
  }
  return doors;
}

function doorOf(one: ts.ClassDeclaration, member: ts.ConstructorDeclaration | ts.MethodDeclaration): string {
  if (ts.isConstructorDeclaration(member)) {
    return `new ${nameOf(one)}(`;
  }
  return has(member, ts.SyntaxKind.StaticKeyword) ? `${nameOf(one)}.${nameOf(member)}(` : `.${nameOf(member)}(`;
}

/** Names of all types that are written in a type. */
function typesIn(node: ts.ParameterDeclaration | ts.TypeElement): string[] {
  const names: string[] = [];
  const visit = (inner: ts.Node): void => {
    if (ts.isTypeReferenceNode(inner)) names.push(inner.typeName.getText());
    inner.forEachChild(visit);
  };
  if ('type' in node && node.type) visit(node.type as ts.TypeNode);
  return names;
}

function filesIn(folder: string, deep: boolean): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return deep ? filesIn(at, deep) : [];
    return entry.name.endsWith('.ts') ? [at] : [];
  });
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, fs.readFileSync(file, 'utf-8'), ts.ScriptTarget.Latest, true);
}

/** What a factory makes: one of its own class, or whatever implements an interface of behaviour. */
function isMade(type: ts.TypeReferenceNode, { name }: ts.ClassDeclaration): boolean {
  const made = type.typeName.getText();
  return made === name?.text || /^I[A-Z][a-z]/.test(made);
}

function isExported(node: ts.ClassDeclaration | ts.InterfaceDeclaration): boolean {
  return has(node, ts.SyntaxKind.ExportKeyword);
}

function isPublic(member: ts.ClassElement): boolean {
  return !has(member, ts.SyntaxKind.PrivateKeyword) && !nameOf(member).startsWith('_');
}

function nameOf(node: ts.NamedDeclaration): string {
  return node.name?.getText() ?? '';
}

function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}
