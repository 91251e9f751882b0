import type { Token } from '@cliparity/plugin-api';

type AnyFunction = ((...deps: unknown[]) => unknown) & { readonly inject?: readonly Token<unknown>[] };

/** What a contribution's module brought: a finished part, or what makes one and the tokens it asks for. */
export interface Maker {
  readonly inject: readonly Token<unknown>[];
  readonly make: (deps: readonly unknown[]) => unknown;
}

/**
 * Reads a default export. Whatever can be constructed is: a class, whichever compiler wrote it, and a plain function too, whose returned
 * object `new` hands on; an arrow function is called.
 */
export function makerOf(loaded: unknown): Maker {
  if (typeof loaded !== 'function') return { inject: [], make: () => loaded };
  const make = loaded as AnyFunction;
  const constructs = typeof (make as { readonly prototype?: unknown }).prototype === 'object';
  return {
    inject: make.inject ?? [],
    make: (deps) => (constructs ? (Reflect.construct(make, [...deps]) as unknown) : make(...deps)),
  };
}
