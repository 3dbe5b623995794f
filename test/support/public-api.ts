import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const SRC = path.join(__dirname, '..', '..', 'src');

/** Names that the package exports (classes, interfaces, enums), each with its public members. */
export function publicApi(): Map<string, Set<string>> {
  const api = new Map<string, Set<string>>();
  for (const file of exportedFiles(path.join(SRC, 'index.ts'))) {
    const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf-8'), ts.ScriptTarget.Latest, true);
    source.forEachChild((node) => {
      const declares = ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node);
      if (declares && node.name && has(node, ts.SyntaxKind.ExportKeyword)) {
        api.set(node.name.text, new Set([...node.members].flatMap((member) => namesOf(member))));
      }
    });
  }
  return api;
}

function exportedFiles(index: string): string[] {
  return [...fs.readFileSync(index, 'utf-8').matchAll(/^export \* from '(.+?)';/gm)].flatMap(([, from]) => {
    const target = path.join(path.dirname(index), from);
    return fs.existsSync(`${target}.ts`) ? [`${target}.ts`] : exportedFiles(path.join(target, 'index.ts'));
  });
}

function namesOf(member: ts.ClassElement | ts.TypeElement | ts.EnumMember): string[] {
  if (ts.isConstructorDeclaration(member)) {
    return member.parameters.filter((p) => has(p, ts.SyntaxKind.PublicKeyword)).map((p) => p.name.getText());
  }
  const hidden = has(member, ts.SyntaxKind.PrivateKeyword) || has(member, ts.SyntaxKind.ProtectedKeyword);
  return member.name && !hidden ? [member.name.getText()] : [];
}

function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}
