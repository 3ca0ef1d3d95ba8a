/** Verifies a backup: what a restore would read from it, and whether that is what is expected. */
import { InputError } from '../../core/errors.js';
import { Findings } from '../../core/findings.js';
import { TOOL } from '../../core/tool.js';
import type { VerifyReport } from '../../reports/VerifyReport.js';
import { failure } from '../findings/notices.js';
import { texts } from '../texts.js';
import { ArchiveVerification, type VerifyArchiveOptions } from './ArchiveVerification.js';

/** Like `verify`, for an archive that may still have its temporary name. */
export async function verifyArchive(options: VerifyArchiveOptions): Promise<VerifyReport> {
  const started = performance.now();
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  const { archive, input, filesOnly = false } = options;
  const verification = new ArchiveVerification(options, notice);
  const archiveRead = await readable(findings, () => verification.open());
  if (archiveRead !== undefined) {
    try {
      // Errors of the input are not findings about the archive.
      const { engine, progress } = archiveRead;
      const plan = await input?.plan(verification.result.target, { engine, filesOnly, notice });
      const expectation = plan && !filesOnly ? await input?.expect(plan, progress) : undefined;
      await readable(findings, () => verification.run(archiveRead, plan, expectation));
    } finally {
      await archiveRead.opened.zip.close();
    }
  }
  const { bytes, target, afterRestoreSql, product, tables, files } = verification.result;
  return {
    reportVersion: 1,
    tool: TOOL,
    holds: findings.list().every(({ severity }) => severity !== 'error'),
    archive: { path: archive, format: 'zip', bytes, target: target.name, afterRestoreSql },
    against: input?.source.input ?? null,
    database: product,
    tables,
    files,
    findings: findings.list(),
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

/** Reads the archive; if it cannot be read, that is a finding. */
async function readable<T>(findings: Findings, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    findings.add(failure('damaged', { title: error.message, consequence: texts().damaged.consequence }));
    return undefined;
  }
}
