/** The people of the demonstration: invented, one for each role of each office, and marked as such. */
import { officeOf, offices } from '../../../shared/domain/identity/offices.ts';
import { roles, scopesOf, type Role } from '../../../shared/domain/identity/roles.ts';

export interface DemoUser {
  readonly id: string;
  readonly name: string;
  readonly office: string;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
}

/** 演示住房租赁有限公司: a synthetic unified social credit code. */
export const demoCompany = '91150102TE5TNMA15J';

const cityRoles: readonly Role[] = ['drafter', 'checker', 'signatory', 'publisher', 'leader'];

const regionUsers: readonly (readonly [string, string, Role])[] = [
  ['housing-lead', 'R_HOUSING', 'lead'],
  ['housing-reviewer', 'R_HOUSING', 'reviewer'],
  ['housing-publisher', 'R_HOUSING', 'publisher'],
  ['housing-supervisor', 'R_HOUSING', 'supervisor'],
  ['housing-administrator', 'R_HOUSING', 'administrator'],
  ['ndrc-reviewer', 'R_NDRC', 'reviewer'],
  ['finance-reviewer', 'R_FINANCE', 'reviewer'],
  ['government-consenter', 'REGION_GOV', 'consenter'],
  ['auditor', 'R_HOUSING', 'auditor'],
  // The government of one county, which decides on recognitions.
  ['quarantine-officer', 'R_HOUSING', 'quarantine-officer'],
];

/** In a small office one person drafts, checks and signs: four eyes must hold all the same. */
const allHands: DemoUser = {
  id: 'wuhai-clerk',
  name: '演示·乌海市人民政府一人多岗',
  office: '150300',
  roles: ['drafter', 'checker', 'signatory'],
  scopes: scopesOf(['drafter', 'checker', 'signatory']),
};

function userOf(id: string, office: string, role: Role): DemoUser {
  const named = office === demoCompany ? '住房租赁有限公司' : (officeOf(office)?.zh ?? office);
  return { id, name: `演示·${named}${roles[role].zh}人`, office, roles: [role], scopes: scopesOf([role]) };
}

/** 新城区 (150102) of Hohhot with its departments, the city's housing department, and a company: enough to recognise a project. */
const countyUsers: readonly (readonly [string, string, Role])[] = [
  ['xincheng-lead', '150102-HOUSING', 'lead'],
  ...(['NATRES', 'NDRC', 'FINANCE', 'FIRE', 'ECOLOGY', 'MARKET', 'TAX', 'POWER'] as const).map(
    (department) => [`xincheng-${department.toLowerCase()}`, `150102-${department}`, 'reviewer'] as const,
  ),
  ['xincheng-decider', '150102', 'decider'],
  ['xincheng-leader', '150102', 'leader'],
  ['hohhot-planner', '150100-HOUSING', 'plan-checker'],
  ['company-drafter', demoCompany, 'drafter'],
  ['company-checker', demoCompany, 'checker'],
  ['company-signatory', demoCompany, 'signatory'],
];

export const demoUsers: readonly DemoUser[] = [
  allHands,
  ...[...regionUsers, ...countyUsers].map(([id, office, role]) => userOf(id, office, role)),
  ...offices
    .filter(({ level }) => level === 'city')
    .flatMap(({ code, en }) =>
      cityRoles.map((role) => userOf(`${(en.split(' ')[0] ?? en).toLowerCase()}-${role}`, code, role)),
    ),
];

export function demoUser(id: string): DemoUser | undefined {
  return demoUsers.find((user) => user.id === id);
}

/** Ids that look like a mistyped one. */
export function closeTo(id: string): readonly string[] {
  const [place = '', role = ''] = id.toLowerCase().split('-');
  const near = demoUsers.filter(
    (user) => user.id.startsWith(place.slice(0, 3)) || (role !== '' && user.id.endsWith(`-${role}`)),
  );
  return near.slice(0, 6).map((user) => user.id);
}
