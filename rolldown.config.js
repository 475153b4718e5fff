import { defineConfig } from 'rolldown';

// One file for each thing that is loaded at once: to find and link some three hundred modules takes Node longer than a
// small proof takes.
export default defineConfig({
  input: { main: 'src/cli/main.ts', 'explore-worker': 'src/cli/explore-worker.ts' },
  platform: 'node',
  // They find their WebAssembly beside themselves.
  external: ['web-tree-sitter', 'tree-sitter-go', 'z3-solver'],
  output: {
    // As deep below package.json as the sources are.
    dir: 'dist/cli',
    format: 'esm',
    sourcemap: true,
    cleanDir: true,
    entryFileNames: '[name].js',
  },
});
