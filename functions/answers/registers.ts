/** Answers of the registers of resources and projects. */
import * as z from 'zod';
import { ProjectContent, projectStageNames, supplyModeCodes } from '../../shared/domain/projects/project.ts';
import { landPathCodes } from '../../shared/domain/resources/land-paths.ts';
import { resourceStateNames } from '../../shared/domain/resources/resource.ts';
import { civilDate, instant, page, Text } from './texts.ts';

const resource = {
  id: z.string(),
  city: z.string(),
  county: z.string(),
  countyName: Text,
  kind: z.enum(['land', 'building']),
  kindText: Text,
  path: z.enum(landPathCodes),
  pathText: Text,
  name: z.string(),
  address: z.string(),
  unitNumber: z.string().optional().describe('不动产单元号|Number of the real-estate unit'),
  landArea: z.number().optional().describe('平方米|m²'),
  floorArea: z.number().optional().describe('平方米|m²'),
  presentUse: z.string(),
  state: z.enum(resourceStateNames),
  stateText: Text,
  updatedAt: instant,
};

export const ResourceAnswer = z.object({
  ...resource,
  holder: z.object({ name: z.string(), code: z.string().optional() }),
  note: z.string().optional(),
  heldBy: z
    .string()
    .optional()
    .describe('占用的申请或项目，仅主管机关可见|The filing or project that holds it; to offices only'),
  removedBecause: z.string().optional(),
  findings: z.array(
    z.object({
      code: z.string(),
      pointer: z.string(),
      text: Text,
      explanation: z.string().optional(),
    }),
  ),
  mayKeep: z.boolean().describe('可更正、移出|The caller may correct and remove it'),
  registeredAt: instant,
  revision: z.int(),
});
const ResourceLine = z.object({ ...resource, holder: z.string() });
export const ResourceList = page(ResourceLine);

const certificate = z
  .object({
    id: z.string(),
    number: z.string().optional(),
    state: z.string(),
    validTo: z.string().optional(),
  })
  .describe('认定书|Certificate');
const standing = {
  stage: z.enum(projectStageNames),
  stageText: Text,
  phase: z.enum(['under-way', 'recognised', 'ended']),
  due: civilDate.optional().describe('本阶段应办结日期|When the running stage is due'),
  late: z.boolean().describe('已逾期|Late'),
};
const words = { cityName: Text, countyName: Text, modeText: Text, pathText: Text };

export const ProjectList = page(
  z.object({
    id: z.string(),
    city: z.string(),
    county: z.string(),
    name: z.string(),
    owner: z.object({ code: z.string(), name: z.string() }),
    mode: z.enum(supplyModeCodes),
    path: z.enum(landPathCodes),
    ...words,
    homes: z.int(),
    planYear: z.int(),
    ...standing,
    certificate: z.object({ number: z.string().optional(), state: z.string() }).optional(),
    updatedAt: instant,
  }),
);

const { owner, ...content } = ProjectContent().shape;
export const ProjectAnswer = z.object({
  asOf: civilDate,
  id: z.string(),
  city: z.string(),
  ...content,
  owner: owner.extend({ kindText: Text }),
  ...words,
  version: z.int(),
  ruleSet: z.string(),
  ...standing,
  submission: z.string(),
  certificate: certificate.optional(),
  reserved: z.int().describe('为本项目占用的计划套数|Homes of the plan taken for it'),
  // As it is today; as of another day only what stands above.
  submissions: z
    .array(
      z.object({
        id: z.string(),
        kind: z.string(),
        kindName: Text,
        period: z.string(),
        state: z.string(),
        stateText: Text,
        receivedAt: instant.optional(),
      }),
    )
    .optional(),
  registeredResources: z.array(ResourceLine).optional(),
  plan: z
    .object({
      year: z.int(),
      own: z.int(),
      planned: z.int().optional(),
      reserved: z.int().optional(),
      projects: z.int().optional(),
    })
    .optional(),
  appliedAt: instant.optional(),
  recognisedAt: instant.optional(),
  endedAt: instant.optional(),
  updatedAt: instant.optional(),
  revision: z.int().optional(),
});

const version = z.object({ number: z.int(), at: instant, submission: z.string(), ruleSet: z.string() });
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]).optional();
export const ProjectDifference = z.object({
  from: version,
  to: version,
  changes: z.array(z.object({ pointer: z.string(), label: Text, before: value, after: value, text: Text })),
});

const figures = {
  planned: z.int().describe('计划套数|Homes planned'),
  reserved: z.int().describe('已占用计划套数|Homes of the plan spoken for'),
  applied: z.int().describe('申请项目数|Projects applied for'),
  appliedHomes: z.int(),
  recognised: z.int().describe('认定项目数|Projects recognised'),
  recognisedHomes: z.int(),
  late: z.int().describe('逾期项目数|Projects that are late'),
};
export const Overview = z.object({
  year: z.int(),
  asOf: civilDate,
  items: z.array(z.object({ city: z.string(), cityName: Text, ...figures })),
  total: z.object(figures),
});
