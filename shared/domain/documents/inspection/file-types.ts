/** The kinds of file a filing may carry. Which one a file is, its content says; a name or a header says nothing. */
export const fileTypes = {
  pdf: { mediaType: 'application/pdf', extensions: ['pdf'], zh: 'PDF文档', en: 'PDF document' },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
    zh: 'Word文档',
    en: 'Word document',
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
    zh: 'Excel工作簿',
    en: 'Excel workbook',
  },
  jpeg: { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], zh: 'JPEG图片', en: 'JPEG image' },
  png: { mediaType: 'image/png', extensions: ['png'], zh: 'PNG图片', en: 'PNG image' },
  /** 版式文档, GB/T 33190: the fixed-layout format of Chinese public offices. */
  ofd: { mediaType: 'application/ofd', extensions: ['ofd'], zh: 'OFD版式文档', en: 'OFD document' },
} as const satisfies Record<string, FileTypeFacts>;

interface FileTypeFacts {
  readonly mediaType: string;
  readonly extensions: readonly string[];
  readonly zh: string;
  readonly en: string;
}

export type FileType = keyof typeof fileTypes;
export const fileTypeNames = Object.keys(fileTypes) as [FileType, ...FileType[]];

/** The longest file that is looked at, in bytes. Longer ones belong in several files, and would not fit a function. */
export const maxFileLength = 50 * 1024 * 1024;
