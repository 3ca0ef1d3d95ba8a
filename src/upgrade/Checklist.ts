/** The page of what is left to do, beside an output. */
import { AtomicFile } from '../files/AtomicFile.js';
import type { NextStep } from '../reports/nextSteps.js';
import { nextStepsPage } from '../reports/nextStepsPage.js';
import type { UpgradePlan } from './planUpgrade.js';

/** `gogs.zip` → `gogs.next-steps.md`, `gogs.sql` → `gogs.sql.next-steps.md` */
export const checklistPath = (output: string): string => `${output.replace(/(?:\.zip|[/\\]+)$/i, '')}.next-steps.md`;

export class Checklist {
  readonly #file: AtomicFile;
  readonly #plan: UpgradePlan;

  private constructor(file: AtomicFile, plan: UpgradePlan) {
    this.#file = file;
    this.#plan = plan;
  }

  /** Undefined when the output is a stream: there is no place beside it. */
  static async open(plan: UpgradePlan): Promise<Checklist | undefined> {
    if (typeof plan.output !== 'string') return undefined;
    // An older one is about an output that is gone, or is being replaced.
    return new Checklist(await AtomicFile.create(checklistPath(plan.output), { replace: true }), plan);
  }

  get path(): string {
    return this.#file.path;
  }

  /** Writes it and flushes it to disk, under its temporary name. */
  async write(steps: readonly NextStep[]): Promise<void> {
    const { outputName: output, format, target } = this.#plan;
    await this.#file.handle.appendFile(nextStepsPage({ output, format, target: target.name }, steps));
    await this.#file.seal();
  }

  async commit(): Promise<void> {
    await this.#file.commit();
  }

  /** Leaves nothing behind; does nothing after a commit. */
  async abort(): Promise<void> {
    await this.#file.abort();
  }
}
