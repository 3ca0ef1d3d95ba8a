/** Verifies outputs that are not restored: SQL, a database file, or a server folder. */
import { resolve } from 'node:path';
import { Findings } from '../core/findings.js';
import { ProgressMeter } from '../core/ProgressMeter.js';
import type { TemporaryFolder } from '../files/TemporaryFolder.js';
import type { GogsHistory } from '../gogs/releases/foldReleases.js';
import { serverLayout } from '../gogs/serverLayout.js';
import { identify } from '../inputs/identify.js';
import type { LocalInput } from '../inputs/localInput.js';
import { openLocal } from '../inputs/openSource.js';
import type { Source } from '../inputs/Source.js';
import type { VerifyReport } from '../reports/VerifyReport.js';
import { chooseTarget } from './database/chooseTarget.js';
import { verifyDatabase } from './database/verifyDatabase.js';
import { openComparedInput } from './expected/openComparedInput.js';
import { planAgain } from './expected/planAgain.js';
import { findServerFolder, VerifiedFolder } from './folder/VerifiedFolder.js';
import { refuseInstallPath } from './refuseInstallPath.js';
import type { AnyVerifyOptions } from './VerifyOptions.js';

export async function verifyOther(
  local: LocalInput,
  options: AnyVerifyOptions & { readonly history: GogsHistory; readonly temporary: TemporaryFolder },
): Promise<VerifyReport> {
  const { history, temporary, against, to, installPath = local.path, maxRowBytes, signal, onProgress } = options;
  const named = to === undefined ? undefined : history.targetNamed(to);
  const found = await findServerFolder(local.path);
  if (found === undefined) refuseInstallPath(local, options);
  const findings = new Findings();
  const notice = findings.add.bind(findings);
  const database = found === undefined ? local : { name: found.database, path: found.database };
  const output = await openLocal(database, { history, temporary, maxRowBytes, notice, signal });
  let source: Source | undefined;
  try {
    const target = await chooseTarget(output, { to: named, history, notice, signal });
    const { engine } = output;
    const server = found && { layout: found.layout, installPath: resolve(installPath), owner: undefined };
    const layout = server && serverLayout(server.layout, server.installPath);
    const folder =
      layout && new VerifiedFolder({ name: local.name, place: local.path, layout, engine, temporary, signal });
    const keepsFiles = server !== undefined;
    if (against !== undefined)
      source = await openComparedInput(against, { ...options, keeps: keepsFiles ? 'contents' : 'config' });
    const format = server === undefined ? 'sql' : 'files';
    const planned = { format, tablesGoTo: 'sql', server } as const;
    const origin = source && (await identify(source, target, signal));
    const plan = source && origin && (await planAgain(source, origin, target, planned, { ...options, engine }));
    const progress = new ProgressMeter(
      output.bytesToRead + (keepsFiles ? (source?.files?.zip.size ?? 0) : 0),
      onProgress,
    );
    return await verifyDatabase({ output, target, plan, folder, findings, progress, signal });
  } finally {
    await source?.close();
    await output.close();
  }
}
