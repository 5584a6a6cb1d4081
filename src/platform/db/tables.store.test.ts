import { globSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { checkout } from '../checkout.ts';

/**
 * The tables as the rooms declare them (`Tables`), and as the migrations made them, said in the
 * same words: `columns` is a list of "name type" with "or null" where it may be null and
 * "by default" where an insert may leave it out.
 */
interface Table {
  name: string;
  columns: string[];
}

const { keeper } = await testDatabase();

/** What a value of that type is in TypeScript, by the parsers of connect.ts. */
const inTypeScript: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  date: 'string',
  integer: 'number',
  bigint: 'number',
  boolean: 'boolean',
  'timestamp with time zone': 'Date',
  bytea: 'Buffer',
  jsonb: 'json',
  'uuid[]': 'json',
  tsvector: 'string',
};

async function made(): Promise<Table[]> {
  const found = await sql<{
    name: string;
    columns: { name: string; type: string; rest: string }[];
  }>`
    select c.relname::text as name,
      (select jsonb_agg(jsonb_build_object('name', attname, 'type', atttypid::regtype, 'rest',
          case when attnotnull then '' else ' or null' end
          || case when atthasdef then ' by default' else '' end))
       from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
    from pg_class c
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'
    order by 1`.execute(keeper);
  return found.rows.map(({ name, columns }) => ({
    name,
    columns: columns.map((c) => `${c.name} ${inTypeScript[c.type] ?? c.type}${c.rest}`).sort(),
  }));
}

function declared(): Table[] {
  const base = path.join(checkout, 'src/platform/db/tables.ts');
  const rooms = globSync('src/rooms/*/store/tables.ts', { cwd: checkout });
  const config = ts.readConfigFile(path.join(checkout, 'tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  );
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, checkout);
  const program = ts.createProgram(
    [base, ...rooms.map((file) => path.join(checkout, file))],
    options,
  );
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(base);
  const module = source && checker.getSymbolAtLocation(source);
  const tables =
    module && checker.getExportsOfModule(module).find((symbol) => symbol.name === 'Tables');
  if (tables === undefined) throw new Error('tables.ts no longer exports Tables.');

  /** The type of a property, or of the part `__select__` or `__insert__` of a ColumnType. */
  const partOf = (type: ts.Type, part: string): ts.Type => {
    const property = type.getProperty(part);
    return property === undefined ? type : checker.getTypeOfSymbol(property);
  };
  const wordOf = (type: ts.Type): string => {
    const plain = checker.getNonNullableType(type);
    const parts = plain.isUnion() ? plain.types : [plain];
    const words = new Set(
      parts.map((one) => {
        if (one.flags & ts.TypeFlags.StringLike || one.isIntersection()) return 'string';
        if (one.flags & ts.TypeFlags.NumberLike) return 'number';
        if (one.flags & ts.TypeFlags.BooleanLike) return 'boolean';
        const name = one.symbol.name;
        return name === 'Date' || name === 'Buffer' ? name : 'json';
      }),
    );
    return [...words].join(' or ');
  };
  const accepts = (type: ts.Type, flag: ts.TypeFlags) =>
    (type.isUnion() ? type.types : [type]).some((one) => (one.flags & flag) !== 0);

  return checker
    .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(tables))
    .map((table) => ({
      name: table.name,
      columns: checker
        .getPropertiesOfType(checker.getTypeOfSymbol(table))
        .map((column) => {
          const type = checker.getTypeOfSymbol(column);
          const read = partOf(type, '__select__');
          const written = partOf(type, '__insert__');
          const nullable = accepts(read, ts.TypeFlags.Null) ? ' or null' : '';
          const byDefault = accepts(written, ts.TypeFlags.Undefined | ts.TypeFlags.Never)
            ? ' by default'
            : '';
          return `${column.name} ${wordOf(read)}${nullable}${byDefault}`;
        })
        .sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

describe('the tables that the rooms declare', () => {
  it('are those of the database, column by column', async () => {
    expect(declared()).toEqual(await made());
  });
});
