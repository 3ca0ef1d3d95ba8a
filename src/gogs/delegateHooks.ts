/** The hooks that Gogs puts into every repository: createDelegateHooks in internal/db/repo.go@v0.13.0, the same in v0.14.3. */

export const DELEGATE_HOOKS = ['pre-receive', 'update', 'post-receive'] as const;
export type DelegateHook = (typeof DELEGATE_HOOKS)[number];

/** `scriptType`: `[repository] SCRIPT_TYPE`; `program` and `config`: paths on the new server. */
export function delegateHook(hook: DelegateHook, scriptType: string, program: string, config: string): string {
  const parameters = hook === 'update' ? ' $1 $2 $3' : '';
  return `#!/usr/bin/env ${scriptType}\n"${program}" hook --config='${config}' ${hook}${parameters}\n`;
}

/** True for a hook that a release of Gogs wrote, not a person: `"/x/gogs" hook --config='…' update`. */
export const isDelegateHook = (content: string): boolean =>
  /^#!.*\r?\n"[^"\n]*" (?:hook|update) [^\n]*\r?\n?$/.test(content);

/** A line of authorized_keys: _TPL_PUBLICK_KEY in internal/db/ssh_key.go@v0.13.0 */
export const authorizedKey = (id: string, content: string, program: string, config: string): string =>
  `command="${program} serv key-${id} --config='${config}'",no-port-forwarding,no-X11-forwarding,no-agent-forwarding,no-pty ${content}\n`;
