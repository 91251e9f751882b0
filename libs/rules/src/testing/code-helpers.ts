import ts from 'typescript';
import type { CatalogueEntry } from '../catalogue-entry.js';

export type CodeKind = CatalogueEntry['kind'];

/** A function that takes a code: at which place of its arguments, and what it can make of it. */
export interface CodeHelper {
  readonly index: number;
  readonly kinds: readonly CodeKind[];
}
/** What is declared somewhere in the sources and takes a code. */
export interface CodeTakers {
  readonly classes: ReadonlyMap<string, CodeKind>;
  /** The function that a name means in a file: its own one, else one that it imports. */
  readonly helper: (name: string, source: ts.SourceFile) => CodeHelper | undefined;
}

/** The classes of @cliparity/model and what they mean for the exit code. Source: DESIGN section 7. */
export const BASE_CLASSES: ReadonlyMap<string, CodeKind> = new Map([
  ['UsageError', 'usage'],
  ['CouldNotRun', 'could-not-run'],
  ['FindingError', 'finding'],
  ['CliparityError', 'internal'],
  ['Interrupted', 'interrupted'],
]);

/** Visits a node and everything below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** The name of the class that a class extends. */
export function parentName(node: ts.ClassLikeDeclaration): string | undefined {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const parent = clause?.types[0]?.expression;
  return parent !== undefined && ts.isIdentifier(parent) ? parent.text : undefined;
}

/** The kinds of the error classes that are named in a piece of code, as values. */
export function kindsNamedIn(node: ts.Node, classes: ReadonlyMap<string, CodeKind>): readonly CodeKind[] {
  const kinds = new Set<CodeKind>();
  walk(node, (at) => {
    const kind = ts.isIdentifier(at) && !ts.isTypeReferenceNode(at.parent) ? classes.get(at.text) : undefined;
    if (kind !== undefined) kinds.add(kind);
  });
  return [...kinds];
}

/** A function with its name, also when it is a constant; undefined for other nodes. */
function namedFunction(node: ts.Node): { name: string; fn: ts.FunctionLikeDeclaration } | undefined {
  if (ts.isFunctionDeclaration(node) && node.name !== undefined) return { name: node.name.text, fn: node };
  if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || node.initializer === undefined)
    return undefined;
  return ts.isArrowFunction(node.initializer) ? { name: node.name.text, fn: node.initializer } : undefined;
}

/** Whether a function hands its parameter `code` to a constructor as the first argument. */
function constructsWithCode(body: ts.Node): boolean {
  let found = false;
  walk(body, (node) => {
    const [first] = ts.isNewExpression(node) ? (node.arguments ?? []) : [];
    found ||= first !== undefined && ts.isIdentifier(first) && first.text === 'code';
  });
  return found;
}

function classesOf(sources: readonly ts.SourceFile[]): ReadonlyMap<string, CodeKind> {
  const classes = new Map(BASE_CLASSES);
  const visit = (node: ts.Node): void => {
    if (!ts.isClassDeclaration(node) || node.name === undefined) return;
    const kind = classes.get(parentName(node) ?? '');
    if (kind !== undefined && !classes.has(node.name.text)) classes.set(node.name.text, kind);
  };
  sources.forEach((source) => walk(source, visit));
  return classes;
}

/** Every named function of a file; `undefined` for those that take no code. */
function helpersIn(source: ts.SourceFile, classes: CodeTakers['classes']): Map<string, CodeHelper | undefined> {
  const helpers = new Map<string, CodeHelper | undefined>();
  walk(source, (node) => {
    const named = namedFunction(node);
    if (named === undefined) return;
    const index = named.fn.parameters.findIndex(({ name }) => ts.isIdentifier(name) && name.text === 'code');
    const { body } = named.fn;
    const takes = index >= 0 && body !== undefined && constructsWithCode(body);
    helpers.set(named.name, takes ? { index, kinds: kindsNamedIn(body, classes) } : undefined);
  });
  return helpers;
}

function imports(name: string, source: ts.SourceFile): boolean {
  return source.statements.some((statement) => {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    return bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.some((e) => e.name.text === name);
  });
}

/** Finds what takes codes: our four classes, those that extend them, and functions that hand a parameter `code` to one of them. */
export function codeTakers(sources: readonly ts.SourceFile[]): CodeTakers {
  const classes = classesOf(sources);
  const own = new Map(sources.map((source) => [source, helpersIn(source, classes)]));
  const anywhere = new Map(
    [...own.values()].flatMap((helpers) => [...helpers].filter(([, found]) => found !== undefined)),
  );
  return {
    classes,
    helper: (name, source) => {
      const here = own.get(source);
      if (here?.has(name) === true) return here.get(name);
      return imports(name, source) ? anywhere.get(name) : undefined;
    },
  };
}
