/**
 * Decides how a CSV file is written. A file that can be read in one way only is read in that way. If there are several and they
 * give different values, what programs usually write decides: with a doubt, which becomes a finding, or not at all.
 */
import { InputError } from '../../core/errors.js';
import { type CsvFormat, type CsvStyle, escapesWithBackslash } from './CsvFormat.js';
import type { ScanOptions } from './scanCsv.js';
import { type CsvSurvey, type SurveyedFile, surveyCsv } from './surveyCsv.js';
import { texts } from './texts.js';

/** Where a file may mean something else than what was assumed. */
export interface CsvDoubt {
  readonly line: number;
  readonly kind: 'nullWord' | 'backslash' | 'escape' | 'quote' | 'apostrophe' | 'lineEnd' | 'openEnd';
}

export interface DetectedFormat {
  readonly format: CsvFormat;
  readonly doubts: readonly CsvDoubt[];
}

export async function detectCsvFormat(file: SurveyedFile, options: ScanOptions): Promise<DetectedFormat> {
  const survey = (style: CsvStyle): Promise<CsvSurvey> => surveyCsv(file, style, options);
  const { chosen, doubts } = await new StyleChoice(file, survey).choose(await survey('doubled'));
  const nulls = chooseNullWord(chosen);
  return {
    format: { separator: file.separator, style: chosen.style, nullWord: nulls.nullWord },
    doubts: [...doubts, ...nulls.doubts, ...otherDoubts(chosen)],
  };
}

interface Choice {
  readonly chosen: CsvSurvey;
  readonly doubts: readonly CsvDoubt[];
}

const certain = (chosen: CsvSurvey): Choice => ({ chosen, doubts: [] });

class StyleChoice {
  readonly #file: SurveyedFile;
  readonly #survey: (style: CsvStyle) => Promise<CsvSurvey>;

  constructor(file: SurveyedFile, survey: (style: CsvStyle) => Promise<CsvSurvey>) {
    this.#file = file;
    this.#survey = survey;
  }

  async choose(doubled: CsvSurvey): Promise<Choice> {
    if (doubled.problem !== undefined) return this.#withoutDoubling(doubled.problem);
    return quotesMeanSomething(doubled, this.#file) ? this.#withQuotes(doubled) : this.#withoutQuotes(doubled);
  }

  async #withQuotes(doubled: CsvSurvey): Promise<Choice> {
    const enclosed = await this.#enclosed(doubled);
    if (enclosed !== undefined) {
      // MySQL writes no header, and a backslash before each line end; hardly any other program writes \N.
      if (this.#file.hasHeader)
        return { chosen: doubled, doubts: [{ kind: 'backslash', line: doubled.lineOf('backslash') }] };
      const escapesLineEnds = doubled.has('quotedLineEnd') && !doubled.has('unescapedLineEnd');
      if (doubled.has('nullEscape') || escapesLineEnds) return certain(enclosed);
      throw this.#unclear('backslash', doubled.lineOf('backslash'));
    }
    return mayBeApostrophe(doubled)
      ? { chosen: doubled, doubts: [{ kind: 'apostrophe', line: doubled.lineOf('doubledApostrophe') }] }
      : certain(doubled);
  }

  /** The same bytes as quoted fields in which a backslash escapes; undefined if they are not, or if that gives the same values. */
  async #enclosed(doubled: CsvSurvey): Promise<CsvSurvey | undefined> {
    if (!doubled.has('backslash') || doubled.has('doubledQuote')) return undefined;
    // MySQL writes an empty field in quotes, and NULL as \N.
    if (doubled.has('quotedEmpty') && doubled.has('plainEmpty')) return undefined;
    const enclosed = await this.#survey('enclosed');
    return enclosed.problem === undefined && !enclosed.has('unusualEscape') ? enclosed : undefined;
  }

  /** No field is in quotes, or only some that could do without, in which quotes may be a part of the text. */
  async #withoutQuotes(doubled: CsvSurvey): Promise<Choice> {
    const { hasHeader, separator } = this.#file;
    if (separator !== '\t' && hasHeader) return certain(doubled);
    const text = await this.#survey('text');
    const isText = text.problem === undefined && !text.has('oddEscape');
    if (isText && doubled.has('nullEscape')) return certain(text);
    if (doubled.has('quoted')) {
      const line = doubled.lineOf('quoted');
      if (hasHeader || !isText) throw this.#unclear('quote', line);
      return { chosen: text, doubts: [{ kind: 'quote', line }] };
    }
    if (!doubled.has('backslash')) return certain(hasHeader ? doubled : text);
    if (!isText) return certain(doubled);
    if (hasHeader) throw this.#unclear('backslash', doubled.lineOf('backslash'));
    return { chosen: text, doubts: [{ kind: 'escape', line: text.lineOf('backslash') }] };
  }

  /** The file cannot be read as the usual form of CSV, for `problem`. */
  async #withoutDoubling(problem: InputError): Promise<Choice> {
    const enclosed = await this.#survey('enclosed');
    const apostrophe = await this.#survey('apostrophe');
    const isEnclosed = enclosed.problem === undefined && enclosed.has('backslash') && !enclosed.has('oddEscape');
    const isApostrophe = apostrophe.problem === undefined && mayBeApostrophe(apostrophe);
    if (isEnclosed && isApostrophe) throw this.#unclear('backslash', enclosed.lineOf('backslash'));
    if (isApostrophe) return certain(apostrophe);
    if (!isEnclosed) return this.#onlyText(problem);
    if (!enclosed.has('unusualEscape')) return certain(enclosed);
    return { chosen: enclosed, doubts: [{ kind: 'escape', line: enclosed.lineOf('unusualEscape') }] };
  }

  /** Quotes can only be a part of the text. */
  async #onlyText(problem: InputError): Promise<Choice> {
    const { hasHeader, separator } = this.#file;
    if (separator !== '\t') throw problem;
    const text = await this.#survey('text');
    const isText = text.problem === undefined && !text.has('oddEscape');
    if (isText && (text.has('nullEscape') || !hasHeader)) return certain(text);
    if (isText && text.has('backslash')) throw this.#unclear('backslash', text.lineOf('backslash'));
    const raw = await this.#survey('raw');
    if (raw.problem !== undefined) throw problem;
    return certain(raw);
  }

  #unclear(what: 'backslash' | 'quote', line: number): InputError {
    return new InputError(texts().unclear[what]({ name: this.#file.name, line }));
  }
}

/** pgAdmin puts no field into quotes that can do without, and doubles each apostrophe within quotes. */
function mayBeApostrophe(survey: CsvSurvey): boolean {
  return (
    survey.has('doubledApostrophe') &&
    !survey.has('singleApostrophe') &&
    !survey.has('needlessQuotes') &&
    !survey.has('nullEscape') &&
    (survey.style === 'apostrophe' || !survey.has('doubledQuote'))
  );
}

/** Whether quotes are more than a part of texts. With commas they always are. */
function quotesMeanSomething(doubled: CsvSurvey, { separator, hasHeader }: SurveyedFile): boolean {
  if (!doubled.has('quoted')) return doubled.isHeaderQuoted;
  if (separator !== '\t' || doubled.isHeaderQuoted || doubled.has('neededQuotes')) return true;
  if (!doubled.has('plainWord')) return true;
  // Files with tabs and without a header are written by programs that know no quotes.
  return hasHeader && !doubled.has('needlessQuotes');
}

function chooseNullWord(chosen: CsvSurvey): { nullWord: boolean; doubts: CsvDoubt[] } {
  if (!chosen.has('nullWord') || chosen.has('nullEscape')) return { nullWord: false, doubts: [] };
  // Then NULL is an empty field without quotes.
  if (chosen.has('quotedEmpty') && chosen.has('plainEmpty')) return { nullWord: false, doubts: [] };
  const everyTextIsQuoted = chosen.has('quoted') && !chosen.has('plainWord');
  return { nullWord: true, doubts: everyTextIsQuoted ? [] : [{ kind: 'nullWord', line: chosen.lineOf('nullWord') }] };
}

function otherDoubts(chosen: CsvSurvey): CsvDoubt[] {
  const doubts: CsvDoubt[] = [];
  if (chosen.has('lf') && chosen.has('wordBeforeCrlf')) {
    doubts.push({ kind: 'lineEnd', line: chosen.lineOf('wordBeforeCrlf') });
  }
  // Where NULL is an empty field, \N is a text.
  if (chosen.has('nullEscape') && chosen.has('plainEmpty') && !escapesWithBackslash(chosen.style)) {
    doubts.push({ kind: 'nullWord', line: chosen.lineOf('nullEscape') });
  }
  if (chosen.has('openEnd')) doubts.push({ kind: 'openEnd', line: chosen.lineOf('openEnd') });
  return doubts;
}
