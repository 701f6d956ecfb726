/** The report of an evaluation in its four forms. Each is made from the result alone, to the same bytes every time. */
import { readFileSync } from 'node:fs';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Form } from '../../app/evaluation/carry-out.ts';
import type { FormName } from '../../domain/evaluation/run.ts';
import { resultAsCsv } from './csv.ts';
import { resultAsPdf } from './pdf/report.ts';
import { resultAsXlsx } from './xlsx.ts';

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The fonts lie beside the bundle: `infra/bundle.ts` puts them there. They are read when a PDF is first asked for. */
export function reportForms(fonts: URL = new URL('.', import.meta.url)): Readonly<Record<FormName, Form>> {
  const font = (name: string): Buffer => readFileSync(new URL(name, fonts));
  return {
    json: {
      mediaType: 'application/json',
      render: async (result) => encoded(`${canonicalJson(result)}\n`),
    },
    csv: { mediaType: 'text/csv; charset=utf-8', render: async (result) => encoded(resultAsCsv(result)) },
    xlsx: {
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      render: resultAsXlsx,
    },
    pdf: {
      mediaType: 'application/pdf',
      render: async (result) => resultAsPdf(result, { regular: font('regular.ttf'), bold: font('bold.ttf') }),
    },
  };
}
