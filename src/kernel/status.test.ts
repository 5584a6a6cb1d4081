import { describe, expect, it } from 'vitest';
import { readStatus, statusOfOpening, type Status } from './status.ts';

describe('a status in words', () => {
  const said: [string, Status | null][] = [
    ['complete', 'complete'],
    ['Completed.', 'complete'],
    ['COMPLETED', 'complete'],
    ['Done', 'complete'],
    ['Fully met', 'complete'],
    ['Fully', 'complete'],
    ['Achieved', 'complete'],
    ['Action completed', 'complete'],
    ['Closed', 'complete'],
    ['100%', 'complete'],
    ['In progress', 'in progress'],
    ['in-progress', 'in progress'],
    ['Ongoing', 'in progress'],
    ['On-going', 'in progress'],
    ['Underway', 'in progress'],
    ['Under way', 'in progress'],
    ['Partially met', 'in progress'],
    ['Partially complete', 'in progress'],
    ['Partly achieved', 'in progress'],
    ['On track', 'in progress'],
    ['Started', 'in progress'],
    ['Commenced', 'in progress'],
    ['50% complete', 'in progress'],
    ['Not started', 'not started'],
    ['Not yet started', 'not started'],
    ['Yet to start', 'not started'],
    ['Not met', 'not started'],
    ['To start', 'not started'],
    ['0%', 'not started'],
    ['', null],
    ['Not complete', null],
    ['Not completed', null],
    ['Incomplete', null],
    ['To be completed', null],
    ['Will be completed', null],
    ['Not done', null],
    ['In place', null],
    ['In Place. Weekly notes show handover between managers.', null],
    ['This will be completed after the restructure', null],
    ['Complete the review', null],
    ['Overdue', null],
    ['As above', null],
  ];
  it.each(said)('%j says %s', (text, status) => {
    expect(readStatus(text)).toBe(status);
  });
});

describe('a status that opens a longer text', () => {
  const opened: [string, Status | null][] = [
    ['Complete. The policy was issued in June.', 'complete'],
    ['Completed - policy issued', 'complete'],
    ['Completed June 2014', 'complete'],
    ['Completed 12/06/2014', 'complete'],
    ['In progress: two sessions held', 'in progress'],
    ['On-going – meetings every month', 'in progress'],
    ['Not started\nWaiting for the new post', 'not started'],
    ['Complete the review by March', null],
    ['Completed forms are kept on file.', null],
    ['Partially met, more to do', 'in progress'],
    ['Not complete. More to do', null],
    ['In place. Weekly notes show it', null],
    ['Extension request approved.', null],
    ['Two sessions took place in August. Completed.', null],
  ];
  it.each(opened)('%j opens with %s', (text, status) => {
    expect(statusOfOpening(text)).toBe(status);
  });
});
