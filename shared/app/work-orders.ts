/** Hands on what an event asks for. The order lies where its desk is called by its arrival; repeated, it is the same order. */
import type { AuditEntry } from '../domain/audit/entry.ts';
import { deskFor, orderName } from '../domain/audit/work-orders.ts';

export interface WorkOrders {
  put(name: string, entry: AuditEntry): Promise<void>;
  read(name: string): Promise<AuditEntry>;
}

export async function handOn(
  { orders }: { readonly orders: Pick<WorkOrders, 'put'> },
  entry: AuditEntry,
): Promise<void> {
  const desk = deskFor(entry);
  if (desk) await orders.put(orderName(desk, entry), entry);
}
