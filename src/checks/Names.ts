/** Names of the users and repositories whose rows have passed. Later rows refer to them by id. */
import { inBrackets } from '../core/language.js';
import { texts } from './texts.js';

/** The maximum number of names kept, of users and of repositories each; further ones are named by id. */
const MOST_NAMES = 50_000;
const LONGEST_NAME = 100;

export class Names {
  readonly #users = new Map<number, string>();
  readonly #repositories = new Map<number, string>();

  rememberUser(id: number, name: string): void {
    if (this.#users.size < MOST_NAMES) this.#users.set(id, name.slice(0, LONGEST_NAME));
  }

  rememberRepository(id: number, ownerId: number, name: string): void {
    const owner = this.#users.get(ownerId);
    if (owner === undefined || this.#repositories.size >= MOST_NAMES) return;
    this.#repositories.set(id, `${owner}/${name.slice(0, LONGEST_NAME)}`);
  }

  /** `alice` */
  userNamed(id: number): string | undefined {
    return this.#users.get(id);
  }

  /** `user alice (1)`; without a name `user 1`. */
  describeUser(id: number | undefined): string {
    const name = id === undefined ? undefined : this.#users.get(id);
    return name === undefined ? texts().userId({ id: id ?? '?' }) : texts().namedUser({ name, id: id ?? '?' });
  }

  /** `user alice (1)`, `repository alice/app (2)`; undefined for tables and rows without a name. */
  describeRow(table: string, id: number): string | undefined {
    if (table !== 'user' && table !== 'repository') return undefined;
    const name = table === 'user' ? this.#users.get(id) : this.#repositories.get(id);
    return name && `${texts()[table]({ name })}${inBrackets(id)}`;
  }

  /** `alice/app` */
  repositoryNamed(id: number): string | undefined {
    return this.#repositories.get(id);
  }
}
