/** Computes once, when first asked; `onCycle` gives the result if the computation asks for itself. */
export function lazy<T>(compute: () => T | null, onCycle: () => T | null): () => T | null {
  let state: { readonly kind: 'new' | 'busy' } | { readonly kind: 'done'; readonly result: T | null } = {
    kind: 'new',
  };
  return () => {
    if (state.kind === 'done') return state.result;
    if (state.kind === 'busy') return onCycle();
    state = { kind: 'busy' };
    const result = compute();
    state = { kind: 'done', result };
    return result;
  };
}
