import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { expectationsOf } from './expectations.ts';
import { openBody, receiveText } from './incoming.ts';
import type { Origin } from './outbox.ts';
import type { Signed } from './signature.ts';
import type { Store } from './store.ts';
import type { Fields, Target } from './target.ts';
import { readXml, writeXml, type XmlElement, type XmlValue } from './xml.ts';

/** One verified request, as an operation takes it. */
export interface Call {
  readonly store: Store;
  readonly request: IncomingMessage;
  readonly target: Target;
  readonly signed: Signed;
  /** The request's headers (those of `signed`). */
  readonly fields: Fields;
  readonly origin: Origin;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

export type Operation = (call: Call) => Reply | Promise<Reply>;

/** An answer in S3's XML. */
export function xmlReply(
  root: string,
  value: { readonly [tag: string]: XmlValue },
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Reply {
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body: writeXml(root, value) };
}

/** Reads the request's document, its checksums verified. */
export async function documentOf(call: Call): Promise<XmlElement> {
  return readXml(await receiveText(openBody(call.request, call.signed), expectationsOf(call.fields)));
}

/** `versionId` of the query. */
export function versionIdOf(call: Call): string | undefined {
  return call.target.query.get('versionId') ?? undefined;
}
