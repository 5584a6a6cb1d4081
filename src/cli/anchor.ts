import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { programVersion } from '#platform/version.ts';
import { chainAt, installationId, listAuthorities } from '#people';
import { holdAgainst, otherInstallation } from './anchor-check.ts';
import { anchorLine, readAnchors, type Anchor } from './anchor-file.ts';
import { done, refused, terminal, type Ending } from './ending.ts';
import type { Settle } from './run.ts';
import { withReadyDatabase } from './with-database.ts';

export function addAnchor(program: Command, settle: Settle): void {
  program
    .command('anchor')
    .description('Add a line to FILE that says where every audit log ends, for keeping elsewhere.')
    .argument('<file>', 'where the lines are kept; made where there is none')
    .action((file: string) => settle(anchorNow(file)));
}

function anchorNow(file: string): Promise<Ending> {
  return withReadyDatabase(async ({ db }) => {
    const outcome = await addAnchorLine(db, file, new Date());
    if (outcome.kind === 'refused') return refused(...outcome.reasons);
    terminal.out(outcome.line);
    return done;
  });
}

export type AnchorOutcome =
  { kind: 'added'; line: string } | { kind: 'refused'; reasons: string[] };

/**
 * Adds an anchor to the file, and says it. Refused where the file was damaged, is of another
 * installation, or shows that a log was bent since: a further line would cover that up.
 */
export async function addAnchorLine(db: Db, file: string, now: Date): Promise<AnchorOutcome> {
  const reading = await readAnchors(file);
  if (reading.kind === 'damaged') return { kind: 'refused', reasons: [reading.reason] };
  const installation = await installationId(db);
  if (reading.anchors.some((anchor) => anchor.installation !== installation)) {
    return { kind: 'refused', reasons: [otherInstallation(file)] };
  }
  const bent = (await holdAgainst(db, reading.anchors)).filter((one) => one.problems.length > 0);
  if (bent.length > 0) {
    const reasons = bent.flatMap((one) => one.problems.map((text) => `${one.authority}: ${text}`));
    return { kind: 'refused', reasons: [...reasons, 'No line was added.'] };
  }
  const line = anchorLine(await anchorOf(db, installation, now), reading.seal);
  const handle = await open(file, 'a');
  try {
    await handle.appendFile(`${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { kind: 'added', line };
}

async function anchorOf(db: Db, installation: string, now: Date): Promise<Anchor> {
  const authorities: Anchor['authorities'] = [];
  for (const { id, slug } of await listAuthorities(db)) {
    const { head } = await readInAuthority(db, id, (tx) => chainAt(tx, id, []));
    authorities.push({ id, slug, ...head });
  }
  return { at: now.toISOString(), installation, version: programVersion(), authorities };
}
