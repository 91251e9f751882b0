import ts from 'typescript';
import { PLUGIN_KINDS } from '@cliparity/plugin-api';

const CODE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

/** The constant of the same file that an identifier names. */
function constantOf(name: string, source: ts.SourceFile): ts.Expression | undefined {
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const found = statement.declarationList.declarations.find((d) => ts.isIdentifier(d.name) && d.name.text === name);
    if (found?.initializer !== undefined) return found.initializer;
  }
  return undefined;
}

/** `${kind.toUpperCase()}_UNKNOWN`, where kind is a kind of plugin: one code per kind. */
function perPluginKind(node: ts.TemplateExpression): readonly string[] | undefined {
  const [span, ...more] = node.templateSpans;
  if (span === undefined || more.length > 0 || span.expression.getText() !== 'kind.toUpperCase()') return undefined;
  return PLUGIN_KINDS.map((kind) => `${node.head.text}${kind.toUpperCase()}${span.literal.text}`);
}

/** A code that is handed on (`code`, `error.code`, `entry.code`): stated elsewhere. */
const isHandedOn = (node: ts.Expression): boolean =>
  (ts.isIdentifier(node) && node.text === 'code') || (ts.isPropertyAccessExpression(node) && node.name.text === 'code');

/**
 * The codes that an expression in the place of a code can be.
 * @returns undefined when that cannot be read from the text: write the code as a literal then
 */
export function codesOf(node: ts.Expression): readonly string[] | undefined {
  if (ts.isStringLiteralLike(node)) return CODE.test(node.text) ? [node.text] : undefined;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return codesOf(node.expression);
  if (ts.isTemplateExpression(node)) return perPluginKind(node);
  if (isHandedOn(node)) return [];
  if (ts.isConditionalExpression(node)) {
    const branches = [codesOf(node.whenTrue), codesOf(node.whenFalse)];
    return branches.includes(undefined) ? undefined : branches.flatMap((codes) => codes ?? []);
  }
  const constant = ts.isIdentifier(node) ? constantOf(node.text, node.getSourceFile()) : undefined;
  return constant === undefined ? undefined : codesOf(constant);
}
