import os from 'node:os';
import { crash } from './crash.ts';
import { exports } from './exports.ts';
import { findingsAndStandards } from './findings-and-standards.ts';
import { figureHeader, figureLine, isOver } from './figures.ts';
import { honestPaper } from './honest-paper.ts';
import { load } from './load/index.ts';
import { longLog } from './long-log.ts';
import { pages } from './pages.ts';
import { previews } from './previews.ts';
import { readingHeader, readingLine, readingIsOver } from './readings.ts';
import { signIns } from './sign-ins.ts';

// Nothing here passes or fails: on a busy machine everything waits. So it says how busy it is.
const figures = { previews, pages, exports, 'sign-ins': signIns };
const readings = {
  'honest-paper': honestPaper,
  'findings-and-standards': findingsAndStandards,
  load,
  'long-log': longLog,
  crash,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in figures) && !(name in readings));
if (unknown.length > 0) {
  const names = [...Object.keys(figures), ...Object.keys(readings)].join(', ');
  console.error(`There is no figure called ${unknown.join(', ')}. There are: ${names}.`);
  process.exit(2);
}
const wanted = (name: string) => asked.length === 0 || asked.includes(name);

const [busy = 0] = os.loadavg();
console.log(`${os.availableParallelism()} processors, ${busy.toFixed(1)} at work before this.\n`);
let over = 0;
const figureGroups = Object.entries(figures).filter(([name]) => wanted(name));
if (figureGroups.length > 0) console.log(figureHeader);
for (const [, group] of figureGroups) {
  for (const figure of await group()) {
    if (isOver(figure)) over += 1;
    console.log(figureLine(figure));
  }
}
for (const [name, group] of Object.entries(readings)) {
  if (!wanted(name)) continue;
  const found = await group((line) => console.error(line));
  console.log(`\n${readingHeader}`);
  for (const reading of found) {
    if (readingIsOver(reading)) over += 1;
    console.log(readingLine(reading));
  }
}
console.log(over === 0 ? '\nEvery figure is within its target.' : `\nOver target: ${over}.`);
