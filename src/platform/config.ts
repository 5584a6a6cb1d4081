import path from 'node:path';
import { z } from 'zod';
import { checkout } from './checkout.ts';

/**
 * Whether a secret is a placeholder, or so regular that somebody could guess it (security A-09):
 * words that stand in for a secret, fewer than eight different characters, or a text repeated.
 */
function isGuessable(secret: string): boolean {
  const standIn =
    /change.?me|replace|placeholder|example|default|secret|password|sightline|openssl/i;
  const period = (secret + secret).indexOf(secret, 1);
  return standIn.test(secret) || new Set(secret).size < 8 || period < secret.length;
}

/** A setting that was left empty counts as not given. */
const given = <Text extends string>(schema: z.ZodType<Text>) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const databaseUrl = given(
  z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'must begin with postgresql://'),
);

/**
 * Every setting of the program, read from the environment here and nowhere else. The text of
 * `describe` is what the README and an error say of it.
 */
const settings = z.object({
  DATABASE_URL: databaseUrl.describe(
    "PostgreSQL 15 or later, as the program's own role (sightline_app). Without it Sightline starts a PostgreSQL of its own.",
  ),
  DATABASE_KEEPER_URL: databaseUrl.describe(
    'The same database as the role that owns the tables (sightline_keeper), for migrations and the first administrator.',
  ),
  SIGHTLINE_DATA: given(z.string())
    .transform((folder) => (folder === undefined ? undefined : path.resolve(checkout, folder)))
    .describe('The folder of the data that Sightline keeps itself; ./data unless said.'),
  HOST: given(z.string())
    .transform((host) => host ?? '127.0.0.1')
    .describe('The network address to listen on; 127.0.0.1, this machine alone, unless said.'),
  PORT: given(z.string().regex(/^\d{1,5}$/, 'must be a number from 0 to 65535'))
    .transform((port) => Number(port ?? 3000))
    .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
    .describe('The port to listen on; 3000 unless said.'),
  PUBLIC_URL: given(
    z.url({ protocol: /^https?$/, error: 'must be an address such as https://sightline.example' }),
  ).describe(
    'The address at which people reach Sightline; http://localhost and the port unless said.',
  ),
  SIGHTLINE_PROXIES: given(z.string())
    .transform((list) => (list ?? '').split(',').map((entry) => entry.trim()))
    .transform((list) => list.filter((entry) => entry !== ''))
    .describe(
      'The network addresses, split by commas, of proxies that may say who the visitor is.',
    ),
  SIGHTLINE_DEMO: given(z.enum(['yes', 'no'], 'must be yes or no'))
    .transform((answer) => (answer === undefined ? undefined : answer === 'yes'))
    .describe('Whether to load the demonstration: yes or no; yes where there is no data yet.'),
  SIGHTLINE_JOBS: given(z.enum(['yes', 'no'], 'must be yes or no'))
    .transform((answer) => answer !== 'no')
    .describe(
      'Whether this program takes part in the nightly jobs: yes (unless said) or no. One of several must.',
    ),
  SIGHTLINE_SECRET: given(
    z
      .string()
      .min(32, { error: 'must be 32 characters or longer', abort: true })
      .refine(
        (secret) => !isGuessable(secret),
        'must be random, and not taken from a page: let openssl rand -hex 32 make it',
      ),
  ).describe(
    'What stored sign-in secrets are encrypted with; made and kept in the data folder unless said.',
  ),
  SIGHTLINE_BACKUP_KEY: given(z.string()).describe(
    'What back-ups are locked with: an age key (age1… only locks, AGE-SECRET-KEY-… also opens) or a passphrase of 20 characters.',
  ),
  LOG_LEVEL: given(
    z.enum(
      ['silent', 'error', 'warn', 'info', 'debug'],
      'must be silent, error, warn, info or debug',
    ),
  )
    .transform((level) => level ?? 'warn')
    .describe('How much is written to the log: silent, error, warn (unless said), info or debug.'),
  LOG_FORMAT: given(z.enum(['words', 'json'], 'must be words or json'))
    .transform((format) => format ?? 'words')
    .describe(
      'How the server speaks beside its log: words (unless said), or json, where every line it writes is one JSON object.',
    ),
  METRICS_PORT: given(z.string().regex(/^\d{1,5}$/, 'must be a number from 0 to 65535'))
    .transform((port) => (port === undefined ? undefined : Number(port)))
    .refine((port) => (port ?? 0) <= 65_535, 'must be a number from 0 to 65535')
    .describe(
      'The port, on this machine alone, at which Prometheus may read figures; none unless said.',
    ),
});

export interface Config {
  readonly databaseUrl: string | undefined;
  readonly databaseKeeperUrl: string | undefined;
  /** An absolute path, or undefined where nothing was said. */
  readonly data: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: URL;
  readonly proxies: readonly string[];
  /** Undefined: where there is no data yet. */
  readonly demo: boolean | undefined;
  readonly jobs: boolean;
  readonly secret: string | undefined;
  readonly backupKey: string | undefined;
  readonly logLevel: string;
  readonly logFormat: 'words' | 'json';
  /** Undefined: figures are given to nobody. */
  readonly metricsPort: number | undefined;
}

export type ConfigReading =
  | { readonly kind: 'config'; readonly config: Config }
  /** Each problem is a sentence that names its setting. */
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

/** The settings, or everything that is wrong with them at once. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ConfigReading {
  const read = settings.safeParse(environment);
  if (!read.success) {
    return {
      kind: 'wrong',
      problems: read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`),
    };
  }
  const set = read.data;
  if (set.DATABASE_URL === undefined && set.DATABASE_KEEPER_URL !== undefined) {
    return { kind: 'wrong', problems: ['DATABASE_KEEPER_URL is set without DATABASE_URL.'] };
  }
  return {
    kind: 'config',
    config: {
      databaseUrl: set.DATABASE_URL,
      databaseKeeperUrl: set.DATABASE_KEEPER_URL,
      data: set.SIGHTLINE_DATA,
      host: set.HOST,
      port: set.PORT,
      publicUrl: new URL(set.PUBLIC_URL ?? `http://localhost:${set.PORT}`),
      proxies: set.SIGHTLINE_PROXIES,
      demo: set.SIGHTLINE_DEMO,
      jobs: set.SIGHTLINE_JOBS,
      secret: set.SIGHTLINE_SECRET,
      backupKey: set.SIGHTLINE_BACKUP_KEY,
      logLevel: set.LOG_LEVEL,
      logFormat: set.LOG_FORMAT,
      metricsPort: set.METRICS_PORT,
    },
  };
}

/** Each setting with what it does, for `--help`. */
export function describeSettings(): { name: string; text: string }[] {
  return Object.entries(settings.shape).map(([name, schema]) => ({
    name,
    text: schema.description ?? '',
  }));
}
