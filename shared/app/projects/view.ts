/** A project and its line as people are shown them: codes with their words. */
import type { Text } from '../../kernel/refusal.ts';
import { divisionOf } from '../../domain/cities/divisions.ts';
import type { ProjectLine } from '../../domain/projects/line.ts';
import {
  isLate,
  ownerKinds,
  projectStages,
  type Project,
  type ProjectContent,
} from '../../domain/projects/project.ts';
import { landPaths } from '../../domain/resources/land-paths.ts';
import { supplyModeTexts } from '../../domain/policies/supply-modes.ts';

export function placeName(code: string): Text {
  const division = divisionOf(code);
  return { zh: division?.name ?? code, en: division?.nameEn || code };
}

function wordsOf({
  mode,
  path,
  county,
}: Pick<ProjectContent, 'mode' | 'path' | 'county'>): Readonly<Record<string, Text>> {
  const { zh, en } = landPaths[path];
  return { modeText: supplyModeTexts[mode], pathText: { zh, en }, countyName: placeName(county) };
}

function stageWords(stage: Project['stage']): Readonly<Record<string, unknown>> {
  const { zh, en, phase } = projectStages[stage];
  return { stage, stageText: { zh, en }, phase };
}

/** @param today civil date, to say who is late */
export function lineView(line: ProjectLine, today: string): object {
  return {
    ...line,
    ...wordsOf(line),
    cityName: placeName(line.city),
    ...stageWords(line.stage),
    late: isLate(line, today),
  };
}

/** What the project itself says, as it is or as it was on a day. */
export type ProjectState = Pick<
  Project,
  | 'id'
  | 'city'
  | 'content'
  | 'version'
  | 'ruleSet'
  | 'stage'
  | 'due'
  | 'submission'
  | 'certificate'
  | 'reserved'
>;

export function stateView(state: ProjectState, today: string): object {
  const { id, city, content, version, ruleSet, stage, due, submission, certificate, reserved } = state;
  return {
    id,
    city,
    cityName: placeName(city),
    ...content,
    ...wordsOf(content),
    owner: { ...content.owner, kindText: ownerKinds[content.owner.kind] },
    version,
    ruleSet,
    ...stageWords(stage),
    ...(due === undefined ? {} : { due }),
    late: isLate({ stage, ...(due === undefined ? {} : { due }) }, today),
    submission,
    ...(certificate ? { certificate } : {}),
    reserved,
  };
}
