import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    globalSetup: ['test/cli/build.ts', 'test/tools.ts'],
    testTimeout: 240_000,
    coverage: {
      provider: 'v8',
      include: ['src/vcgen/**', 'src/encoding/**'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
