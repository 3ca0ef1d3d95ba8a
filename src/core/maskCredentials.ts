/** Hides passwords in URLs and addresses. */

const MASK = '********';

/** `postgres://gogs:secret@db/gogs`, `https://token@host/`. A password may hold any character but a space. */
const IN_URL = /([A-Za-z][A-Za-z0-9+.-]*:\/\/)(?:[^\s/?#@]*:\S*|[^\s/?#]*)@/g;
/** `gogs:secret@db:3306`, as database drivers accept it. `C:\git@home` is a path. */
const WITHOUT_SCHEME = /(^|[\s=("'])(?![A-Za-z]:[\\/])([^\s/@:=("']+):(?!\/\/)\S+@(?=\S)/g;

/** Hides the credentials of every address in a text: `postgres://********@db/gogs`. */
export function maskCredentials(text: string): string {
  // Fast path: most texts have none.
  if (!text.includes('@')) return text;
  return text.replaceAll(IN_URL, `$1${MASK}@`).replaceAll(WITHOUT_SCHEME, `$1${MASK}@`);
}
