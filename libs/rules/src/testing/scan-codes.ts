import ts from 'typescript';
import { codesOf } from './code-expression.js';
import {
  BASE_CLASSES,
  codeTakers,
  kindsNamedIn,
  parentName,
  walk,
  type CodeKind,
  type CodeTakers,
} from './code-helpers.js';

/** A code as one place in the sources states it. */
export interface CodeUse {
  readonly code: string;
  /** The class it is thrown with; several where the class is chosen at run time. */
  readonly kinds: readonly CodeKind[];
  /** `file:line` */
  readonly at: string;
}
/** All codes of the sources, and the places of codes that could not be read. */
export interface CodeScan {
  readonly uses: readonly CodeUse[];
  readonly unreadable: readonly string[];
}
interface Place {
  readonly expression: ts.Expression;
  readonly kinds: readonly CodeKind[];
}

function nearestClass(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) if (ts.isClassLike(at)) return at;
  return undefined;
}

/** `new UsageError(code, …)`. A class of one's own may take something else first; what it hands to super is seen there. */
function constructedPlace(node: ts.NewExpression): Place | undefined {
  const kind = ts.isIdentifier(node.expression) ? BASE_CLASSES.get(node.expression.text) : undefined;
  const expression = node.arguments?.[0];
  return kind === undefined || expression === undefined ? undefined : { expression, kinds: [kind] };
}

/** `super(code, …)` in a class that extends one of ours. */
function superPlace(node: ts.CallExpression, { classes }: CodeTakers): Place | undefined {
  const owner = nearestClass(node);
  const parent = owner === undefined ? undefined : classes.get(parentName(owner) ?? '');
  const own = owner?.name === undefined ? undefined : BASE_CLASSES.get(owner.name.text);
  const kind = parent === undefined ? undefined : (own ?? parent);
  const [expression] = node.arguments;
  return kind === undefined || expression === undefined ? undefined : { expression, kinds: [kind] };
}

/** `helper(…, code, …)` */
function helperPlace(node: ts.CallExpression, takers: CodeTakers): Place | undefined {
  if (!ts.isIdentifier(node.expression)) return undefined;
  const helper = takers.helper(node.expression.text, node.getSourceFile());
  const expression = helper === undefined ? undefined : node.arguments[helper.index];
  return helper === undefined || expression === undefined ? undefined : { expression, kinds: helper.kinds };
}

function argumentPlace(node: ts.Node, takers: CodeTakers): Place | undefined {
  if (ts.isNewExpression(node)) return constructedPlace(node);
  if (!ts.isCallExpression(node)) return undefined;
  return node.expression.kind === ts.SyntaxKind.SuperKeyword ? superPlace(node, takers) : helperPlace(node, takers);
}

/** `code: …` of an object that is handed to `finding`; a draft kept elsewhere must state it as a literal to be seen. */
function propertyPlace(node: ts.Node): Place | undefined {
  if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.name) || node.name.text !== 'code') return undefined;
  const call = node.parent.parent;
  const isFinding = ts.isCallExpression(call) && ts.isIdentifier(call.expression) && call.expression.text === 'finding';
  const { initializer: expression } = node;
  return isFinding || ts.isStringLiteralLike(expression) ? { expression, kinds: ['finding'] } : undefined;
}

/** `const X_CODES = ['A_B', …] as const`: a closed list of codes of findings, from which a type is made. */
function listedPlaces(node: ts.Node): readonly Place[] {
  if (!ts.isVariableDeclaration(node) || !/_CODES$/.test(node.name.getText())) return [];
  const list = node.initializer;
  if (list === undefined || !ts.isAsExpression(list) || !ts.isArrayLiteralExpression(list.expression)) return [];
  return list.expression.elements.map((expression) => ({ expression, kinds: ['finding'] as const }));
}

/** Names of tuple types whose members include `code`, with its place: `type Problem = readonly [code: string, …]`. */
function tupleTypes(source: ts.SourceFile): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  walk(source, (node) => {
    if (!ts.isTypeAliasDeclaration(node)) return;
    const type = ts.isTypeOperatorNode(node.type) ? node.type.type : node.type;
    const members = ts.isTupleTypeNode(type) ? type.elements : [];
    const index = members.findIndex((member) => ts.isNamedTupleMember(member) && member.name.text === 'code');
    if (index >= 0) found.set(node.name.text, index);
  });
  return found;
}

/** `return ['CODE', …]` in a function whose return type is such a tuple. */
function tuplePlaces(source: ts.SourceFile, { classes }: CodeTakers): readonly Place[] {
  const tuples = tupleTypes(source);
  const places: Place[] = [];
  walk(source, (node) => {
    if (tuples.size === 0 || !ts.isFunctionDeclaration(node) || node.type === undefined) return;
    const words = node.type.getText().split(/\W+/);
    const index = [...tuples].find(([name]) => words.includes(name))?.[1];
    if (index === undefined) return;
    walk(node, (inner) => {
      if (!ts.isReturnStatement(inner) || inner.expression === undefined) return;
      const element = ts.isArrayLiteralExpression(inner.expression) ? inner.expression.elements[index] : undefined;
      if (element !== undefined) places.push({ expression: element, kinds: kindsNamedIn(source, classes) });
    });
  });
  return places;
}

/**
 * Finds every code that the sources can throw or report, told by its position alone.
 * @param files path → text
 */
export function scanCodes(files: ReadonlyMap<string, string>): CodeScan {
  const sources = [...files].map(([path, text]) => ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  const takers = codeTakers(sources);
  const uses: CodeUse[] = [];
  const unreadable: string[] = [];
  for (const source of sources) {
    const places = [...tuplePlaces(source, takers)];
    walk(source, (node) => {
      const place = argumentPlace(node, takers) ?? propertyPlace(node);
      places.push(...(place === undefined ? listedPlaces(node) : [place]));
    });
    for (const { expression, kinds } of places) {
      const line = source.getLineAndCharacterOfPosition(expression.getStart()).line + 1;
      const at = `${source.fileName}:${line}`;
      const codes = codesOf(expression);
      if (codes === undefined) unreadable.push(`${at}: ${expression.getText()}`);
      uses.push(...(codes ?? []).map((code) => ({ code, kinds, at })));
    }
  }
  return { uses, unreadable };
}
