/** What a print (打印件) says and in which order, as data: how it looks on paper is its adapter's to say. */
import { hashOf } from '../../kernel/hash.ts';
import type { Text } from '../../kernel/refusal.ts';

export interface Field {
  readonly label: string;
  readonly value: string;
}

export interface Column {
  readonly title: string;
  /** Parts of the sheet's width; what they add up to is the whole. */
  readonly share: number;
  readonly align?: 'center';
}

export type Block =
  | { readonly kind: 'heading'; readonly text: Text }
  /** One field over the whole width, or two side by side. */
  | { readonly kind: 'fields'; readonly rows: readonly (readonly Field[])[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** What stands in place of rows when there are none. */
      readonly none: string;
      /** Each row leaves room for a seal. */
      readonly sealed?: true;
    }
  | { readonly kind: 'salutation'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Sentences that the print numbers. */
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Who issued it and when, above the place of the seal. */
  | { readonly kind: 'signature'; readonly office: string; readonly on: string };

/** The records that a print was made from: by these it is held against the platform. */
export interface PrintSource {
  readonly submission: string;
  readonly version: number;
  readonly versionHash: string;
  /** Number and hash of the audit entry up to which it tells. */
  readonly entry: number;
  readonly entryHash: string;
  readonly at: string;
}

export interface Print {
  readonly title: Text;
  /** 文号 or state, under the title. */
  readonly under: string;
  readonly blocks: readonly Block[];
  readonly source: PrintSource;
  /** 本表 or 本件: what the last sentence calls it. */
  readonly calledBy: '本表' | '本件';
}

/** 内容摘要: the same for the same records, whoever prints it and when. */
export function digestOf(print: Print): string {
  return hashOf(print);
}

export function heading(zh: string, en: string): Block {
  return { kind: 'heading', text: { zh, en } };
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}
