/** The people of the demonstration: invented, one for each role of each office, and marked as such. */
import { offices } from '../../../shared/domain/identity/offices.ts';
import { roles, scopesOf, type Role } from '../../../shared/domain/identity/roles.ts';

export interface DemoUser {
  readonly id: string;
  readonly name: string;
  readonly office: string;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
}

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
  ['xincheng-decider', '150102', 'decider'],
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
  const named = offices.find(({ code }) => code === office)?.zh ?? office;
  return { id, name: `演示·${named}${roles[role].zh}人`, office, roles: [role], scopes: scopesOf([role]) };
}

export const demoUsers: readonly DemoUser[] = [
  allHands,
  ...regionUsers.map(([id, office, role]) => userOf(id, office, role)),
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
