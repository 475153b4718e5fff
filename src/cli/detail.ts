import type { ReportContext } from '../report/index.js';
import type { ReportOptions } from './options.js';

/** How much a report says. */
export function detailOf(options: ReportOptions): ReportContext['detail'] {
  if (options.quiet === true) return 'quiet';
  return options.verbose === true ? 'verbose' : 'normal';
}
