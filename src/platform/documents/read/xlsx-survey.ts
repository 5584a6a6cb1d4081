import type { DocumentRefusal } from '../grid.ts';
import { limits } from './limits.ts';
import { refuseXml } from './office-file.ts';
import { refusals } from './refusals.ts';
import { cellAddress } from './text.ts';
import { attribute, scanXml } from './xml.ts';

/** What a sheet holds, counted before any memory is laid out for its cells. */
export interface SheetSurvey {
  /** The last row and column with a value, counted from 1; 0 for an empty sheet. */
  rows: number;
  columns: number;
  hiddenRows: number[];
  hiddenColumns: number[];
}

/** A column definition may say that it stands for all 16,384; that many of them are a trap. */
const columnsDefined = 1_000_000;

/**
 * Passes through the XML of a sheet and finds how far its values reach. What the sheet says of
 * its own size is not believed, and cells with only a colour or border do not count.
 */
export function surveySheet(name: string, xml: string): SheetSurvey | DocumentRefusal {
  const survey: SheetSurvey = { rows: 0, columns: 0, hiddenRows: [], hiddenColumns: [] };
  let row = 0;
  let column = 0;
  let inCell = false;
  let hasValue = false;
  const found = { columnsDefined: 0, badPlaces: 0 };

  const fault = scanXml(
    xml,
    {
      open(element, attributes) {
        switch (element) {
          case 'row':
            row = Number(attribute(attributes, 'r') ?? row + 1);
            column = 0;
            if (!Number.isInteger(row) || row < 1) found.badPlaces += 1;
            if (isTrue(attribute(attributes, 'hidden'))) survey.hiddenRows.push(row);
            break;
          case 'c': {
            inCell = true;
            hasValue = false;
            const reference = attribute(attributes, 'r');
            const place =
              reference === null ? { row, column: column + 1 } : parseAddress(reference);
            if (place === null) found.badPlaces += 1;
            else ({ row, column } = place);
            break;
          }
          case 'f':
            hasValue ||= inCell;
            break;
          case 'col': {
            const first = Number(attribute(attributes, 'min') ?? 0);
            const last = Number(attribute(attributes, 'max') ?? 0);
            found.columnsDefined += Math.max(0, last - first);
            if (!isTrue(attribute(attributes, 'hidden'))) break;
            if (found.columnsDefined > columnsDefined) break;
            for (let at = first; at <= last && at <= limits.columns; at += 1) {
              survey.hiddenColumns.push(at);
            }
            break;
          }
        }
      },
      close(element) {
        if (element !== 'c') return;
        inCell = false;
        if (!hasValue) return;
        survey.rows = Math.max(survey.rows, row);
        survey.columns = Math.max(survey.columns, column);
      },
      text() {
        hasValue ||= inCell;
      },
      enough: () => isTooLarge(survey),
    },
    limits.xmlStreamElements,
  );
  if (fault !== null) return refuseXml(fault, 'xlsx');
  if (found.badPlaces > 0 || found.columnsDefined > columnsDefined) return refusals.damaged('xlsx');
  if (isTooLarge(survey)) {
    return refusals.tooManyCells(`The sheet ${name}`, cellAddress(survey.rows, survey.columns));
  }
  return survey;
}

function isTooLarge({ rows, columns }: SheetSurvey): boolean {
  return rows > limits.rows || columns > limits.columns || rows * columns > limits.cells;
}

function isTrue(written: string | null): boolean {
  return written === '1' || written === 'true';
}

function parseAddress(reference: string): { row: number; column: number } | null {
  const match = /^([A-Z]{1,3})([1-9][0-9]{0,6})$/i.exec(reference);
  if (match === null) return null;
  let column = 0;
  for (const letter of (match[1] ?? '').toUpperCase())
    column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(match[2]), column };
}
