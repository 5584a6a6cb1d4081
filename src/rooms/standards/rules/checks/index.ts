import type { Check, Hit } from './check.ts';
import type { Ground } from './ground.ts';
import { findingChecks } from './of-findings.ts';
import { judgementChecks } from './of-judgements.ts';
import { sourceChecks } from './of-sources.ts';
import { workChecks } from './of-work.ts';

/** Every check, in the order in which they are told. */
export const checks: readonly Check[] = [
  ...judgementChecks,
  ...workChecks,
  ...findingChecks,
  ...sourceChecks,
];

export interface CheckResult {
  check: Check;
  hits: Hit[];
}

/** What each check finds; a check that finds nothing has no hits. Pure, of one day. */
export function runChecks(ground: Ground): CheckResult[] {
  return checks.map((check) => ({ check, hits: check.find(ground) }));
}
