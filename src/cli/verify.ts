import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { chainProblemText, installationId, listAuthorities, verifyChain } from '#people';
import { holdAgainst, otherInstallation } from './anchor-check.ts';
import { readAnchors } from './anchor-file.ts';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { withReadyDatabase } from './with-database.ts';

export interface VerifiedAuthority {
  authority: string;
  entries: number;
  /** The last entry's number and hash: kept elsewhere, they prove later that none was cut off. */
  head: { seq: number; hash: string };
  /** How many anchors it was held against. */
  anchors: number;
  /** How many entries name facts that were taken out, in part or whole, in a way that is logged too. */
  accountedFor: number;
  /** The last entry that went by the rules of retention; 0 where all are kept. */
  beginsAfter: number;
  /** In words; empty where all is as it was written. */
  problems: string[];
}

interface Flags {
  json?: boolean;
  anchor?: string;
}

export function addVerify(program: Command, settle: Settle): void {
  program
    .command('verify')
    .description('Hold the audit log of every authority against its chain and against the facts.')
    .option('--anchor <file>', 'and against the anchors in FILE, which were kept elsewhere')
    .option('--json', 'print JSON')
    .action((flags: Flags) => settle(verifyNow(flags)));
}

function verifyNow(flags: Flags): Promise<Ending> {
  return withReadyDatabase(async ({ db }) => {
    const outcome =
      flags.anchor === undefined
        ? { kind: 'verified' as const, verified: await verify(db) }
        : await verifyAnchored(db, flags.anchor);
    if (outcome.kind === 'refused') return refused(outcome.reason);
    const { verified } = outcome;
    terminal.out(
      flags.json === true ? JSON.stringify(verified, null, 2) : verifyLines(verified).join('\n'),
    );
    const broken = verified.filter((one) => one.problems.length > 0);
    return broken.length === 0
      ? done
      : refused(`Not as it was written: ${broken.map((one) => one.authority).join(', ')}.`);
  });
}

/**
 * Reckons the audit log of every authority again and holds it against the facts as they stand.
 * `bin/sightline verify` exits 0 when every list of problems is empty, and 2 when one is not.
 */
export async function verify(db: Db): Promise<VerifiedAuthority[]> {
  const verified: VerifiedAuthority[] = [];
  for (const authority of await listAuthorities(db)) {
    const report = await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id));
    verified.push({
      authority: authority.slug,
      entries: report.entries,
      head: report.head,
      anchors: 0,
      accountedFor: report.accountedFor,
      beginsAfter: report.beginsAfter,
      problems: report.problems.map(chainProblemText),
    });
  }
  return verified;
}

export type AnchoredVerification =
  | { kind: 'verified'; verified: VerifiedAuthority[] }
  /** The file proves nothing: a sentence says why. */
  | { kind: 'refused'; reason: string };

/** The same, and held against every anchor of the file: it finds also a log written anew (G-03). */
export async function verifyAnchored(db: Db, file: string): Promise<AnchoredVerification> {
  if (!existsSync(file)) return { kind: 'refused', reason: `There is no file ${file}.` };
  const reading = await readAnchors(file);
  if (reading.kind === 'damaged') return { kind: 'refused', reason: reading.reason };
  if (reading.anchors.length === 0) {
    return { kind: 'refused', reason: `${file} holds no anchor.` };
  }
  const installation = await installationId(db);
  if (reading.anchors.some((anchor) => anchor.installation !== installation)) {
    return { kind: 'refused', reason: otherInstallation(file) };
  }
  const verified = await verify(db);
  for (const one of await holdAgainst(db, reading.anchors)) {
    const { authority, anchors, problems } = one;
    const standing = verified.find((other) => other.authority === authority);
    if (standing === undefined) {
      const nothing = { entries: 0, head: { seq: 0, hash: '' }, accountedFor: 0, beginsAfter: 0 };
      verified.push({ authority, ...nothing, anchors, problems });
    } else {
      standing.anchors = anchors;
      standing.problems.push(...problems);
    }
  }
  return { kind: 'verified', verified };
}

/** What `verify` found, as lines for a person to read. */
export function verifyLines(verified: readonly VerifiedAuthority[]): string[] {
  return verified.flatMap((one) => [
    one.problems.length === 0
      ? `${one.authority}: ${one.entries} entries, all as they were written${anchoredText(one.anchors)}${knownText(one)}. Last: ${one.head.seq} ${one.head.hash}`
      : `${one.authority}: ${one.entries} entries, and these are not as they were written:`,
    ...one.problems.map((problem) => `  ${problem}`),
  ]);
}

function anchoredText(anchors: number): string {
  if (anchors === 0) return '';
  return anchors === 1 ? ', and as the one anchor says' : `, and as all ${anchors} anchors say`;
}

/** What went or was taken out by the program's own rules, which is no damage. */
function knownText({ accountedFor, beginsAfter }: VerifiedAuthority): string {
  const known = [
    accountedFor === 0 ? '' : `; ${accountedFor} name what was redacted or disposed of since`,
    beginsAfter === 0 ? '' : `; entries up to ${beginsAfter} went when their time was over`,
  ];
  return known.join('');
}
