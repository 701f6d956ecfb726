/** What comes in with a certificate from before the platform: what the paper says, how well it is proved, its scan. */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { evidenceGradeNames } from './certificate.ts';
import { PaperContent } from './content.ts';

export const ImportCertificate = once(() =>
  z.strictObject({
    content: PaperContent().describe('纸质认定书所载内容|What the paper says'),
    grade: z.enum(evidenceGradeNames).describe('证据等级|Grade of evidence'),
    remark: z.string().trim().min(1).max(500).optional().describe('核对情况|How it was checked'),
    scan: z
      .strictObject({
        submission: z.string().max(60).describe('材料所在申报件|The filing that it was uploaded with'),
        document: z.string().max(60).describe('材料文件|The document'),
      })
      .optional()
      .describe('扫描件|Scan'),
  }),
);
export type ImportInput = z.infer<ReturnType<typeof ImportCertificate>>;
