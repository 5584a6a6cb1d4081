import type { Area, Hit, Severity } from './check.ts';
import type { CheckResult } from './index.ts';

/** What somebody chose to look at. */
export interface CheckFilter {
  severity: Severity | null;
  area: Area | null;
  /** The name of one check. */
  check: string | null;
}

export function filterChecks(
  results: readonly CheckResult[],
  { severity, area, check }: CheckFilter,
): CheckResult[] {
  return results.filter(
    (one) =>
      (severity === null || one.check.severity === severity) &&
      (area === null || one.check.area === area) &&
      (check === null || one.check.name === check),
  );
}

/** One line of what `checks --json` prints. */
export interface PrintedCheck {
  check: string;
  severity: Severity;
  item: Hit['item'] & { text: string };
  link: string;
}

export function printedChecks(results: readonly CheckResult[]): PrintedCheck[] {
  return results.flatMap(({ check, hits }) =>
    hits.map(({ item, text, link }) => ({
      check: check.name,
      severity: check.severity,
      item: { ...item, text },
      link,
    })),
  );
}
