import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { checkout } from '#platform/checkout.ts';
import { floors } from '../rooms.config.ts';

/** A door plate is the README.md of a room: what a newcomer reads before anything else of it. */
const roomsFolder = path.join(checkout, 'src/rooms');
const rooms: string[] = floors.flat();

const plateOf = (room: string) => readFileSync(path.join(roomsFolder, room, 'README.md'), 'utf8');

/** What stands behind a bold opening such as **Tables.**, to the end of its paragraph. */
function paragraph(room: string, opening: string): string {
  const start = plateOf(room).split(`**${opening}`)[1];
  if (start === undefined) throw new Error(`The plate of ${room} has no paragraph ${opening}`);
  return start.split('\n\n')[0] ?? '';
}

const wordsIn = (text: string) => text.match(/[a-z_]+/g) ?? [];

/** The tables that a room declares: the members of `Tables`, or of the interfaces it extends. */
function declaredTables(room: string): string[] {
  const file = path.join(roomsFolder, room, 'store/tables.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const interfaces = new Map<string, ts.InterfaceDeclaration>();
  const visit = (node: ts.Node) => {
    if (ts.isInterfaceDeclaration(node)) interfaces.set(node.name.text, node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const namesOf = (name: string): string[] => {
    const found = interfaces.get(name);
    if (found === undefined) throw new Error(`${file} declares no interface ${name}`);
    const members = found.members.flatMap((member) =>
      member.name !== undefined && ts.isIdentifier(member.name) ? [member.name.text] : [],
    );
    const inherited = (found.heritageClauses ?? []).flatMap((clause) =>
      clause.types.flatMap(({ expression }) =>
        ts.isIdentifier(expression) ? namesOf(expression.text) : [],
      ),
    );
    return [...members, ...inherited];
  };
  return namesOf('Tables');
}

describe('the rooms', () => {
  it('are those of rooms.config.ts, each with a door plate', () => {
    const folders = readdirSync(roomsFolder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(folders.sort()).toEqual([...rooms].sort());
    const bare = folders.filter((room) => !existsSync(path.join(roomsFolder, room, 'README.md')));
    expect(bare).toEqual([]);
  });

  it('name on their plates every table that the migrations make', () => {
    const made = globSync('migrations/*.sql', { cwd: checkout }).flatMap((file) =>
      Array.from(
        readFileSync(path.join(checkout, file), 'utf8').matchAll(/^create table (\w+)/gm),
        (match) => match[1],
      ),
    );
    const named = rooms.flatMap((room) => wordsIn(paragraph(room, 'Tables.**')));
    expect(named.sort()).toEqual(made.sort());
  });
});

describe.each(rooms)('the door plate of %s', (room) => {
  it('has at most 30 lines', () => {
    expect(plateOf(room).trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });

  it('names the tables that the room declares', () => {
    expect(wordsIn(paragraph(room, 'Tables.**')).sort()).toEqual(declaredTables(room).sort());
  });

  it('names the rooms of the lower floors as those that it may use', () => {
    const floor = floors.findIndex((names) => names.some((name) => name === room));
    const named = wordsIn(paragraph(room, 'May use.**')).filter((word) => rooms.includes(word));
    expect(named.sort()).toEqual(floors.slice(0, floor).flat().sort());
  });

  it('leads only to files that are there', () => {
    const files = Array.from(plateOf(room).matchAll(/`([a-z-]+(?:\/[a-z-]+)*\.ts)`/g), (m) => m[1]);
    expect(files.length).toBeGreaterThan(0);
    const missing = files.filter((file) => !existsSync(path.join(roomsFolder, room, file ?? '')));
    expect(missing).toEqual([]);
  });

  it('says what the room offers, what it promises and where to start', () => {
    const plate = plateOf(room);
    for (const part of ['**Words.**', 'front door offers**', '**Promises', '**Start reading**']) {
      expect(plate).toContain(part);
    }
  });
});
