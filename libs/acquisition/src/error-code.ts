/** The `code` of what was thrown, when it has one; by shape, since an error of another realm is no `instanceof Error`. */
export function errorCode(error: unknown): string | undefined {
  const code = (error as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The codes of what was thrown and of its causes, outermost first. */
export function errorCodes(error: unknown): string[] {
  const codes: string[] = [];
  for (let at: unknown = error, depth = 0; at !== null && typeof at === 'object' && depth < 10; depth += 1) {
    const code = errorCode(at);
    if (code !== undefined) codes.push(code);
    at = (at as { readonly cause?: unknown }).cause;
  }
  return codes;
}
