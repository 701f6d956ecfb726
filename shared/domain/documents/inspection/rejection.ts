import { fileTypes, maxFileLength, type FileType } from './file-types.ts';

/** Every reason for which a file is turned away, with what its sender is told. `{claimed}` and `{actual}` are types. */
export const rejections = {
  empty: { zh: '文件为空。', en: 'The file is empty.' },
  'too-large': {
    zh: `文件超过${maxFileLength / 1024 / 1024}MB，请拆分后上传。`,
    en: `The file is over ${maxFileLength / 1024 / 1024} MB. Split it and upload the parts.`,
  },
  'wrong-length': {
    zh: '收到的文件大小与登记的不一致，请重新上传。',
    en: 'The length received is not the length announced. Upload it again.',
  },
  'wrong-hash': {
    zh: '收到的文件内容与登记的摘要不一致，请重新上传。',
    en: 'The content received does not match the digest announced. Upload it again.',
  },
  'type-not-allowed': {
    zh: '不接受这种文件。请上传PDF、OFD、DOCX、XLSX、JPEG或PNG。',
    en: 'This kind of file is not taken. Upload PDF, OFD, DOCX, XLSX, JPEG or PNG.',
  },
  'type-differs-from-claim': {
    zh: '登记为{claimed}，内容却是{actual}。',
    en: 'Announced as {claimed}, but the content is {actual}.',
  },
  encrypted: {
    zh: '文件已加密或设有密码，请去除后上传。',
    en: 'The file is encrypted or has a password. Remove it and upload again.',
  },
  broken: {
    zh: '文件已损坏或不完整，请重新导出后上传。',
    en: 'The file is damaged or incomplete. Export it anew and upload again.',
  },
  macro: { zh: '文件含有宏，请另存为不含宏的格式。', en: 'The file holds macros. Save it without them.' },
  'active-content': {
    zh: '文件含有脚本、启动程序的动作或远程模板，请重新打印为PDF或去除后上传。',
    en: 'The file holds scripts, actions that start programs, or a remote template. Remove them and upload again.',
  },
  'archive-too-deep': {
    zh: '文件中嵌套的压缩包层数过多。',
    en: 'The file holds archives nested too deep.',
  },
  'expands-too-far': {
    zh: '文件解压后的大小或条目数超出限度。',
    en: 'The file unpacks to more than is allowed.',
  },
  'foreign-trailer': {
    zh: '图片之后附有其他文件的内容，请重新保存图片后上传。',
    en: 'Another file is appended to the image. Save the image anew and upload again.',
  },
} as const satisfies Record<string, { zh: string; en: string }>;

export type RejectionCode = keyof typeof rejections;

/**
 * How the readers in this folder leave when a file is not what it should be. It never crosses `inspect`, which turns it
 * into a finding; any other exception is a bug and is left to surface.
 */
export class Rejected extends Error {
  readonly code: RejectionCode;
  readonly actual: FileType | undefined;

  /** `because` is for the operator's log: which rule failed, in English, never any of the file's text. */
  constructor(code: RejectionCode, because: string, actual?: FileType) {
    super(because);
    this.name = 'Rejected';
    this.code = code;
    this.actual = actual;
  }
}

/** What the sender is told, in both languages. Without `actual` the text says only that it is another type. */
export function detailOf(
  code: RejectionCode,
  claimed: FileType,
  actual?: FileType,
): { zh: string; en: string } {
  const { zh, en } = rejections[code];
  const is = actual ? fileTypes[actual] : { zh: '其他类型', en: 'something else' };
  return {
    zh: zh.replace('{claimed}', fileTypes[claimed].zh).replace('{actual}', is.zh),
    en: en.replace('{claimed}', fileTypes[claimed].en).replace('{actual}', is.en),
  };
}

/** Whether a kept reason is one of ours; records outlive the list. */
export function isRejection(code: string): code is RejectionCode {
  return Object.hasOwn(rejections, code);
}
