import type { LayerDeclaration, LayerLibrary } from '../layer/index.js';

const NAMES = {
  variable: 'Variable',
  mutex: 'Mutex',
  rwMutex: 'RWMutex',
  once: 'Once',
  group: 'WaitGroup',
  channel: 'Channel',
  rendezvous: 'Rendezvous',
  making: 'Making',
  uint64: 'AtomicUint64',
  uint32: 'AtomicUint32',
  int64: 'AtomicInt64',
  int32: 'AtomicInt32',
  bool: 'AtomicBool',
} as const;

/** The layers of memory and of the standard library: what a package variable is, by the kind of its type. */
export type PrimitiveLayers = Readonly<Record<keyof typeof NAMES, LayerDeclaration>>;

/** Finds them by name; else the names of those that the library does not have. */
export function primitiveLayers(
  library: LayerLibrary,
): { readonly layers: PrimitiveLayers } | { readonly missing: readonly string[] } {
  const found = Object.entries(NAMES).map(([key, name]) => ({ key, name, layer: library.byName(name) }));
  const missing = found.filter((each) => each.layer === null).map((each) => each.name);
  if (missing.length > 0) return { missing };
  return { layers: Object.fromEntries(found.map(({ key, layer }) => [key, layer])) as PrimitiveLayers };
}
