/**
 * Generated rows that resemble those of a busy server: the keys that Gogs writes, with texts and payloads of plausible lengths.
 * They refer to users, repositories, issues and webhooks of the samples. The rows are the same each time.
 */

/** The tables that make up most of a real database, with each one's share of the bytes. */
export const SHARES: Readonly<Record<string, number>> = { Action: 0.35, Comment: 0.2, HookTask: 0.3, Issue: 0.15 };

const SYLLABLES =
  'ba be bo da de di fa ge ka ki la le lo ma me mi na ne no pa pe ra re ri sa se so ta te to va wi'.split(' ');
const HEX = '0123456789abcdef';

/** A small random number generator (xorshift32), because Math.random cannot be seeded. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 1;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length) text += HEX[this.below(16)];
    return text;
  }
}

/** `0.10`: with the redundant keys of old releases, so that every row changes. `0.12`: few tables change. */
export type Style = '0.10' | '0.12';

/** The maximum number of rows, or bytes of rows. */
export interface Limit {
  readonly bytes: number;
  readonly rows: number;
}

/**
 * Rows up to a limit, with ids from 1; `next` creates the part after the id. A few megabytes are repeated with new ids, because
 * creating every row anew would take longer than the measurement.
 */
export function* repeatRows(opening: string, next: () => string, limit: Limit): Generator<string, void, void> {
  const bodies: string[] = [];
  let left = limit.bytes;
  for (let id = 1; id <= limit.rows && left > 0; id++) {
    if (bodies.length < 10_000) bodies.push(next());
    const row = `${opening}${id}${bodies[(id - 1) % bodies.length] as string}`;
    left -= row.length;
    yield row;
  }
}

/** Endless rows of one table as lines of JSON, with ids from 1. */
export class RandomRows {
  readonly #random: Random;
  readonly #words: string[];
  readonly #type: string;
  readonly #repositories: number;
  readonly #style: Style;
  #id = 0;

  constructor(type: string, style: Style, repositories: number) {
    this.#type = type;
    this.#style = style;
    this.#repositories = repositories;
    this.#random = new Random(7919);
    this.#words = Array.from({ length: 4000 }, () => this.#word());
  }

  /** The next line, including its newline. */
  next(): string {
    this.#id++;
    return `${goJson(this.#row())}\n`;
  }

  #row(): Record<string, unknown> {
    const id = this.#id;
    const random = this.#random;
    const time = 1_500_000_000 + id * 17;
    const repository = 1 + random.below(this.#repositories);
    const old = (members: Record<string, unknown>): Record<string, unknown> => (this.#style === '0.10' ? members : {});
    const created = old({ Created: new Date(time * 1000).toISOString() });
    switch (this.#type) {
      case 'Action':
        return {
          ...{ ID: id, UserID: 1 + random.below(7), OpType: 5, ActUserID: 1 + random.below(7) },
          ...{
            ActUserName: this.#wordAt(),
            RepoID: repository,
            RepoUserName: this.#wordAt(),
            RepoName: this.#wordAt(),
          },
          ...{
            RefName: 'master',
            IsPrivate: id % 3 === 0,
            Content: this.#push(1 + random.below(4)),
            CreatedUnix: time,
          },
        };
      case 'Comment':
        return {
          ...{
            ID: id,
            Type: 0,
            PosterID: 1 + random.below(7),
            IssueID: 1 + random.below(6),
            CommitID: 0,
            Line: 0,
          },
          ...{
            Content: this.#text(10 + random.below(120)),
            ...old({ RenderedContent: '' }),
            ...created,
            CreatedUnix: time,
          },
          ...{ UpdatedUnix: time, CommitSHA: '', ...old({ Attachments: null, ShowTag: 0 }) },
        };
      case 'HookTask':
        return {
          ...{ ID: id, RepoID: repository, HookID: 1 + random.below(3), UUID: random.hex(32), Type: 1 },
          ...{ URL: `https://ci.example.com/${this.#wordAt()}`, Signature: random.hex(64) },
          ...{ PayloadContent: JSON.stringify({ ref: 'refs/heads/master', pushed: this.#push(3) }, undefined, 2) },
          ...{ ContentType: 1, EventType: 'push', IsSSL: false, IsDelivered: true, Delivered: `#${time}123456789#` },
          ...old({ DeliveredString: '2020-09-13 12:26:40 UTC' }),
          ...{ IsSucceed: true, RequestContent: '{"headers":{"Content-Type":"application/json"}}' },
          ...{
            ResponseContent: JSON.stringify({ status: 200, headers: { Date: random.hex(16) }, body: this.#text(30) }),
          },
        };
      case 'Issue':
        return {
          ...{ ID: id, RepoID: repository, Index: id, PosterID: 1 + random.below(7), Title: this.#text(8) },
          ...{
            Content: this.#text(20 + random.below(200)),
            ...old({ RenderedContent: '', Labels: null }),
            MilestoneID: 0,
            Priority: 0,
            AssigneeID: 0,
          },
          ...{ IsClosed: id % 2 === 0, IsPull: false, NumComments: random.below(30), DeadlineUnix: -62135596800 },
          ...{ ...created, CreatedUnix: time, UpdatedUnix: time },
        };
      case 'IssueUser':
        return {
          ...{ ID: id, UID: 1 + random.below(7), IssueID: 1 + random.below(6), RepoID: repository },
          ...{ MilestoneID: 0, IsRead: id % 2 === 0, IsAssigned: false, IsMentioned: false, IsPoster: id % 9 === 0 },
          ...{ IsClosed: false },
        };
      default:
        throw new Error(`no rows for ${this.#type}`);
    }
  }

  #word(): string {
    let word = '';
    for (let i = 0; i < 1 + this.#random.below(4); i++) word += SYLLABLES[this.#random.below(SYLLABLES.length)];
    return word;
  }

  #wordAt(): string {
    // Squared, so that some words are common and most are rare.
    const share = this.#random.below(4000) / 4000;
    return this.#words[Math.floor(share * share * 4000)] as string;
  }

  #text(words: number): string {
    let text = '';
    for (let i = 0; i < words; i++) text += i % 23 === 22 ? '\r\n<b>"quoted"</b> & ' : `${this.#wordAt()} `;
    return text;
  }

  #push(commits: number): string {
    return JSON.stringify({
      Len: commits,
      Commits: Array.from({ length: commits }, () => ({
        Sha1: this.#random.hex(40),
        Message: this.#text(8),
        AuthorEmail: `${this.#wordAt()}@example.com`,
        AuthorName: this.#wordAt(),
        Timestamp: '2020-09-13T12:26:40+02:00',
      })),
      CompareURL: `${this.#wordAt()}/${this.#wordAt()}/compare/${this.#random.hex(40)}...${this.#random.hex(40)}`,
    });
  }
}

/** JSON as Go's encoder writes it. `#…#` stands for a number that JavaScript cannot represent. */
function goJson(row: Record<string, unknown>): string {
  return JSON.stringify(row)
    .replace(/[<>&]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)
    .replace(/"#(\d+)#"/g, '$1');
}
