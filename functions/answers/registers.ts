/** Answers of the registers of resources and projects. */
import * as z from 'zod';
import { landPathCodes } from '../../shared/domain/resources/land-paths.ts';
import { resourceStateNames } from '../../shared/domain/resources/resource.ts';
import { instant, page, Text } from './texts.ts';

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
export const ResourceList = page(z.object({ ...resource, holder: z.string() }));
