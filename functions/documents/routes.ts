/** Uploads, downloads and what lies in the buckets. */
import * as z from 'zod';
import { once } from '../../shared/kernel/once.ts';
import { fileTypeNames } from '../../shared/domain/documents/inspection/file-types.ts';
import { anyone, drafter, type Route } from '../route.ts';

export const RequestUpload = once(() =>
  z.strictObject({
    paper: z.string().max(60).describe('材料代码|Paper'),
    fileName: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^/\\\p{Cc}]+$/u)
      .describe('文件名|File name'),
    type: z.enum(fileTypeNames).describe('文件类型|File type'),
    length: z.int().min(1).max(100_000_000).describe('字节数|Length in bytes'),
    sha256: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/)
      .describe('SHA-256 摘要（Base64）|SHA-256, base64'),
  }),
);

export const documentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/submissions/{id}/documents',
    function: 'documents',
    access: anyone,
    summary: { zh: '材料文件', en: 'Documents' },
  },
  {
    method: 'POST',
    path: '/submissions/{id}/documents',
    function: 'documents',
    access: { scope: 'anju.read', roles: ['drafter', 'lead'] },
    summary: { zh: '申请上传', en: 'Ask for an upload' },
    body: RequestUpload,
    command: 'creates',
  },
  {
    method: 'GET',
    path: '/submissions/{id}/documents/{document}',
    function: 'documents',
    access: anyone,
    summary: { zh: '一份材料文件', en: 'A document' },
  },
  {
    method: 'DELETE',
    path: '/submissions/{id}/documents/{document}',
    function: 'documents',
    access: drafter,
    summary: { zh: '移除材料文件', en: 'Remove a document' },
    command: 'changes',
  },
  {
    method: 'GET',
    path: '/submissions/{id}/documents/{document}/download',
    function: 'documents',
    access: anyone,
    summary: { zh: '下载链接', en: 'A link to download' },
  },
  {
    method: 'GET',
    path: '/evaluations/{id}/result',
    function: 'documents',
    access: anyone,
    summary: { zh: '评价结果', en: 'What a run found' },
  },
  {
    method: 'GET',
    path: '/evaluations/{id}/figures/{city}/{indicator}',
    function: 'documents',
    access: anyone,
    summary: { zh: '一个指标值及其佐证', en: 'A figure and the records behind it' },
  },
  {
    method: 'GET',
    path: '/evaluations/{id}/report/{form}',
    function: 'documents',
    access: anyone,
    summary: { zh: '评价报告下载链接', en: 'A link to the report' },
  },
  {
    method: 'GET',
    path: '/certificates/{id}/pdf',
    function: 'documents',
    access: anyone,
    summary: { zh: '证书文件下载链接', en: 'A link to the print of a certificate' },
    query: once(() =>
      z.strictObject({
        version: z.coerce.number().int().min(1).max(9999).optional().describe('版本；不填为现行|Version'),
      }),
    ),
  },
];
