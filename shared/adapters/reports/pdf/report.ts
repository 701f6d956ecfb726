/** The evaluation report on paper: cover, overview, results, dimensions, cities, what was late or missing, scheme, records. */
import type { EvaluationResult } from '../../../domain/evaluation/result.ts';
import { titleOf } from '../words.ts';
import { cityPages } from './cities.ts';
import { cover } from './cover.ts';
import { evidenceAnnex, schemeAnnex } from './annexes.ts';
import { Paper, type Fonts } from './paper.ts';
import { corrections, dimensionTables, lateAndMissing, overview, ranking } from './findings.ts';

/** The same bytes for the same result and fonts. */
export async function resultAsPdf(result: EvaluationResult, fonts: Fonts): Promise<Uint8Array> {
  const paper = new Paper(fonts, { title: titleOf(result), at: result.frozenAt });
  cover(paper, result);
  paper.newPage();
  overview(paper, result);
  ranking(paper, result);
  dimensionTables(paper, result);
  cityPages(paper, result);
  lateAndMissing(paper, result);
  if (result.corrects) corrections(paper, result);
  paper.newPage();
  schemeAnnex(paper, result);
  evidenceAnnex(paper, result);
  return paper.finish(titleOf(result));
}
