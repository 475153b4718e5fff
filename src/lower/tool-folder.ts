import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder that comes with the tool, beside its `package.json`. */
export function toolFolder(name: string): string {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, 'package.json')) && dirname(directory) !== directory) {
    directory = dirname(directory);
  }
  return join(directory, name);
}
