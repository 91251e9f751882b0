// Declarations of one package for whoever installs it: every file that its entry reaches, with the private rooms in folders of their own beside
// it. Types that a schema gives are written out, and the schemas themselves left out, so that nobody has to install what they are made with.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';

const MADE_WITH = '@sinclair/typebox';
const WRITTEN_OUT =
  ts.NodeBuilderFlags.NoTruncation |
  ts.NodeBuilderFlags.InTypeAlias |
  ts.NodeBuilderFlags.UseSingleQuotesForStringLiteralType;

function optionsOf(workspace) {
  const { config } = ts.readConfigFile(join(workspace, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, workspace);
  const own = { noEmit: false, declaration: true, emitDeclarationOnly: true, removeComments: false };
  return { ...options, ...own, rootDir: workspace, outDir: join(workspace, 'dist/no-such-folder') };
}

/** `libs/model/src/errors` → `model/errors`: a folder for each room. */
const placeIn = (workspace, file) =>
  relative(workspace, file)
    .split(sep)
    .join('/')
    .replace(/^(?:libs|plugins|apps)\//, '')
    .replace('/src/', '/');

/** The source files that the entry reaches without leaving the workspace. */
function reachable(program, entry, external) {
  const seen = new Set();
  const wait = [entry];
  while (wait.length > 0) {
    const file = wait.pop();
    if (seen.has(file)) continue;
    seen.add(file);
    for (const literal of program.getSourceFile(file).imports ?? []) {
      if (external.includes(literal.text)) continue;
      const found = ts.resolveModuleName(literal.text, file, program.getCompilerOptions(), ts.sys).resolvedModule;
      if (found !== undefined && !found.resolvedFileName.includes('/node_modules/')) wait.push(found.resolvedFileName);
    }
  }
  return seen;
}

/** Writes out the types that come from schemas, and leaves out what only those types needed. */
function withoutSchemas(checker) {
  const printer = ts.createPrinter({ removeComments: true });
  return (context) => (file) => {
    if (!ts.isSourceFile(file)) return file;
    const imports = file.statements.filter(
      (one) => ts.isImportDeclaration(one) && one.moduleSpecifier.text === MADE_WITH,
    );
    const names = imports.flatMap(({ importClause }) =>
      (importClause?.namedBindings?.elements ?? []).map(({ name }) => name.text),
    );
    const speaksOf = new RegExp(`${MADE_WITH}|\\b(?:${['T_NOTHING', ...names].join('|')})\\b`);
    const written = (one) => {
      if (!ts.isTypeAliasDeclaration(one) || !/\bStatic</.test(printer.printNode(ts.EmitHint.Unspecified, one, file)))
        return one;
      const type = checker.getTypeFromTypeNode(ts.getParseTreeNode(one).type);
      const node = checker.typeToTypeNode(type, undefined, WRITTEN_OUT);
      return context.factory.updateTypeAliasDeclaration(one, one.modifiers, one.name, one.typeParameters, node);
    };
    const kept = file.statements
      .map(written)
      .filter((one) => !imports.includes(one))
      .filter((one) => !speaksOf.test(printer.printNode(ts.EmitHint.Unspecified, one, file)));
    // What held nothing but schemas is a module still: others hand it on.
    const empty = context.factory.createExportDeclaration(undefined, false, context.factory.createNamedExports([]));
    return context.factory.updateSourceFile(file, kept.length > 0 ? kept : [empty]);
  };
}

/**
 * Writes the declarations of a package to a folder.
 * @param entry absolute path of its index.ts
 * @param to absolute
 * @param external packages that are installed beside it and keep their names
 * @returns path of the entry’s declarations, relative to the folder
 */
export function writeDeclarations({ workspace, entry, to, external = [] }) {
  const program = ts.createProgram([entry], optionsOf(workspace));
  const checker = program.getTypeChecker();
  const mine = reachable(program, entry, external);
  const pathOf = (source) => placeIn(workspace, source).replace(/\.ts$/, '.d.ts');
  const specifier = (from, name) => {
    const found = ts.resolveModuleName(name, from, program.getCompilerOptions(), ts.sys).resolvedModule;
    if (external.includes(name) || found === undefined || found.resolvedFileName.includes('/node_modules/'))
      return name;
    const way = relative(dirname(pathOf(from)), pathOf(found.resolvedFileName))
      .split(sep)
      .join('/');
    return `${way.startsWith('.') ? '' : './'}${way.replace(/\.d\.ts$/, '.js')}`;
  };
  for (const file of mine) {
    const write = (_, text) => {
      const path = join(to, pathOf(file));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(
        path,
        text.replace(/(?<=\b(?:from\s*|import\()['"])@cliparity\/[\w-]+(?=['"])/g, (name) => specifier(file, name)),
      );
    };
    const source = program.getSourceFile(file);
    const { diagnostics } = program.emit(source, write, undefined, true, {
      afterDeclarations: [withoutSchemas(checker)],
    });
    if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})));
  }
  return pathOf(entry);
}
