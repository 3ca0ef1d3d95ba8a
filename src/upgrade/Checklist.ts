/** The page of next steps beside an output. */
import type { AtomicFile } from '../files/AtomicFile.js';
import { checklistPath } from '../files/companionPaths.js';
import type { OutputGate } from '../files/OutputGate.js';
import type { OutputPlan } from '../outputs/OutputPlan.js';
import { nextStepsPage, type PageContent, type PageSubject } from '../reports/nextStepsPage.js';

export class Checklist {
  readonly #file: AtomicFile;
  readonly #subject: PageSubject;

  private constructor(file: AtomicFile, subject: PageSubject) {
    this.#file = file;
    this.#subject = subject;
  }

  /** Undefined if the output is a stream: there is no place for a file beside it. */
  static async open(
    { output, name, format }: OutputPlan,
    target: string,
    gate: OutputGate,
  ): Promise<Checklist | undefined> {
    if (typeof output !== 'string') return undefined;
    const file = await gate.file(checklistPath(output));
    return new Checklist(file, { output: name, format, target });
  }

  get path(): string {
    return this.#file.path;
  }

  /** Writes the page and flushes it to disk, under its temporary name. */
  async write(content: PageContent): Promise<void> {
    await this.#file.handle.appendFile(nextStepsPage(this.#subject, content));
    await this.#file.seal();
  }

  /** Gives the page its name. The caller then flushes the folder of the output. */
  async commit(): Promise<void> {
    await this.#file.commit({ flushName: false });
  }

  /** Removes the page; does nothing after a commit. */
  async abort(): Promise<void> {
    await this.#file.abort();
  }
}
