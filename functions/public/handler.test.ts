import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCursor } from '../../shared/adapters/dynamodb/cursor.ts';
import { publicReader } from '../../shared/adapters/dynamodb/public-records.ts';
import { testTable, type TestTable } from '../../test/support/test-table.ts';
import { httpFunction } from '../http-function.ts';
import { publicRoutes } from './routes.ts';
import { publicHandlers } from './handler.ts';

let table: TestTable;
beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

async function plans(query: Record<string, string>): Promise<{ status: number; body: unknown }> {
  const event = {
    routeKey: 'GET /public/plans',
    rawPath: '/public/plans',
    headers: {},
    queryStringParameters: query,
    requestContext: { requestId: 'r' },
  } as unknown as APIGatewayProxyEventV2;
  const handle = httpFunction(
    publicRoutes,
    publicHandlers(publicReader(table.client, table.name), () => '2021-11-01T00:00:00.000Z'),
  );
  const { statusCode = 0, body = '' } = await handle(event, {} as Context);
  return { status: statusCode, body: JSON.parse(body) };
}

describe('a page of the public plans', () => {
  it.each([
    'x',
    '{}',
    encodeCursor({}),
    encodeCursor({ PK: 'SUB#1', SK: 'HEAD' }),
    encodeCursor({ PK: 'PUBLIC#cities', SK: '150100' }),
    encodeCursor({ PK: 'PUBLIC#plans', SK: '' }),
    encodeCursor({ PK: 'PUBLIC#plans', SK: 1 }),
  ])('is refused under the cursor %s, and never fails', async (cursor) => {
    expect(await plans({ cursor })).toMatchObject({ status: 400, body: { code: 'invalid-cursor' } });
  });

  it('is refused under a cursor of another city', async () => {
    const cursor = encodeCursor({ PK: 'PUBLIC#plans', SK: '150100#annual-plan#2022' });
    expect(await plans({ cursor, city: '150200' })).toMatchObject({ status: 400 });
    expect(await plans({ cursor, city: '150100' })).toEqual({ status: 200, body: { items: [] } });
    expect(await plans({ cursor })).toEqual({ status: 200, body: { items: [] } });
  });
});
