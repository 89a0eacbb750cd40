// Types of <call-scope>. What each of these means is described in docs/embed.md.

export type SupportRole = "specialist" | "engineer" | "administrator";
export type ReportName = "overview" | "buildings" | "networks" | "people" | "streams";

/** Why something was not done. */
export type RefusalCode =
  | "bad-version"
  | "bad-message"
  | "bad-file"
  | "not-allowed"
  | "not-connected"
  | "not-for-role"
  | "no-files"
  | "busy"
  | "interrupted"
  | "removed"
  | "stopped";

/** Which rows a report has, by code names. */
export interface ReportQuery {
  media?: "audio" | "all";
  classifier?: "cqd-current" | "cqd-2018" | "call-record-insights" | "real-time-analytics";
  mapping?: "most-specific" | "same-as-cqd";
  ends?: "each-client" | "second-only";
  /** First and last day in UTC, `2026-03-01/2026-03-31`; one side may be empty. Not for the specialist. */
  days?: string;
  /** Buildings: words of name or place. People: part of a name, or the whole one where only that finds somebody. */
  search?: string;
  /** A column of Buildings or People that can be sorted by. */
  sort?: string;
  descending?: boolean;
  /** Networks and streams of one building; the empty text stands for ends that no building explains. */
  building?: string;
  /** Index of the first row, from 0. */
  first?: number;
  /** How many rows at most. */
  limit?: number;
}

/** A row: column names as in the CSV file. */
export type ReportRow = Record<string, string | number | null>;

/** Bytes with a name. The buffer is handed over: it is empty afterwards. */
export interface NamedBytes {
  name: string;
  bytes: ArrayBuffer;
}

export interface CallScopeEventMap extends HTMLElementEventMap {
  ready: CustomEvent<{ role: SupportRole; locked: boolean }>;
  loaded: CustomEvent<{ files: number; kinds: string[]; rows: number }>;
  problem: CustomEvent<{ code: string; file?: number; line?: number; column?: number }>;
}

export class CallScopeError extends Error {
  readonly code: RefusalCode;
}

export class CallScope extends HTMLElement {
  /** Opens files as if the user had dropped them. */
  open(files: Iterable<File | (Blob & { name: string }) | NamedBytes>): Promise<void>;
  /** The rows of a report as the role may see them. */
  report(name: ReportName, query?: ReportQuery): Promise<ReportRow[]>;
  /** The same as a CSV file with a name. */
  export(name: ReportName, query?: ReportQuery): Promise<Blob & { name: string }>;

  addEventListener<Type extends keyof CallScopeEventMap>(
    type: Type,
    listener: (this: CallScope, event: CallScopeEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "call-scope": CallScope;
  }
}
