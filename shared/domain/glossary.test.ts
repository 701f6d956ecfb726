/** The glossary's tables say what the code says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { certificateStates, evidenceGrades, sealForms } from './certificates/certificate.ts';
import { certificateActions } from './certificates/lifecycle.ts';
import { enabledPolicies, homeTypes } from './certificates/terms.ts';
import { documentStates } from './documents/document.ts';
import { itemStates } from './duties/obligation.ts';
import { runActions } from './evaluation/actions.ts';
import { figureStates } from './evaluation/result.ts';
import { runStates } from './evaluation/run.ts';
import { departments } from './identity/departments.ts';
import { offices } from './identity/offices.ts';
import { roles } from './identity/roles.ts';
import { invitationStates, linkStates, standings } from './invitations/invitation.ts';
import { invitationActions } from './invitations/lifecycle.ts';
import { requirementTexts } from './policies/requirements.ts';
import { issuerTexts, stageTexts } from './policies/rule-texts.ts';
import { supplyModeTexts } from './policies/supply-modes.ts';
import { deliveries } from './reminders/person.ts';
import { projectEvents } from './projects/lifecycle.ts';
import { ownerKinds, projectStages } from './projects/project.ts';
import { resourceActions } from './resources/actions.ts';
import { landPaths } from './resources/land-paths.ts';
import { resourceStates } from './resources/resource.ts';
import { tasks } from './submissions/desks.ts';
import { deliveryStates } from './reminders/delivery.ts';
import { tidings } from './reminders/tiding.ts';
import { changeAspects } from './submissions/kinds/change-fields.ts';
import { conditionStates } from './submissions/joint-review/review-file.ts';
import { kinds } from './submissions/kinds/index.ts';
import { lifecycle } from './submissions/lifecycle.ts';
import { paperTypes, states } from './submissions/submission.ts';

type Terms = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

const regional = Object.fromEntries(
  offices.filter(({ level }) => level === 'region').map((office) => [office.code, office]),
);
const named = Object.fromEntries(Object.entries(kinds).map(([code, { name }]) => [code, name]));

const tables: readonly (readonly [string, Terms])[] = [
  ['申报种类', named],
  ['申报件状态', states],
  ['办理动作', lifecycle],
  ['待办事项', tasks],
  ['文书', paperTypes],
  ['材料文件状态', documentStates],
  ['报送义务状态', itemStates],
  ['监测评价状态', runStates],
  ['监测评价办理事项', runActions],
  ['认定书状态', certificateStates],
  ['认定书办理事项', certificateActions],
  ['证据等级', evidenceGrades],
  ['盖章件', sealForms],
  ['房源类型', homeTypes],
  ['支持政策', enabledPolicies],
  ['指标值状态', figureStates],
  ['通知方式', deliveries],
  ['送达状态', deliveryStates],
  ['部门', departments],
  ['联审条件状态', conditionStates],
  ['邀请状态', invitationStates],
  ['邀请办理事项', invitationActions],
  ['邀请能否使用', standings],
  ['邀请链接短信', linkStates],
  ['变更事项', changeAspects],
  ['认定书告知事项', tidings],
  ['建设方式', supplyModeTexts],
  ['联审环节', stageTexts],
  ['认定书出具单位', issuerTexts],
  ['规则预演的要求', requirementTexts],
  ['用地用房路径', landPaths],
  ['项目主体', ownerKinds],
  ['项目阶段', projectStages],
  ['项目事件', projectEvents],
  ['资源状态', resourceStates],
  ['资源办理动作', resourceActions],
  ['岗位', roles],
  ['区级机关', regional],
];

const glossary = readFileSync(new URL('./GLOSSARY.md', import.meta.url), 'utf8');

test.each(tables)('%s', (title, terms) => {
  const section = glossary.split('\n## ').find((part) => part.startsWith(title)) ?? '';
  const rows = section
    .split('\n')
    .filter((line) => /`\s*\|$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows).toEqual(Object.entries(terms).map(([code, { zh, en }]) => [zh, en, `\`${code}\``]));
});
