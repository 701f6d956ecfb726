/**
 * A ZIP reader for hostile input (APPNOTE 6.3), strict where readers disagree. fflate's `unzip` checks neither CRC,
 * nor overlap, nor the encrypted bit, nor what an entry truly unpacks to, so it serves the tests as writer only.
 * ZIP64 is not read: no file within our length needs it.
 */
import { crc32 } from 'node:zlib';
import { inflate, latin1, startsWith, view, type Allowance } from './bytes.ts';
import { Rejected } from './rejection.ts';

export const zipSignature = 'PK\x03\x04';

/** No office file within our length comes near it. */
export const maxEntries = 10_000;

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  /** Bytes as they lie in the archive, and as announced once unpacked. */
  readonly packedLength: number;
  readonly length: number;
  readonly headerAt: number;
}

export interface ZipArchive {
  readonly bytes: Uint8Array;
  readonly entries: readonly ZipEntry[];
  /** Entries by lower-case name: OPC compares names so, and no two may differ by case alone. */
  readonly byName: ReadonlyMap<string, ZipEntry>;
  /** Where the central directory begins, which is where the entries must have ended. */
  readonly directoryAt: number;
}

const encryptedFlags = 0x1 | 0x40 | 0x2000;

/**
 * Reads the directory and checks every local header against it. Nothing is unpacked yet.
 *
 * @throws Rejected `broken`, `encrypted` or `expands-too-far`
 */
export function openArchive(bytes: Uint8Array, allowance: Allowance): ZipArchive {
  if (!startsWith(bytes, zipSignature)) throw new Rejected('broken', 'ZIP: does not begin with an entry');
  const { directoryAt, count, end } = readEndRecord(bytes);
  const entries = readDirectory(bytes, directoryAt, count, end);

  const byName = new Map<string, ZipEntry>();
  let announced = 0;
  for (const entry of entries) {
    const key = entry.name.toLowerCase();
    if (byName.has(key)) throw new Rejected('broken', 'ZIP: two entries of one name');
    byName.set(key, entry);
    announced += entry.length;
  }
  if (announced > allowance.left)
    throw new Rejected('expands-too-far', 'ZIP: announces more than the allowance');

  const archive = { bytes, entries, byName, directoryAt };
  refuseOverlap(archive);
  return archive;
}

/** The unpacked bytes of an entry, which must have the length and the CRC the directory announces. */
export function readEntry(archive: ZipArchive, entry: ZipEntry, allowance: Allowance): Uint8Array {
  const start = dataStart(archive, entry);
  const packed = archive.bytes.subarray(start, start + entry.packedLength);
  let content: Uint8Array;
  if (entry.method === 0) {
    allowance.take(packed.length);
    content = packed;
  } else {
    content = inflate(packed, 'raw', allowance);
  }
  if (content.length !== entry.length || crc32(content) !== entry.crc) {
    throw new Rejected('broken', 'ZIP: an entry is not what the directory announces');
  }
  return content;
}

const endRecordLength = 22;

function readEndRecord(bytes: Uint8Array): { directoryAt: number; count: number; end: number } {
  const data = view(bytes);
  const earliest = Math.max(0, bytes.length - endRecordLength - 0xffff);
  for (let end = bytes.length - endRecordLength; end >= earliest; end--) {
    if (data.readUInt32LE(end) !== 0x06054b50) continue;
    if (end + endRecordLength + data.readUInt16LE(end + 20) !== bytes.length) continue;
    const disk = data.readUInt16LE(end + 4) | data.readUInt16LE(end + 6);
    const count = data.readUInt16LE(end + 10);
    const size = data.readUInt32LE(end + 12);
    const directoryAt = data.readUInt32LE(end + 16);
    if (disk !== 0 || data.readUInt16LE(end + 8) !== count || directoryAt + size !== end) {
      throw new Rejected('broken', 'ZIP: the end record does not fit the file');
    }
    if (count > maxEntries) throw new Rejected('expands-too-far', 'ZIP: too many entries');
    return { directoryAt, count, end };
  }
  throw new Rejected('broken', 'ZIP: no end record');
}

function readDirectory(bytes: Uint8Array, from: number, count: number, end: number): ZipEntry[] {
  const data = view(bytes);
  const entries: ZipEntry[] = [];
  let at = from;
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || data.readUInt32LE(at) !== 0x02014b50) {
      throw new Rejected('broken', 'ZIP: the directory is cut short');
    }
    if (data.readUInt16LE(at + 8) & encryptedFlags)
      throw new Rejected('encrypted', 'ZIP: an encrypted entry');
    const nameLength = data.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
    const method = data.readUInt16LE(at + 10);
    if (next > end) throw new Rejected('broken', 'ZIP: the directory is cut short');
    if (method !== 0 && method !== 8)
      throw new Rejected('broken', 'ZIP: a method other than stored or deflated');
    const entry: ZipEntry = {
      name: safeName(bytes.subarray(at + 46, at + 46 + nameLength)),
      method,
      crc: data.readUInt32LE(at + 16),
      packedLength: data.readUInt32LE(at + 20),
      length: data.readUInt32LE(at + 24),
      headerAt: data.readUInt32LE(at + 42),
    };
    entries.push(entry);
    at = next;
  }
  if (at !== end) throw new Rejected('broken', 'ZIP: the directory holds more than it counts');
  return entries;
}

/** Some writers use backslashes; they mean the same. A name that would leave its folder is an attack. */
function safeName(raw: Uint8Array): string {
  const name = new TextDecoder().decode(raw).replaceAll('\\', '/');
  const outside = name.startsWith('/') || /^[a-z]:/i.test(name) || name.split('/').includes('..');
  if (name === '' || name.includes('\0') || outside)
    throw new Rejected('broken', 'ZIP: an unsafe entry name');
  return name;
}

/** Where an entry's data begins, from its local header, which must agree with the directory. */
function dataStart({ bytes, directoryAt }: ZipArchive, entry: ZipEntry): number {
  const data = view(bytes);
  const at = entry.headerAt;
  if (at + 30 > directoryAt || latin1(bytes, at, at + 4) !== zipSignature) {
    throw new Rejected('broken', 'ZIP: no local header where the directory points');
  }
  if (data.readUInt16LE(at + 6) & encryptedFlags) throw new Rejected('encrypted', 'ZIP: an encrypted entry');
  const nameEnd = at + 30 + data.readUInt16LE(at + 26);
  const start = nameEnd + data.readUInt16LE(at + 28);
  if (start + entry.packedLength > directoryAt)
    throw new Rejected('broken', 'ZIP: an entry runs past the directory');
  if (
    data.readUInt16LE(at + 8) !== entry.method ||
    safeName(bytes.subarray(at + 30, nameEnd)) !== entry.name
  ) {
    throw new Rejected('broken', 'ZIP: local header and directory differ');
  }
  return start;
}

/** Entries that share bytes are how a small archive unpacks to terabytes. The first must lie at byte 0. */
function refuseOverlap(archive: ZipArchive): void {
  let free = 0;
  for (const entry of archive.entries.toSorted((a, b) => a.headerAt - b.headerAt)) {
    if (free === 0 && entry.headerAt !== 0) throw new Rejected('broken', 'ZIP: bytes before the first entry');
    if (entry.headerAt < free) throw new Rejected('broken', 'ZIP: entries overlap');
    free = dataStart(archive, entry) + entry.packedLength;
  }
}
