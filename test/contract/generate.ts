// Makes the types of a client from the API's document, as anybody may: into `.build/contract/api.d.ts`. npm test does it first.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { openApi } from '../../functions/openapi.ts';

const folder = path.join(import.meta.dirname, '..', '..', '.build', 'contract');
mkdirSync(folder, { recursive: true });
const types = await openapiTypes(structuredClone(openApi()) as unknown as OpenAPI3);
writeFileSync(path.join(folder, 'api.d.ts'), astToString(types));
