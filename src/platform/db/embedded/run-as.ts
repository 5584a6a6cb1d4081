import { chown, mkdir, readFile } from 'node:fs/promises';

/** As whom PostgreSQL runs, where that is not ourselves. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root: then it runs as the user `nobody`. Null when we are not
 * root, and it runs as ourselves.
 */
export async function runAsOther(): Promise<RunAs | null> {
  if (process.getuid?.() !== 0) return null;
  const users = await readFile('/etc/passwd', 'utf8');
  const [, , uid, gid] = /^nobody:.*$/m.exec(users)?.[0].split(':') ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error(
      'PostgreSQL does not run as root, and this machine has no user "nobody" to run it as. Start Sightline as an ordinary user.',
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** Makes a folder that only PostgreSQL's user (and root) can enter. */
export async function makePrivateFolder(folder: string, runAs: RunAs | null): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (runAs !== null) await chown(folder, runAs.uid, runAs.gid);
}
