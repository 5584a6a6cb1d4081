import os from 'node:os';
import { exports } from './exports.ts';
import { figureHeader, figureLine, isOver } from './figures.ts';
import { pages } from './pages.ts';
import { previews } from './previews.ts';

// Nothing here passes or fails: on a busy machine everything waits. So it says how busy it is.
const [load = 0] = os.loadavg();
console.log(`${os.availableParallelism()} processors, ${load.toFixed(1)} at work before this.\n`);
console.log(figureHeader);
let over = 0;
for (const group of [previews, pages, exports]) {
  for (const figure of await group()) {
    if (isOver(figure)) over += 1;
    console.log(figureLine(figure));
  }
}
console.log(over === 0 ? '\nEvery figure is within its target.' : `\nOver target: ${over}.`);
