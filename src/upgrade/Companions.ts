/** The files beside an output: the checklist of next steps, and docker-compose.yml. */
import { basename, resolve } from 'node:path';
import type { AtomicFile } from '../files/AtomicFile.js';
import { checklistPath } from '../files/companionPaths.js';
import type { OutputGate } from '../files/OutputGate.js';
import type { OutputPlan } from '../outputs/OutputPlan.js';
import { composeFile } from '../reports/composeFile.js';
import { containerPorts } from '../reports/containerPorts.js';
import { nextStepsPage, type PageContent } from '../reports/nextStepsPage.js';
import { describeTarget } from './describeTarget.js';
import type { UpgradePlan } from './planUpgrade.js';

export class Companions {
  readonly #plan: UpgradePlan;
  readonly #output: OutputPlan;
  #checklist: AtomicFile | undefined;
  #compose: AtomicFile | undefined;

  private constructor(plan: UpgradePlan, output: OutputPlan) {
    this.#plan = plan;
    this.#output = output;
  }

  /** An output that is a stream has no checklist: there is no place for a file beside it. */
  static async open(
    plan: UpgradePlan,
    output: OutputPlan,
    { gate, hasChecklist }: { readonly gate: OutputGate; readonly hasChecklist: boolean },
  ): Promise<Companions> {
    const companions = new Companions(plan, output);
    try {
      const { output: path, composeFile: compose } = output;
      if (hasChecklist && typeof path === 'string') companions.#checklist = await gate.file(checklistPath(path));
      if (compose !== undefined) companions.#compose = await gate.file(compose);
      return companions;
    } catch (error) {
      await companions.abort();
      throw error;
    }
  }

  /** Path of the checklist; undefined if there is none. */
  get checklist(): string | undefined {
    return this.#checklist?.path;
  }

  /** Writes and flushes the files under their temporary names. */
  async write(content: PageContent): Promise<void> {
    const { target, config } = this.#plan;
    const { name, format } = this.#output;
    if (this.#checklist !== undefined) {
      this.#checklist.write(nextStepsPage({ output: name, format, target: describeTarget(target) }, content));
      await this.#checklist.seal();
    }
    if (this.#compose !== undefined) {
      const server = { target: target.name, folder: basename(resolve(name)), ports: containerPorts(config.facts) };
      this.#compose.write(composeFile(server));
      await this.#compose.seal();
    }
  }

  /** Gives the files their names. The caller then flushes the folder of the output. */
  async commit(): Promise<void> {
    await this.#compose?.commit({ flushName: false });
    await this.#checklist?.commit({ flushName: false });
  }

  /** Removes the files; does nothing after a commit. */
  async abort(): Promise<void> {
    await this.#checklist?.abort();
    await this.#compose?.abort();
  }
}
